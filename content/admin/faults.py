"""What is wrong with a form: a list that names each field and leads to it. Made here, printed by the template."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.forms import BaseForm
from django.utils.text import capfirst

ASKED: Final = "asked"  # the code of what is probably a mistake: a tick overrules it
OVERTAKEN: Final = "overtaken"  # the code of the error that somebody else saved meanwhile: it has a place of its own


@dataclass(frozen=True)
class Fault:
    """One sentence; `target` is the id of what it is about, empty for the form as a whole."""

    text: str
    label: str = ""
    target: str = ""
    is_asked: bool = False  # no fault: only whether it is right


def faults(form: BaseForm, inlines: Iterable[Any]) -> list[Fault]:
    """Of the form first, then of the rows below it; `inlines` are Django's InlineAdminFormSets."""
    general = [error for error in form.non_field_errors().as_data() if error.code != OVERTAKEN]
    found = [Fault(sentence) for error in general for sentence in error.messages]
    found += _of_fields(form)
    for inline in inlines:
        found += _of_rows(inline.formset, inline.opts)
    return found


def _of_fields(form: BaseForm, row: str = "") -> Iterator[Fault]:
    for field in form:
        label = f"{row}: {field.label}" if row else str(capfirst(field.label))
        for error in field.errors:
            yield Fault(str(error), label, "" if field.is_hidden else field.auto_id)


def _of_rows(formset: Any, opts: Any) -> Iterator[Fault]:
    for error in formset.non_form_errors().as_data():
        for sentence in error.messages:
            label = str(capfirst(opts.verbose_name_plural))
            yield Fault(sentence, label, f"{formset.prefix}-group", is_asked=error.code == ASKED)
    for index, form in enumerate(formset.forms):
        row = f"{capfirst(opts.verbose_name)} {index + 1}"
        for error in form.non_field_errors():
            yield Fault(str(error), row, f"{formset.prefix}-{index}")
        yield from _of_fields(form, row)
