"""What is published is what docs/schema/brief.json says, no more and no less."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinxian.kernel.quantity import OPS
from yinxian.market.codes import Field, Mode
from yinxian.market.intake.asks import MISSING
from yinxian.market.intake.ownership import OWNERSHIPS
from yinxian.market.intake.public import public_brief
from yinxian.market.intake.signs import FOLLOW_UP
from yinxian.market.intake.signs import KINDS as NEEDS
from yinxian.market.intake.signs import SENTENCES as SIGNS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schema/brief.json").read_text("utf-8"))
TODAY = date(2026, 3, 4)
KINDS: dict[str, Any] = {
    "string": str,
    "array": list,
    "object": dict,
    "null": type(None),
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


def wrong(value: Any, schema: dict[str, Any], at: str = "$") -> list[str]:
    """What of a value breaks the part of JSON Schema that the file uses."""
    if "anyOf" in schema:
        tried = [wrong(value, one, at) for one in schema["anyOf"]]
        return [] if [] in tried else tried[-1]
    found: list[str] = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of the codes")
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: {value!r}")
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, KINDS[kind]) for kind in kinds):
            return [f"{at}: {value!r} is not {kinds}"]
    if isinstance(value, dict) and "properties" in schema:
        found += [f"{at}: {key} is missing" for key in schema.get("required", []) if key not in value]
        found += [f"{at}: {key} is not published" for key in value if key not in schema["properties"]]
        for key, inner in schema["properties"].items():
            found += wrong(value[key], inner, f"{at}.{key}") if key in value else []
    if isinstance(value, list):
        for place, item in enumerate(value):
            found += wrong(item, schema.get("items", {}), f"{at}[{place}]")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "除尘",
        "目标：压降≤80Pa，含水率12%-15%，误差±0.02mm。预算40-60万元，希望6个月内完成，2026年12月底前交付，专利许可。",
    ],
)
def test_a_published_brief_keeps_the_schema(text: str) -> None:
    assert wrong(public_brief("热水器", text, TODAY), SCHEMA) == []


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="目标要求不低于≥≤约-~0123456789.%万元年月内ppmMPa、，。；热水器寿命误差", max_size=120))
def test_any_figures_keep_the_schema(text: str) -> None:
    assert wrong(public_brief("", text, TODAY), SCHEMA) == []


def test_the_codes_in_the_schema_are_ours() -> None:
    parts = SCHEMA["properties"]
    assert parts["modes"]["items"]["enum"] == Mode.values
    assert parts["field"]["items"]["properties"]["code"]["enum"] == Field.values
    assert parts["indicators"]["items"]["properties"]["op"]["enum"] == list(OPS)
    assert set(parts["clarity"]["properties"]["missing"]["items"]["enum"]) == set(MISSING)
    assert set(parts["signs"]["items"]["properties"]["code"]["enum"]) == set(SIGNS)
    assert set(parts["ownership"]["enum"]) == {*OWNERSHIPS, None}
    assert set(parts["judgement"]["properties"]["kind"]["enum"]) == set(NEEDS)
    assert set(parts["judgement"]["properties"]["follow_up"]["enum"]) == set(FOLLOW_UP)


def test_the_check_itself_finds_what_is_wrong() -> None:
    brief = public_brief("热水器", "", TODAY)
    assert wrong({**brief, "modes": ["theft"]}, SCHEMA)
    assert wrong({**brief, "extra": 1}, SCHEMA)
    assert wrong({key: value for key, value in brief.items() if key != "title"}, SCHEMA)
