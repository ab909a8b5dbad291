"""Results for a need: who stands first, why, and what never shows."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.matching.world import BRIEF, SECRET, TODAY, Market, need, result
from tests.world import People
from yinxian.market import search
from yinxian.market.models import Grant, Result
from yinxian.matching import operations, queries
from yinxian.matching.engine.explain import as_written

pytestmark = pytest.mark.django_db


def slugs(found: queries.Found) -> list[str]:
    return [match.listing.slug for match in found.matches]


def codes(match: queries.Match) -> list[str]:
    return [reason.code for reason in match.reasons]


def test_what_solves_the_need_stands_first_and_what_has_nothing_to_do_with_it_is_not_found(
    people: People, market: Market
) -> None:
    found = queries.match_need(market.need, people.ruoxi)
    assert slugs(found)[:2] == [market.ceria.slug, market.hopcalite.slug]
    assert market.pump.slug not in slugs(found)
    assert found.total == 4, "the one for named parties is not even counted"
    scores = [match.score for match in found.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_fit_table_compares_in_the_units_of_the_need_and_never_guesses(people: People, market: Market) -> None:
    first = queries.match_need(market.need, people.ruoxi).matches[0]
    assert [(row.name, row.verdict, row.shown) for row in first.table.rows] == [
        ("一氧化碳浓度", "met", "≤ 32 ppm"),
        ("起燃温度", "met", "18 ℃"),
        ("使用寿命", "met", first.table.rows[2].shown),
        ("压降", "unknown", ""),
    ]
    assert first.table.rows[0].quote == "出口一氧化碳不高于 0.0032 %"
    assert first.table.rows[2].shown.endswith("年")


def test_reasons_say_what_agrees_and_what_does_not(people: People, market: Market) -> None:
    first, second = queries.match_need(market.need, people.ruoxi).matches[:2]
    assert codes(first) == [
        "same_thing",
        "same_act",
        "by_means",
        "by_names",
        "fit_met",
        "fit_ask",
        "field_agrees",
        "mode_agrees",
        "price_within",
        "stage_suits",
    ]
    assert {"fit_fail", "mode_differs", "price_above", "stage_early"} <= set(codes(second))
    texts = "".join(one.text for one in first.sentences)
    assert "一氧化碳" in texts
    assert "4 项指标里 3 项达到" in texts
    assert "待问：压降" in texts


def test_reasons_are_in_the_reader_s_language(people: People, market: Market) -> None:
    from django.utils.translation import override

    with override("en"):
        first = queries.match_need(market.need, people.ruoxi).matches[0]
        text = "".join(one.text for one in first.sentences)
    assert "3 of 4 indicators" in text


def test_terms_are_phrases_of_the_need_and_their_shares_do_not_exceed_the_whole(people: People, market: Market) -> None:
    first = queries.match_need(market.need, people.ruoxi).matches[0]
    phrases = [term.phrase for term in first.terms]
    assert any("一氧化碳" in phrase for phrase in phrases)
    asked = f"{BRIEF['title']}\n{BRIEF['problem']}\n{BRIEF['target']}\n{' '.join(BRIEF['keywords'])}"
    assert all(phrase in asked for phrase in phrases)
    assert 0 < sum(term.share for term in first.terms) <= 1.0001


def test_a_result_for_named_parties_never_appears_not_even_to_its_grantee_s_list(
    people: People, market: Market
) -> None:
    for reader in (people.ruoxi, people.heng, people.mingyuan, people.qiao):
        assert market.named.slug not in slugs(queries.match_need(market.need, reader))
    assert queries.seen_result(market.named.slug, people.ruoxi) is None
    Grant.objects.create(result=market.named, user=people.ruoxi)
    assert queries.seen_result(market.named.slug, people.ruoxi) == market.named
    assert queries.seen_result(market.named.slug, people.heng) is None


def test_a_listing_hidden_after_the_index_was_made_is_not_shown(people: People, market: Market) -> None:
    Result.objects.filter(pk=market.ceria.pk).update(confidence="named")
    Result.objects.filter(pk=market.hopcalite.pk).update(state=Result.State.WITHDRAWN)
    assert not {market.ceria.slug, market.hopcalite.slug} & set(slugs(queries.match_need(market.need, people.ruoxi)))


def test_confidential_words_are_in_no_term_reason_excerpt_or_row(people: People, market: Market) -> None:
    words = dict(BRIEF) | {"problem": f"{SECRET} 一氧化碳 13912345678", "title": SECRET}
    curious, _ = need(people, words, title=SECRET, raw_words=SECRET)
    for match in queries.match_need(curious, people.ruoxi).matches:
        kept = json.dumps(match.as_json(), ensure_ascii=False) + str(match.excerpt)
        assert "铱钌" not in kept.replace(words["title"], "")
        assert "13912345678" not in kept


def test_a_confidential_price_moves_neither_score_nor_reasons(people: People, market: Market) -> None:
    def seen(price: int) -> tuple[int, list[str]]:
        Result.objects.filter(pk=market.ceria.pk).update(price_low_fen=price, price_confidential=True)
        for match in (
            queries.match_need(market.need, people.lan).matches + queries.match_need(market.need, people.ruoxi).matches
        ):
            if match.listing.pk == market.ceria.pk:
                return match.score, codes(match)
        raise AssertionError("not found")

    cheap, dear = seen(1), seen(900_000_000_000)
    assert cheap == dear
    assert not any(code.startswith("price") for code in cheap[1])


def test_outsiders_and_strangers_are_matched_nothing(people: People, market: Market) -> None:
    for reader in (people.outsider, people.stray):
        found = queries.match_need(market.need, reader)
        assert found.outside
        assert not found.matches
        assert not found.related
        assert found.total == 0


def test_the_owner_s_own_results_are_not_offered_to_the_owner(people: People, market: Market) -> None:
    Result.objects.filter(pk=market.ceria.pk).update(owner=people.buyer)
    assert market.ceria.slug not in slugs(queries.match_need(market.need, people.ruoxi))


def test_other_words_find_other_things_but_keep_the_figures(people: People, market: Market) -> None:
    found = queries.match_need(market.need, people.ruoxi, words="深海采矿泵密封腐蚀")
    assert slugs(found)[0] == market.pump.slug
    assert len(found.matches[0].table.rows) == 4
    assert "field_differs" in codes(found.matches[0])


def test_filters_narrow_in_the_index(people: People, market: Market) -> None:
    assert slugs(queries.match_need(market.need, people.ruoxi, filters={"mode": ["licence"]})) == [market.ceria.slug]
    assert slugs(queries.match_need(market.need, people.ruoxi, filters={"trl": ["8", "9"]})) in (
        [market.burner.slug],
        [],
    )


def test_related_shares_the_field_and_not_the_list(people: People, market: Market) -> None:
    found = queries.match_need(market.need, people.ruoxi)
    assert not {match.listing.pk for match in found.related} & {match.listing.pk for match in found.matches[:10]}
    assert all(match.listing.field in ("07", "06") for match in found.related)


def test_readers_without_a_part_in_the_need_see_no_decision_and_only_the_signed_brief(
    people: People, market: Market
) -> None:
    operations.shortlist(need_id=market.need.pk, result_id=market.ceria.pk, actor=people.ruoxi)
    draft = {**BRIEF, "title": "未签认的新版本"}
    market.need.briefs.create(number=2, content=draft, created_by=people.ruoxi)
    mine, theirs = queries.match_need(market.need, people.ruoxi), queries.match_need(market.need, people.mingyuan)
    assert (mine.brief and mine.brief.number, theirs.brief and theirs.brief.number) == (2, 1)
    assert [match.state for match in mine.matches][:1] == ["shortlisted"]
    assert {match.state for match in theirs.matches} == {"new"}


def test_without_a_brief_the_raw_words_are_looked_for(people: People, market: Market) -> None:
    market.need.briefs.all().delete()
    found = queries.match_need(market.need, people.ruoxi)
    assert found.brief is None
    assert slugs(found)[0] == market.ceria.slug
    assert not found.matches[0].table.rows


def test_without_an_index_nothing_is_found_and_nothing_breaks(people: People, frozen: Any) -> None:
    frozen("2026-03-04T09:00")
    made, _ = need(people)
    found = queries.match_need(made, people.ruoxi)
    assert (found.total, found.matches) == (0, [])


@pytest.mark.parametrize(
    "words",
    [
        "泵",
        "🚀🔥🧪",
        "\u202e\u200b ",
        "<script>alert(1)</script>' OR 1=1 --",
        "一氧化碳催化" * 33_000,
        "5 % ≤ 3 ppm",
        "a" * 200_000,
    ],
)
def test_any_words_are_answered(people: People, market: Market, words: str) -> None:
    made, _ = need(
        people,
        {**BRIEF, "title": "", "problem": words, "target": words, "keywords": [words[:20]]},
        title=words[:200] or "-",
    )
    found = queries.match_need(made, people.ruoxi)
    assert found.total == 4
    for match in found.matches:
        match.as_json()


def test_a_listing_about_to_expire_says_so(people: People, market: Market) -> None:
    Result.objects.filter(pk=market.ceria.pk).update(fresh_until=TODAY + dt.timedelta(days=9))
    assert "expires_soon" in codes(queries.match_need(market.need, people.ruoxi).matches[0])


def test_number_of_queries_does_not_grow_with_the_results(
    people: People, market: Market, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        from yinxian.network.models import User

        reader = User.objects.get(pk=people.ruoxi.pk)
        with CaptureQueriesContext(
            connection,
        ) as log:
            found = queries.match_need(market.need, reader)
            [match.as_json() for match in found.matches]
        return len(log)

    few = asked()
    for number in range(20):
        result(
            people,
            f"烟道一氧化碳催化消除方案{number}",
            "热水器低温启动时一氧化碳偏高。",
            indicators=market.ceria.indicators,
        )
    search.reindex()
    assert asked() == few


def test_words_are_shown_as_the_text_writes_them(people: People) -> None:
    words = {"title": "立方氮化硼砂轮的修整", "problem": "立方氮化硼砂轮修整慢，PCD 笔磨损快。", "target": "砂轮修整"}
    made, _version = need(people, {**BRIEF, **words, "keywords": ["砂轮修整"], "indicators": []})
    result(people, "CBN 砂轮激光修整", "激光修整 CBN 砂轮，不用 PCD 笔；COD 与此无关。")
    search.reindex()
    match = queries.match_need(made, people.ruoxi).matches[0]
    assert ("立方氮化硼", "CBN") in match.told.names
    assert "它说CBN" in match.paragraph and "cbn" not in match.paragraph
    assert any(term.phrase == "PCD" for term in match.terms)


@pytest.mark.parametrize(
    ("phrase", "text", "shown"),
    [("cbn", "用CBN刀", "CBN"), ("co", "COD 与 CO", "CO"), ("co", "COD", "co"), ("氧化", "CO氧化", "氧化")],
)
def test_a_phrase_takes_its_capitals_from_the_text_only_where_it_stands_for_itself(
    phrase: str, text: str, shown: str
) -> None:
    assert as_written(phrase, text) == shown


def test_versions_of_a_result_are_no_other_road(people: People, market: Market) -> None:
    told_again = market.ceria.problem + market.ceria.description
    twin = result(people, f"{market.ceria.title}二代", told_again, trl=7)
    search.reindex()
    found = queries.match_need(market.need, people.ruoxi)
    assert twin in [one.listing for match in found.matches for one in match.versions]
    assert twin not in [one.listing for one in found.related]
