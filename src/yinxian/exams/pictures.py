"""Pictures of statistics, made on the server: plain SVG without scripts or styles, every figure also in a table.

Colours are those of the house (frontend/css/tokens.css); texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

INK, SOFT, RULE, THREAD, JADE, AMBER = "#22201c", "#6f6a60", "#d9d2c4", "#b3261e", "#2c7a58", "#b7791f"


def _svg(width: int, height: int, title: str, inside: Iterable[SafeString]) -> SafeString:
    body = SafeString("".join(inside))
    return format_html(
        '<svg class="picture" viewBox="0 0 {} {}" role="group" aria-label="{}" xmlns="http://www.w3.org/2000/svg">'
        "<title>{}</title>{}</svg>",
        width,
        height,
        title,
        title,
        body,
    )


def _text(x: float, y: float, text: Any, *, anchor: str = "start", size: int = 12, fill: str = SOFT) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-size="{}" fill="{}" text-anchor="{}">{}</text>',
        round(x, 1),
        round(y, 1),
        size,
        fill,
        anchor,
        text,
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, dash: str = "") -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"{}/>',
        round(x1, 1),
        round(y1, 1),
        round(x2, 1),
        round(y2, 1),
        stroke,
        format_html(' stroke-dasharray="{}"', dash) if dash else "",
    )


def _rect(x: float, y: float, width: float, height: float, fill: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        round(x, 1),
        round(y, 1),
        round(width, 1),
        round(height, 1),
        fill,
    )


def histogram(title: str, counts: Sequence[int], pass_percent: int, labels: tuple[str, str]) -> SafeString:
    """How many results lie in each tenth; the pass mark as a thread. ``labels``: of the mark, and of the axis."""
    width, height, left, bottom, top = 640, 280, 34, 36, 46
    most = max([*counts, 1])
    step, high = (width - left - 10) / len(counts), height - bottom - top
    parts = []
    for place, count in enumerate(counts):
        x, tall = left + place * step, high * count / most
        parts.append(_rect(x + 3, height - bottom - tall, step - 6, tall, JADE))
        if count:
            parts.append(_text(x + step / 2, height - bottom - tall - 5, count, anchor="middle", fill=INK))
        parts.append(_text(x, height - bottom + 16, place * 100 // len(counts), anchor="middle"))
    parts.append(_text(width - 10, height - bottom + 16, 100, anchor="middle"))
    parts.append(_line(left, height - bottom, width - 10, height - bottom, SOFT))
    mark = left + (width - left - 10) * pass_percent / 100
    parts.append(_line(mark, 10, mark, height - bottom, THREAD, "5 4"))
    parts.append(_text(mark + 5, 18, labels[0], fill=THREAD))
    parts.append(_text(left, height - 4, labels[1]))
    return _svg(width, height, title, parts)


def scatter(
    title: str, dots: Sequence[tuple[str, float, float, str]], axes: tuple[str, str], frame: tuple[float, float]
) -> SafeString:
    """Items by difficulty (across, 0 to 1) and discrimination (up). A dot is (name, p, r, address); below 0.2 amber,
    below 0 red."""
    width, height, left, bottom, top = 640, 350, 44, 40, 28
    low, high = frame
    wide, tall = width - left - 14, height - bottom - top

    def at(share: float, value: float) -> tuple[float, float]:
        return left + wide * share, top + tall * (high - value) / (high - low)

    parts = []
    for value in (low, 0.0, 0.2, 0.5, high):
        y = at(0, value)[1]
        parts.append(_line(left, y, width - 14, y, SOFT if value == 0 else RULE, "" if value == 0 else "3 4"))
        parts.append(_text(left - 6, y + 4, f"{value:g}", anchor="end"))
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(_text(at(share, 0)[0], height - bottom + 16, f"{share:g}", anchor="middle"))
    for name, share, value, url in dots:
        x, y = at(share, max(low, min(high, value)))
        fill = THREAD if value < 0 else AMBER if value < 0.2 else JADE
        dot = format_html(
            '<circle cx="{}" cy="{}" r="6" fill="{}" fill-opacity=".75"><title>{}</title></circle>',
            round(x, 1),
            round(y, 1),
            fill,
            f"{name}: {axes[0]} {share:.2f}, {axes[1]} {value:.2f}",
        )
        parts.append(format_html('<a href="{}">{}</a>', url, dot))
    parts.append(_text(width - 14, height - 6, axes[0], anchor="end"))
    parts.append(_text(4, 12, axes[1]))
    return _svg(width, height, title, parts)


def option_bars(title: str, rows: Sequence[tuple[str, int, bool]], total: int) -> SafeString:
    """How often each option was chosen; the right ones in jade. A row is (label, how often, right)."""
    width, tall, left = 640, 26, 250
    parts = []
    for place, (label, count, right) in enumerate(rows):
        y = place * tall + 4
        parts.append(_text(0, y + 14, label[:20] + ("…" if len(label) > 20 else ""), fill=INK))
        wide = (width - left - 90) * count / max(1, total)
        parts.append(_rect(left, y, max(wide, 1), tall - 8, JADE if right else RULE))
        share = 100 * count / max(1, total)
        parts.append(_text(left + wide + 6, y + 14, f"{count}  {share:.0f}%", fill=INK))
    return _svg(width, len(rows) * tall + 6, title, parts)


def bars(title: str, rows: Sequence[tuple[str, int]], pass_percent: int | None = None) -> SafeString:
    """Shares in percent, one bar each; the pass mark as a thread."""
    width, tall, left = 640, 34, 170
    wide = width - left - 60
    parts = []
    for place, (label, percent) in enumerate(rows):
        y = place * tall + 6
        parts.append(_text(0, y + 16, label, size=14, fill=INK))
        parts.append(_rect(left, y, wide, tall - 14, "#eee8dc"))
        parts.append(_rect(left, y, wide * percent / 100, tall - 14, JADE))
        parts.append(_text(width - 4, y + 16, f"{percent}%", anchor="end", size=14, fill=INK))
    if pass_percent is not None:
        x = left + wide * pass_percent / 100
        parts.append(_line(x, 0, x, len(rows) * tall, THREAD, "5 4"))
    return _svg(width, len(rows) * tall + 6, title, parts)
