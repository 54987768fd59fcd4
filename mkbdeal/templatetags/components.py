"""Drawings, counts and small marks for the components in templates/components. No texts, no links, no queries."""

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.forms import BaseForm
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

FALLBACK = "tool"
SEAT, STEP, SEATS_PER_LINE = 14, 18, 12


@register.simple_tag
@lru_cache(maxsize=128)
def pictogram(name: str) -> SafeString:
    """The drawing of a theme as inline SVG; a name without a drawing gives the neutral one."""
    return _drawing(f"{name}.svg.html") or _drawing(f"{FALLBACK}.svg.html")


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """A small sign such as an arrow, sized by the text around it."""
    return _drawing(f"icon_{name}.html")


def _drawing(filename: str) -> SafeString:
    try:
        return SafeString(render_to_string(f"pictograms/{filename}").strip())
    except TemplateDoesNotExist:
        return SafeString("")


@register.filter
def fault_count(form: BaseForm) -> int:
    """As many as the summary lists: one field may have several."""
    shown = [form.non_field_errors(), *(field.errors for field in form.visible_fields())]
    return sum(len(errors) for errors in shown)


@register.filter
def seat_squares(squares: Iterable[bool]) -> SafeString:
    """One square per seat, taken ones (True) grey, in lines of twelve; nothing for an empty list.

    Two paths instead of forty elements, drawn once for each seating: a list of dates shows many rows.
    """
    return _seat_squares(tuple(bool(taken) for taken in squares or ()))


@lru_cache(maxsize=1024)
def _seat_squares(squares: tuple[bool, ...]) -> SafeString:
    if not squares:
        return SafeString("")
    lines = -(-len(squares) // SEATS_PER_LINE)
    width = min(len(squares), SEATS_PER_LINE) * STEP - (STEP - SEAT)
    height = lines * STEP - (STEP - SEAT)
    paths = "".join(
        f'<path class="seat-{name}" d="{_path(squares, taken=taken)}"/>'
        for name, taken in (("taken", True), ("free", False))
        if taken in squares
    )
    return SafeString(
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true" focusable="false">'
        f"{paths}</svg>"
    )


def _path(squares: tuple[bool, ...], *, taken: bool) -> str:
    return "".join(
        f"M{number % SEATS_PER_LINE * STEP} {number // SEATS_PER_LINE * STEP}h{SEAT}v{SEAT}h-{SEAT}z"
        for number, is_taken in enumerate(squares)
        if is_taken is taken
    )
