"""The list of dates that would be made, to look at before anything is written: each with a tick, a reason or a warning.

A page shows it with `seen`; who confirms confirms exactly the list that was shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.clock import local_date
from hubs.bookings import clashes
from hubs.domain import series
from hubs.models import Hub, Meeting
from partners.models import SchoolHoliday


@dataclass(frozen=True)
class Draft:
    """One date as it would be, or why it would not; `about` is said below it, `warnings` with those of its rooms."""

    key: str
    day: date
    meetings: Sequence[Meeting] = ()
    why_not: str = ""
    about: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """`key` names the row in the form; `why_not` is empty where a date would be made."""

    key: str
    when: str
    why_not: str = ""
    about: str = ""
    warnings: tuple[str, ...] = ()
    is_ticked: bool = False


class Preview:
    """Rows with what was ticked: everything the first time, and again when the dates are others than were shown.

    What was shown is known by its rows with all their warnings: a tick taken away may spare others theirs.

    Where dates move, `is_move`, the key of a draft is that of its date, which leaves its place when it is ticked.
    """

    def __init__(
        self, drafts: Sequence[Draft], data: QueryDict, *, user: Any, now: datetime, is_move: bool = False
    ) -> None:
        listed, seen = _digest([(draft.key, _when(draft), draft.why_not) for draft in drafts]), data.get("seen", "")
        makable = {draft.key for draft in drafts if not draft.why_not}
        self.chosen = makable & set(data.getlist("day")) if seen.startswith(listed) else makable
        leaving = {int(key) for key in self.chosen} if is_move else set()
        shown = _rows_of(drafts, user=user, now=now, leaving_out=leaving)
        self.seen = f"{listed}-{_digest(shown)}"
        self.is_known = seen == self.seen
        self.is_sure = self.is_known and "sure" in data
        unticked = {place for place, draft in enumerate(drafts) if draft.key in makable - self.chosen}
        rows = _rows_of(drafts, user=user, now=now, leaving_out=leaving, not_chosen=unticked) if unticked else shown
        self.rows = [Row(**{**vars(row), "is_ticked": row.key in self.chosen}) for row in rows]
        self.skipped = len(rows) - len(makable)
        self._ends_at = [meeting.ends_at for draft in drafts if draft.key in self.chosen for meeting in draft.meetings]

    def is_over(self, now: datetime) -> bool:
        """Whether all of the chosen is."""
        return all(ends_at <= now for ends_at in self._ends_at)

    @property
    def warned(self) -> int:
        """How many of the chosen have a warning."""
        return sum(1 for row in self.rows if row.is_ticked and row.warnings)

    @property
    def has_warnings(self) -> bool:
        return any(row.warnings for row in self.rows)

    def refusal(self, *, needs_one: bool = True) -> str:
        """Why this cannot be written as it was posted; empty when it can."""
        if not self.is_known:
            return _("De lijst is anders dan de lijst die je zag. Kijk hem na en bevestig dan opnieuw.")
        if needs_one and not self.chosen:
            return _("Er staat nergens een vinkje. Kies minstens één datum.")
        if self.warned and not self.is_sure and len(self.rows) == 1:  # which has no tick to take away
            return _(
                "Er staat een waarschuwing bij. Klopt het zo? Zet dan onder de lijst het vinkje. Kies anders opnieuw."
            )
        if self.warned and not self.is_sure:
            return ngettext(
                "Bij %(n)d datum staat een waarschuwing. Haal daar het vinkje weg, of zet onder de lijst een vinkje "
                "dat het zo klopt.",
                "Bij %(n)d datums staat een waarschuwing. Haal daar het vinkje weg, of zet onder de lijst een vinkje "
                "dat het zo klopt.",
                self.warned,
            ) % {"n": self.warned}
        return ""


def _digest(told: Sequence[Any]) -> str:
    return sha256(repr(told).encode()).hexdigest()


def _rows_of(
    drafts: Sequence[Draft],
    *,
    user: Any,
    now: datetime,
    leaving_out: Collection[int],
    not_chosen: Collection[int] = (),
) -> list[Row]:
    """With warnings of rooms and of the past. Activities to leave out and rows not chosen are in nobody's way."""
    meetings = [draft.meetings for draft in drafts]
    warned = clashes(meetings, user=user, leaving_out=leaving_out, not_chosen=not_chosen)
    rows = []
    for draft, said in zip(drafts, warned, strict=True):
        is_past = bool(draft.meetings) and draft.meetings[0].starts_at <= now
        past = [_("Deze dag is al geweest.")] if is_past else []
        rows.append(Row(draft.key, _when(draft), draft.why_not, draft.about, (*past, *draft.warnings, *said)))
    return rows


def _when(draft: Draft) -> str:
    return "; ".join(map(meeting_words, draft.meetings)) or dates.day(draft.day)


def meeting_words(meeting: Meeting) -> str:
    """donderdag 3 december 2026, 19.00-21.00 uur"""
    times = _("%(time)s uur") % {"time": dates.time_range(meeting.starts_at, meeting.ends_at)}
    return f"{dates.day(meeting.starts_at)}, {times}"


def in_holidays(drafts: Sequence[Draft], hub: Hub) -> list[Draft]:
    """With a warning for each date that falls in a school holiday of the hub's region. None for no dates."""
    days = [local_date(meeting.starts_at) for draft in drafts for meeting in draft.meetings]
    region = series.likely_region(hub) if days else ""
    holidays = series.holidays_from(region, min(days)) if region else []
    return [replace(draft, warnings=_holidays_of(draft, holidays)) for draft in drafts]


def _holidays_of(draft: Draft, holidays: Sequence[SchoolHoliday]) -> tuple[str, ...]:
    found = [series.holiday_on(local_date(meeting.starts_at), holidays) for meeting in draft.meetings]
    said = [_("Dit valt in een schoolvakantie: %(holiday)s.") % {"holiday": name} for name in found if name]
    return tuple(dict.fromkeys(said))


def added(preview: Preview | None) -> str:
    """The heading of a list of dates that are made."""
    number = len(preview.chosen) if preview else 0
    return ngettext("%(n)d datum komt erbij", "%(n)d datums komen erbij", number) % {"n": number}
