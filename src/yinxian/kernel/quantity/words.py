"""The words for units, read from units.txt."""

from __future__ import annotations

from pathlib import Path

TEMPERATURE = {"℃": "degC", "°C": "degC", "摄氏度": "degC", "K": "kelvin", "℉": "degF", "°F": "degF"}
ALIASES = {
    "r": "转",
    "rpm": "转/minute",
    "RPM": "转/minute",
    "fps": "帧/second",
    "分贝": "dB",
    "dBA": "dB(A)",
    "dba": "dB(A)",
    "HBW": "HB",
    "cfu": "CFU",
}


def _read() -> dict[str, str]:
    """Word to pint's expression; a unit that pint has not is its own name behind an exclamation mark."""
    words: dict[str, str] = {}
    for line in (Path(__file__).parent / "units.txt").read_text("utf-8").splitlines():
        expression, found, names = line.partition(" = ")
        if found and not line.startswith("#"):
            for name in names.split():
                words[name] = f"!{name}" if expression == "!" else expression
    return words


WORDS = _read()
