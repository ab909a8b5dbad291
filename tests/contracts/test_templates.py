"""The templates: complete in both languages, sound, fair by our own check; every sub-kind has one."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from django.utils import translation

from tests.contracts.test_documents import text_of_pdf, text_of_word, tight
from tests.world import People
from yinxian.contracts.clause_check import check
from yinxian.contracts.clauses import Pair, Template, common, latest, template, templates
from yinxian.contracts.clauses.reading import GIVEN, read
from yinxian.contracts.clauses.writing import to_content
from yinxian.contracts.documents.labels import LABELS
from yinxian.contracts.documents.pdf import pdf
from yinxian.contracts.documents.word import word
from yinxian.contracts.documents.words import words_of
from yinxian.contracts.models import Contract
from yinxian.contracts.queries.documents import document_of
from yinxian.contracts.queries.templates import newest, sample
from yinxian.kernel.errors import Invalid

Make = Callable[..., Contract]
REQUIRED = {
    "development": {"subject", "plan", "price", "secrecy", "risk", "ownership", "acceptance", "terms", "dispute"},
    "assignment": {"rights", "transfer", "documents", "price", "secrecy", "improvements", "acceptance", "terms"},
    "licence": {"rights", "secrecy", "improvements", "documents", "terms", "dispute"},
    "consulting": {"subject", "data", "report", "acceptance", "price", "ownership", "secrecy", "terms"},
    "service": {"subject", "conditions", "quality", "acceptance", "price", "ownership", "secrecy", "terms"},
    "brokerage": {"subject", "reporting", "fee", "tail", "conflicts", "secrecy", "breach", "dispute"},
    "nda": {"scope", "use", "term", "breach", "dispute"},
    "intent": {"subject", "steps", "binding", "secrecy", "manager"},
    "team": {"shares", "fee", "duties", "dispute"},
}


def ident(one: Template) -> str:
    return f"{one.kind}-{one.version}"


def pairs(one: Template) -> list[Pair]:
    found = [one.name, one.preamble, one.total, *one.roles.values(), *(change.words for change in one.changes)]
    for ask in one.asks:
        found += [ask.name, *([ask.hint] if ask.hint.zh else []), *(words for _value, words in ask.options)]
    for article in one.articles:
        found += [article.heading, *(clause.words for clause in article.clauses if not clause.table)]
    return found


def test_every_sub_kind_of_the_law_has_a_template() -> None:
    for kind, sub_kinds in Contract.SUB_KINDS.items():
        for sub_kind in sub_kinds:
            assert sub_kind in latest(kind, sub_kind).sub_kinds
    assert set(Contract.Kind.values) == {one.kind for one in templates()}


@pytest.mark.parametrize("one", templates(), ids=ident)
def test_both_languages_are_complete_and_say_the_same_fields(one: Template) -> None:
    for pair in pairs(one):
        assert pair.zh.strip() and pair.en.strip(), pair
        if not re.fullmatch(r"\{\w+\}。?", pair.zh):
            assert not re.search("[\u4e00-\u9fff]", pair.en), pair.en
        fields = [set(re.findall(r"\{(\w+)\}", words)) - {"amount_capitals"} for words in pair]
        assert fields[0] == fields[1], pair
    assert one.changes and one.changes[-1].version == one.version


@pytest.mark.parametrize("one", templates(), ids=ident)
def test_every_field_is_used_and_every_choice_has_its_sentence(one: Template) -> None:
    text = " ".join(pair.zh for pair in pairs(one))
    spoken: dict[str, set[str]] = {}
    for clause in itertools.chain.from_iterable(article.clauses for article in one.articles):
        if clause.when:
            spoken.setdefault(clause.when, set()).update(clause.values)
    for ask in one.asks:
        used = f"{{{ask.key}}}" in text or ask.key in spoken or ask.key.startswith("contact_")
        assert used or ask.key == "payment_kind", ask.key
        if ask.options and ask.key in spoken:
            assert {value for value, _words in ask.options} <= spoken[ask.key], ask.key
    assert set(re.findall(r"\{(\w+)\}", text)) <= GIVEN | {ask.key for ask in one.asks}


@pytest.mark.parametrize("one", newest(), ids=ident)
def test_the_required_items_are_articles_of_their_own(one: Template) -> None:
    assert REQUIRED[one.kind] <= {article.ident for article in one.articles}
    identifiers = [clause.ident for article in one.articles for clause in article.clauses]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("one", newest(), ids=ident)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_our_own_templates_pass_our_own_check(one: Template, language: str) -> None:
    kind = "training" if one.sub_kinds == ("training",) else one.kind
    found = check(words_of(sample(one, language)), kind).findings
    blank = {"no_deposit", "pay_after_acceptance", "missing", "fee_open"}  # what people fill in decides these
    assert [(row["rule"], row["quote"]) for row in found if row["rule"] not in blank] == []


@pytest.mark.parametrize("one", templates(), ids=ident)
def test_a_copy_written_out_reads_as_the_same_template(one: Template) -> None:
    content = json.loads(json.dumps(to_content(one)))
    again = read(content, common())
    assert again == one


@pytest.mark.parametrize("one", newest(), ids=ident)
def test_every_template_is_set_in_both_languages(one: Template) -> None:
    made = sample(one, "both")
    for text in (text_of_pdf(pdf(made)), text_of_word(word(made))):
        plain = tight(text)
        assert tight(one.name.zh) in plain and tight(one.name.en) in plain
        assert tight(LABELS["binding"].en) in plain and "\ufffd" not in plain


def test_an_english_contract_is_english(people: People, draft: Make) -> None:
    made = document_of(draft(language="en"))
    text = text_of_word(word(made))
    assert "Technology Development Contract" in text and "Article 1" in text and "28 March 2026" in text
    assert "Contract No." in text and "第一条" not in text
    docx.Document(BytesIO(word(made)))


def test_old_contracts_keep_their_version(people: People, draft: Make) -> None:
    old = draft(sub_kind="cooperative")
    assert old.template_version == "2026.2"
    Contract.objects.filter(pk=old.pk).update(template_version="2026.1")
    assert "研究开发方" in words_of(document_of(Contract.objects.get(pk=old.pk)))
    assert template("development", "2026.1", "cooperative").version == "2026.1"
    with pytest.raises(KeyError):
        template("development", "1999.1")


def broken(**changes: object) -> dict[str, object]:
    return {**to_content(latest("nda")), **changes}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("{unknown}", "contracts.template_field"),
        ("{% for x in y %}甲{% endfor %}", "contracts.template_program"),
        ("{{ 7*7 }}", "contracts.template_program"),
        ("{for x}", "contracts.template_program"),
        ("{}", "contracts.template_field"),
        ("甲{乙", "contracts.template_braces"),
        ("甲" * 5_000, "contracts.template_size"),
    ],
)
def test_unknown_fields_and_loops_are_refused_with_the_place(words: str, code: str) -> None:
    article = {
        "id": "a",
        "heading": ["甲", "A"],
        "clauses": [{"id": "a.1", "is": ["好", "good"]}, {"id": "a.2", "is": [words, ""]}],
    }
    with pytest.raises(Invalid) as refusal:
        read(broken(articles=[article]), common())
    assert refusal.value.code == code
    if code != "contracts.template_size":
        assert "1.2" in refusal.value.sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"articles": []},
        {"fields": [["A b", "line", "甲", "A"]]},
        {"fields": [["a", "line", "甲", "A"], ["a", "line", "乙", "B"]]},
        {"fields": [["a", "loop", "甲", "A"]]},
        {"articles": [{"id": "a", "heading": ["甲", "A"], "clauses": ["table:people"]}]},
        {"articles": [{"id": "a", "heading": ["甲", "A"], "clauses": [["甲", "A", "nothing=1"]]}]},
        {"articles": [{"id": "a", "heading": ["甲", "A"], "clauses": [["甲", "A", "dispute=duel"]]}]},
    ],
)
def test_what_cannot_be_filled_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refusal:
        read(broken(**changes), common())
    assert refusal.value.code.startswith("contracts.template")


def test_labels_follow_the_reader() -> None:
    ask = latest("nda").ask("secret_scope")
    with translation.override("en"):
        assert str(ask.label) == "What is confidential"
    assert str(ask.label) == "保密信息的范围"
