"""What speaks for a text beyond shared words: means, other names, kin; never its length."""

from __future__ import annotations

import pytest

from yinxian.kernel.text import normalise
from yinxian.matching.engine.acts import wanted_acts
from yinxian.matching.engine.evidence import NONE, Evidence, Sought, judge, seek, wished
from yinxian.matching.engine.functions import Book, Malformed, book, read_functions, read_line
from yinxian.matching.engine.wanted import Wanted, from_brief

SLUDGE = {"title": "污泥干燥", "problem": "车间污泥含水率高，要烘干后才能外运。", "background": "公司做镀膜三十年。"}


def of(text: str, need: dict[str, str] = SLUDGE, rarity: float = 4.0) -> Evidence:
    sought = seek(wished(from_brief(need)), lambda term: rarity)
    return judge(sought, [normalise(text), "无关", "再一条无关", "第三条无关"])[0]


def test_the_means_of_a_wanted_function_speak_for_a_text_that_shares_no_word_with_it() -> None:
    found = of("低温热泵与余热联合的带式设备")
    assert ("干燥", "热泵") in found.means
    assert found.by_means > 0.3
    assert of("微孔曝气与溶解氧控制").by_means == 0.0


def test_background_wants_nothing() -> None:
    assert "镀膜" not in wished(from_brief(SLUDGE)).functions
    assert of("磁控溅射与原子层沉积").means == ()


def test_a_function_in_the_title_counts_more() -> None:
    functions = wished(Wanted((("干燥", 1.0), ("再包装", 1.0)))).functions
    assert functions["干燥"] > functions["包装"]


def test_another_word_for_the_same_function_is_named_with_the_needs_own() -> None:
    assert ("干燥", "干化") in of("污泥干化一体机").names


def test_a_formula_is_another_name_of_its_substance() -> None:
    found = of("CBN砂轮的修整", {"title": "立方氮化硼砂轮"})
    assert any(theirs == "cbn" for _, theirs in found.names)
    assert not of("ACBN9的修整", {"title": "立方氮化硼砂轮"}).names


def test_kin_are_characters_of_the_need_in_words_of_the_text() -> None:
    need = {"title": "镀层脱落"}
    assert of("沉积层剥落", need).by_kin > of("镀层脱落", need).by_kin == 0.0


def test_saying_it_all_again_adds_nothing() -> None:
    once = (
        "低温热泵干化设备，带式输送，热风循环，能耗降低，适合印染行业使用，已在两家工厂投用，运行平稳，维护方便。" * 4
    )
    assert of(once * 3).by_means < of(once).by_means
    assert of(once * 3).by_kin < of(once).by_kin


def test_a_means_that_stands_nowhere_is_not_sought() -> None:
    assert of("热泵", rarity=0.0) == NONE


@pytest.mark.parametrize("text", ["", "x", "%s{}<b>", "𠮷" * 500, "\x00"])
def test_any_text_can_be_judged(text: str) -> None:
    assert 0.0 <= of(text).by_kin <= 1.0
    assert judge(Sought(), [text]) == [NONE]
    assert judge(Sought(), []) == []


def test_the_book_is_sound() -> None:
    functions = list(read_functions())
    assert len(functions) >= 300
    assert len({one.name for one in functions}) == len(functions), "a function is written once"
    sayings = [saying for one in functions for saying in one.says]
    assert len(set(sayings)) == len(sayings), "a saying belongs to one function"
    assert all(len(word) > 1 for one in functions for word in (*one.says, *one.means))
    assert all(one.objects for one in functions)
    assert min(len(one.means) for one in functions) >= 2


def test_the_longest_saying_wins_and_each_place_is_read_once() -> None:
    assert book().find("焊缝的无损检测与包装") == ["焊接", "无损检测", "包装"]
    assert Book().find("任何话") == []


def test_a_line_that_is_no_function_is_refused() -> None:
    for line in ("干燥 | 污泥", "干燥 = 烘干 | 污泥 |", "= 烘干 | 污泥 | 热泵"):
        with pytest.raises(Malformed):
            read_line(line, "trade")


def test_the_same_done_to_the_same_in_other_words_is_an_act_and_a_shared_noun_is_none() -> None:
    need = {"title": "镀层脱落", "problem": "活塞杆镀层脱落，要烘干镀液。"}
    found = of("对镀液做热风干燥的机组", need)
    assert ("干燥", "镀液") in found.acts
    assert found.by_acts > 0.0
    assert of("镀液的检测", need).acts == ()
    assert of("粮食干燥机", need).acts == ()


def test_an_act_in_the_needs_own_words_is_named_and_earns_nothing_twice() -> None:
    found = of("把污泥烘干的机器", {"title": "污泥烘干", "problem": "污泥要烘干。"})
    assert ("干燥", "污泥") in found.acts
    assert found.by_acts == 0.0


def test_what_is_not_to_be_done_is_no_act_and_a_denial_is_no_thing() -> None:
    acts = wanted_acts(normalise("在烟道里不用加热就把一氧化碳氧化掉"), book())
    assert "加热" not in acts
    assert all("不用" not in things for things in acts.values())
    assert "加热" in wanted_acts(normalise("把原油管道加热"), book())


def test_a_word_inside_a_longer_term_of_the_trades_does_not_count() -> None:
    """氧化铁 is no 化铁, 混凝土 no 混凝, neither in the need nor in a text."""
    need = {"title": "冲天炉熔化铸铁", "problem": "铸铁熔化能耗高。"}
    assert ("熔化", "化铁") in of("低能耗化铁炉", need).names
    assert not of("氧化铁红颜料的湿法制备", need).names
    water = {"title": "废水絮凝沉淀", "problem": "废水里的悬浮物絮凝慢。"}
    assert any(theirs == "混凝" for _, theirs in of("混凝沉淀一体池，混凝快", water).names)
    assert not any(theirs == "混凝" for _, theirs in of("高强混凝土的养护", water).names)
    assert any(theirs == "混凝" for _, theirs in of("先混凝，再浇混凝土", water).names)
    concrete = wished(from_brief({"title": "水下混凝土裂缝修补"}))
    assert not {"絮凝", "混凝沉淀"} & set(concrete.names)
    assert not {"熔化", "熔铸"} & set(wished(from_brief({"title": "氧化铁颜料色差"})).names)
