"""Who hears of a change of dates, ready to print: numbers, and by name only whom staff have to telephone."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from signups.admin.participant_rows import about, people_of
from signups.domain.concerned import Concerned, concerned, to_call
from signups.models import SignUp

MOST_NAMED: Final = 50


@dataclass(frozen=True)
class Call:
    """One sign-up without an address. Staff took it down themselves, so its name is known to them."""

    name: str
    about: str
    reach: str
    when: str


@dataclass(frozen=True)
class Audience:
    """Of several dates together; `by_date` says it for each."""

    total: Concerned
    by_date: dict[int, Concerned]
    calls: list[Call]

    @property
    def more_calls(self) -> int:
        """How many stand in no list here."""
        return self.total.called - len(self.calls)


def audience(activity_ids: Collection[int]) -> Audience:
    """Two queries."""
    by_date = concerned(activity_ids)
    names = ("persons", "classes", "waiting", "mailed", "called")
    total = Concerned(**{name: sum(getattr(each, name) for each in by_date.values()) for name in names})
    calls = [_call(entry) for entry in to_call(activity_ids)[:MOST_NAMED]] if total.called else []
    return Audience(total, by_date, calls)


def in_words(numbers: Concerned) -> str:
    """ "12 personen, 1 klas en 3 op de wachtlijst" """
    parts = [
        ngettext("%(n)d persoon", "%(n)d personen", numbers.persons) % {"n": numbers.persons},
        ngettext("%(n)d klas", "%(n)d klassen", numbers.classes) % {"n": numbers.classes},
        _("%(n)d op de wachtlijst") % {"n": numbers.waiting},
    ]
    counted = (numbers.persons, numbers.classes, numbers.waiting)
    shown = [part for part, number in zip(parts, counted, strict=True) if number]
    return ", ".join(shown) or _("niemand")


def _call(entry: SignUp) -> Call:
    reach = ", ".join(filter(None, [entry.contact_name, entry.phone]))
    starts_at = entry.activity.first_starts_at
    return Call(
        name=entry.name if entry.is_proven else "",
        about=", ".join(filter(None, [about(entry), people_of(entry)])),
        reach=reach,
        when=dates.short_day(starts_at) if starts_at else "",
    )
