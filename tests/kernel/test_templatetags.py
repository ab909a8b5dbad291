"""Figures, dates and bounds as readers see them, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yinxian.kernel.templatetags import yx

EN = "en"
ZH = "zh-hans"
FORMATS = [
    (yx.yuan, 19_200_000, "192,000.00", "192,000.00"),
    (yx.yuan, -5, "-0.05", "-0.05"),
    (yx.yuan, 0, "0.00", "0.00"),
    (yx.yuan, None, "—", "—"),
    (yx.wan, 19_200_000, "19.20 万元", "CNY 192,000.00"),
    (yx.wan, 1_000_000, "1.00 万元", "CNY 10,000.00"),
    (yx.wan, 999_999, "9,999.99 元", "CNY 9,999.99"),
    (yx.wan, 11_286_912, "11.29 万元", "CNY 112,869.12"),
    (yx.wan, -19_205_000, "-19.21 万元", "CNY -192,050.00"),
    (yx.wan, None, "—", "—"),
    (yx.percent, 1160, "11.60%", "11.60%"),
    (yx.percent, 0, "0.00%", "0.00%"),
    (yx.percent, None, "—", "—"),
    (yx.number, 12_408, "12,408", "12,408"),
    (yx.day, dt.date(2026, 3, 4), "2026年3月4日", "4 Mar 2026"),
    (yx.day, "2026-03-04", "2026年3月4日", "4 Mar 2026"),
    (yx.day, "soon", "—", "—"),
    (yx.day, dt.datetime(2026, 3, 3, 18, 0, tzinfo=dt.UTC), "2026年3月4日", "4 Mar 2026"),
    (yx.moment, dt.datetime(2026, 3, 4, 1, 42, tzinfo=dt.UTC), "2026年3月4日 09:42", "4 Mar 2026, 09:42"),
    (yx.bound, {"op": "<=", "high": "50", "unit": "ppm"}, "≤ 50 ppm", "≤ 50 ppm"),
    (yx.bound, {"op": ">=", "low": "5", "high": None, "unit": "年"}, "≥ 5 年", "≥ 5 年"),
    (yx.bound, {"op": "range", "low": "50", "high": "60", "unit": "%"}, "50–60%", "50–60%"),
    (yx.bound, {"op": "about", "low": "300", "unit": "℃"}, "约 300 ℃", "about 300 ℃"),
    (yx.bound, {"op": "=", "low": "3", "unit": ""}, "= 3", "= 3"),
    (yx.bound, {"op": "<=", "unit": "ppm"}, "—", "—"),
    (yx.bound, None, "—", "—"),
]


@pytest.mark.parametrize(("show", "value", "chinese", "english"), FORMATS)
def test_a_value_reads_naturally_in_both_languages(
    show: Callable[..., str], value: object, chinese: str, english: str
) -> None:
    with translation.override(ZH):
        assert show(value) == chinese
    with translation.override(EN):
        assert show(value) == english


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_yuan_never_loses_a_fen(fen: int) -> None:
    shown = yx.yuan(fen).replace(",", "")
    whole, rest = shown.lstrip("-").split(".")
    assert (int(whole) * 100 + int(rest)) * (-1 if shown.startswith("-") else 1) == fen


NOW = dt.datetime(2026, 6, 25, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (NOW - dt.timedelta(minutes=18), "今天 09:42", "today 09:42"),
        (NOW - dt.timedelta(days=1), "昨天 10:00", "yesterday 10:00"),
        (NOW - dt.timedelta(days=3), "3 天前", "3 days ago"),
        (NOW + dt.timedelta(days=1), "明天 10:00", "tomorrow 10:00"),
        (dt.date(2026, 6, 28), "3 天后", "in 3 days"),
        (dt.date(2026, 3, 4), "3月4日", "4 Mar"),
        (dt.date(2025, 3, 4), "2025年3月4日", "4 Mar 2025"),
        (None, "—", "—"),
    ],
)
def test_ago_follows_the_readers_calendar(value: dt.date | None, chinese: str, english: str) -> None:
    with translation.override(ZH):
        assert yx.ago(value, NOW) == chinese
    with translation.override(EN):
        assert yx.ago(value, NOW) == english


def render(source: str, **context: object) -> str:
    return Template("{% load yx yx_forms %}" + source).render(Context(context))


def test_plain_text_becomes_paragraphs_and_stays_plain() -> None:
    assert yx.nl("一\n二\n\n<b>三</b>") == "<p>一<br>二</p>\n\n<p>&lt;b&gt;三&lt;/b&gt;</p>"


def test_query_string_keeps_what_is_not_changed() -> None:
    request = RequestFactory().get("/needs/?q=一氧化碳&page=3&field=05&field=07")
    shown = render("{% qs page=4 q=None %}", request=request)
    assert shown == "page=4&amp;field=05&amp;field=07"


def test_an_icon_is_silent_unless_it_says_something() -> None:
    assert 'aria-hidden="true"' in render('{% icon "bell" %}')
    assert 'role="img" aria-label="通知"' in render('{% icon "bell" "通知" %}')
    assert "#bell" in render('{% icon "bell" %}')


class Sample(forms.Form):
    """One field of each kind that is laid out in its own way."""

    title = forms.CharField(label="标题", help_text="一句话")
    kind = forms.ChoiceField(label="方式", choices=[("a", "许可"), ("b", "转让")])
    modes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("a", "许可"), ("b", "转让")])
    due = forms.DateField(initial=dt.date(2026, 3, 4))
    sure = forms.BooleanField(label="我已核对")


def field(form: forms.Form, name: str) -> str:
    return render('{% include "_field.html" with field=field %}', field=form[name])


def test_a_field_says_what_is_wrong_where_it_is_wrong() -> None:
    form = Sample({"title": "", "kind": "a"})
    shown = field(form, "title")
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_error"' in shown and 'aria-invalid="true"' in shown


def test_typed_input_is_kept_and_escaped() -> None:
    shown = field(Sample({"title": '"><script>'}), "title")
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_ticked_boxes_stay_ticked() -> None:
    shown = field(Sample({"modes": ["b"]}), "modes")
    assert shown.count("checked") == 1 and shown.count('type="checkbox"') == 2
    assert "<fieldset" in shown and "<legend" in shown


def test_a_date_is_iso_for_the_browsers_calendar() -> None:
    with translation.override(EN):
        shown = field(Sample(), "due")
    assert 'type="date"' in shown and 'value="2026-03-04"' in shown


def test_one_box_carries_its_own_label() -> None:
    shown = field(Sample(), "sure")
    assert shown.count("<label") == 1 and "form-check-input" in shown


def test_the_share_card_repeats_the_pages_title() -> None:
    child = Template('{% extends "base.html" %}{% block title %}中试 & 样机<wbr>{% endblock %}')
    shown = child.render(Context({"request": RequestFactory().get("/deals/D-1/")}))
    assert '<meta property="og:title" content="中试 &amp; 样机">' in shown
    assert 'content="http://testserver/deals/D-1/"' in shown
