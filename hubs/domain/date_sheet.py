"""Dates as rows of a file: one row for each date, its first meeting in columns, further ones in one text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any, Final

from django.utils.translation import gettext as _

from content.domain.exchange.cells import quoted
from content.domain.exchange.columns import Column
from content.domain.exchange.errors import CellError
from content.domain.exchange.plans import PlannedRow
from content.domain.exchange.sheets import Sheet
from hubs.bookings import clashes
from hubs.domain import duplicates
from hubs.domain.counting import why_counting_stays
from hubs.domain.doubts import doubts
from hubs.domain.meeting_times import Slot, Told, end_of, in_order, read_more, settle, slots_of, told
from hubs.domain.old_dates import why_not_again
from hubs.models import Activity, Meeting, Room

BATCH: Final = 500
LONGEST_PLACE: Final[int] = Meeting._meta.get_field("place").max_length or 0
OF_MEETINGS: Final = ("starts", "ends", "room", "place", "more")


@dataclass(frozen=True, kw_only=True)
class MeetingColumn(Column):
    """One of OF_MEETINGS."""

    is_part: bool = True

    def of(self, subject: Activity) -> Any:
        return getattr(told(slots_of(subject.meetings.all())), self.name)


class DateSheet(Sheet):
    """The dates that a user manages."""

    model = Activity
    key = "id"
    part_columns = {"starts_at": "starts", "ends_at": "ends"}

    def __init__(self, *, rooms: Sequence[Room], user: Any, now: datetime, **options: Any) -> None:
        super().__init__(**options)
        self._user, self._now = user, now
        self._rooms = {(room.hub_id, room.name.casefold()): room for room in rooms}

    def ready(self, rows: Any) -> Any:
        return rows.select_related("programme__hub").prefetch_related("meetings__room")

    def complete(self, row: PlannedRow) -> None:
        """Reads the five cells about meetings as one, each in place of what there is."""
        given: dict[str, Any] = {name: row.values.pop(name) for name in OF_MEETINGS if name in row.values}
        if row.faults or not (given or row.is_new):
            return
        current = [] if row.is_new else slots_of(row.subject.meetings.all())
        wanted = replace(told(current), **given)
        if wanted == Told() and not row.is_new:
            return
        slots = self._slots(row, wanted, current[1:])
        if row.faults:
            return
        row.values |= vars(told(slots))
        if slots != current:
            row.subject.first_starts_at = slots[0].starts_at  # for its name; the database writes its own
            row.parts = [_meeting(row.subject, slot) for slot in slots]
            if row.subject.taken or row.subject.queued:
                row.note = _("Wie zich aanmeldde, krijgt bericht van de nieuwe tijd of plek.")

    def _slots(self, row: PlannedRow, wanted: Told, others: list[Slot]) -> list[Slot]:
        """In order; a fault in the row where they make no sense. `others` are there already, after the first."""
        columns = {column.name: column for column in self.columns}
        if wanted.starts is None or wanted.ends is None:
            row.refuse(_("Deze cel is leeg. Vul hier iets in."), columns["ends" if wanted.starts else "starts"])
            return []
        programme = row.values.get("programme") or row.subject.programme

        def room(name: str) -> Room:
            return self._room(name, programme.hub_id)

        name = "ends"
        try:
            ends = end_of(wanted.starts, wanted.ends) if isinstance(wanted.ends, time) else wanted.ends
            name = "room"
            first = Slot(wanted.starts, ends, room(wanted.room) if wanted.room else None, wanted.place)
            name = "more"
            slots = in_order([first, *read_more(wanted.more, first, room, others)])
        except CellError as error:
            row.refuse(error.sentence, columns[name])
            return []
        if len({slot.starts_at for slot in slots}) < len(slots):
            row.refuse(_("Twee bijeenkomsten beginnen op hetzelfde moment. Haal er een weg."), columns["more"])
        for slot in slots:
            if len(slot.place) > LONGEST_PLACE:
                sentence = _("Deze plek is langer dan %(n)d tekens. Maak hem korter.") % {"n": LONGEST_PLACE}
                row.refuse(sentence, columns["place" if slot is first else "more"])
        return slots

    def _room(self, name: str, hub_id: int) -> Room:
        room = self._rooms.get((hub_id, name.casefold()))
        if room is None:
            names = ", ".join(room.name for room in self._rooms.values() if room.hub_id == hub_id)
            sentence = _("“%(name)s” is geen ruimte van deze hub. Kies uit: %(names)s. Of vul een andere plek in.")
            raise CellError(sentence % {"name": quoted(name), "names": names or "–"})
        return room

    def hold(self, rows: Sequence[PlannedRow]) -> None:
        duplicates.hold_dates_of(*(row.subject.programme_id for row in rows if row.parts and not row.faults))

    def check(self, rows: Sequence[PlannedRow]) -> None:
        """The file holds new dates once, and warns of what the form of a date warns of."""
        super().check(rows)
        _keep_counting(rows)
        for row in rows:
            _add_note(row, *doubts(row.subject, row.subject.first_starts_at))
        planned = [(row, row.parts) for row in rows if row.parts]
        moved = [row.subject.pk for row, _parts in planned if not row.is_new]
        self._leave_old_ones(planned)
        self._find_doubles(planned, moved)
        warned = clashes([parts for _row, parts in planned], user=self._user, leaving_out=moved)
        for (row, parts), said in zip(planned, warned, strict=True):
            past = _("Deze dag is al geweest.") if parts[0].starts_at <= self._now else ""
            _add_note(row, past, *said)

    def _leave_old_ones(self, planned: Sequence[tuple[PlannedRow, list[Meeting]]]) -> None:
        starts = next(column for column in self.columns if column.name == "starts")
        for row, parts in planned:
            if not row.is_new and (sentence := why_not_again(row.subject, parts, self._now)):
                row.refuse(sentence, starts)

    def _find_doubles(self, planned: Sequence[tuple[PlannedRow, list[Meeting]]], moved: Sequence[int]) -> None:
        """A new date that its programme has already is refused; with one that moves it is only said."""
        begins = [(row.subject.programme_id, parts[0].starts_at) for row, parts in planned]
        others = Activity.objects.filter(
            programme__in={programme for programme, _begin in begins},
            first_starts_at__in={begin for _programme, begin in begins},
            cancelled_at=None,
        ).exclude(pk__in=moved)
        known = set(others.values_list("programme", "first_starts_at"))
        starts = next(column for column in self.columns if column.name == "starts")
        for (row, _parts), begin in zip(planned, begins, strict=True):
            if begin in known and row.is_new:
                row.refuse(
                    _("Dit programma heeft dan al een datum. Haal deze rij weg of kies een andere tijd."), starts
                )
            elif begin in known and any(change.column is starts for change in row.changes):
                _add_note(row, _("Dit programma heeft dan al een datum."))
            known.add(begin)

    def save_along(self, rows: Sequence[PlannedRow], author: Any) -> None:
        new = [part for row in rows if row.is_new for part in row.parts or ()]
        Meeting.objects.bulk_create(new, batch_size=BATCH)
        for row in rows:
            if not row.is_new and row.parts is not None:
                settle(row.subject, row.parts)


def _add_note(row: PlannedRow, *said: str) -> None:
    row.note = " ".join(filter(None, [row.note, *said]))


def _meeting(activity: Activity, slot: Slot) -> Meeting:
    return Meeting(activity=activity, starts_at=slot.starts_at, ends_at=slot.ends_at, room=slot.room, place=slot.place)


def _keep_counting(rows: Sequence[PlannedRow]) -> None:
    """What takes a seat stays what it is while somebody has one."""
    for row in rows:
        change = next((change for change in row.changes if change.column.name == "counts"), None)
        if change and not row.is_new and (sentence := why_counting_stays(row.subject)):
            row.refuse(sentence, change.column)
