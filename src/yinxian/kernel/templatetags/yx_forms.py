"""Tags that draw the controls of a form: used by ``_field.html`` and by nothing else."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def field_kind(field: BoundField) -> str:
    """How a field is laid out: check (one box), group (several boxes), select, file, area or line."""
    widget = field.field.widget
    if isinstance(widget, GROUPS):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "area" if isinstance(widget, forms.Textarea) else "line"


NATIVE = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


def _make_native(widget: forms.Widget) -> None:
    """Let the browser bring its calendar or clock; it wants ISO whatever the reader's language."""
    for kind, input_type, iso in NATIVE:
        if isinstance(widget, kind):
            widget.input_type, widget.format = input_type, iso
            return


CLASSES = {"check": "form-check-input", "select": "form-select"}


@register.simple_tag
def control(field: BoundField, **extra: Any) -> SafeString:
    """Draw the control of a field in our look; keyword arguments become attributes (``rows=6``)."""
    widget = field.field.widget
    _make_native(widget)
    attrs = {key.replace("_", "-"): value for key, value in extra.items()}
    own = str(widget.attrs.get("class", ""))
    attrs["class"] = f"{CLASSES.get(field_kind(field), 'form-control')} {own}".strip()
    return field.as_widget(attrs=attrs)


@register.simple_tag
def control_choice(choice: BoundWidget) -> SafeString:
    """Draw one box of a group of choices, without its label."""
    attrs = {**choice.data["attrs"], "class": "form-check-input"}
    if choice.data.get("selected"):
        attrs["checked"] = True
    context = {"widget": {**choice.data, "attrs": attrs}}
    return SafeString(choice.renderer.render("django/forms/widgets/input.html", context))
