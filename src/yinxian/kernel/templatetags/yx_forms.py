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


def _native(widget: forms.Widget) -> dict[str, Any]:
    """Attributes that make a browser bring the right keyboard or calendar."""
    if isinstance(widget, forms.DateTimeInput):
        return {"type": "datetime-local"}
    if isinstance(widget, forms.DateInput):
        return {"type": "date"}
    if isinstance(widget, forms.TimeInput):
        return {"type": "time"}
    return {}


CLASSES = {"check": "form-check-input", "select": "form-select"}


@register.simple_tag
def control(field: BoundField, **extra: Any) -> SafeString:
    """Draw the control of a field in our look; keyword arguments become attributes (``rows=6``)."""
    widget = field.field.widget
    attrs = {**_native(widget), **{key.replace("_", "-"): value for key, value in extra.items()}}
    own = str(widget.attrs.get("class", ""))
    attrs["class"] = f"{CLASSES.get(field_kind(field), 'form-control')} {own}".strip()
    if isinstance(widget, forms.DateInput | forms.DateTimeInput) and not widget.format:
        widget.format = "%Y-%m-%dT%H:%M" if isinstance(widget, forms.DateTimeInput) else "%Y-%m-%d"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def control_choice(choice: BoundWidget) -> SafeString:
    """Draw one box of a group of choices, without its label."""
    attrs = {**choice.data["attrs"], "class": "form-check-input"}
    if choice.data.get("selected"):
        attrs["checked"] = True
    context = {"widget": {**choice.data, "attrs": attrs}}
    return SafeString(choice.renderer.render("django/forms/widgets/input.html", context))
