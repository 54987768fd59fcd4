"""Sign-ups as staff read them: every text ready to print. Who is not proven has no name here, only level and number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import dates
from content.localised import localised
from content.paging import MOST
from hubs.models import Activity
from signups.domain.turns import Verdict, turns
from signups.models import LIVE, AgeBand, Attendance, Kind, SignUp, State
from signups.standing import runs_out_at
from signups.why_waiting import why_waiting


class Part(IntEnum):
    """Where a sign-up stands in the list, in this order."""

    COMING = 0
    WAITING = 1
    UNPROVEN = 2
    ENDED = 3


HEADINGS: Final[dict[Part, Any]] = {
    Part.COMING: gettext_lazy("Komen"),
    Part.WAITING: gettext_lazy("Wachten op een plek"),
    Part.UNPROVEN: gettext_lazy("Nog niet bevestigd"),
    Part.ENDED: gettext_lazy("Afgemeld of verlopen"),
}
NEVER: Final = {Verdict.UNPROVEN, Verdict.TOO_LARGE}  # their turn does not come as they are now


@dataclass(frozen=True)
class Participant:
    """One sign-up; `name` is empty where staff may not know it, `standing` where there is nothing to say."""

    uuid: UUID
    part: Part
    name: str
    about: str
    people: str
    standing: str
    contact: list[tuple[str, str]]
    remarks: str
    is_live: bool
    is_walk_in: bool
    has_address: bool
    is_offered_by_telephone: bool


def listed(activity: Activity) -> QuerySet[SignUp]:
    """In the order of the page: who comes by name, who waits in the order of the queue."""
    nameless = Case(When(kind=Kind.WALK_IN, then=Value(1)), default=Value(0), output_field=IntegerField())
    name = Case(When(state=State.CONFIRMED, then=Lower("name")), default=Value(""), output_field=TextField())
    came_to = Attendance.objects.filter(sign_up=OuterRef("pk")).order_by("meeting").values("meeting__starts_at")
    rows = _in_parts(activity).select_related("education_level", "school").annotate(came_at=Subquery(came_to[:1]))
    return rows.order_by("part", nameless, name, "queue_number")


def part_sizes(activity: Activity) -> Counter[Part]:
    """How many sign-ups stand in each part, on whatever page."""
    sizes = _in_parts(activity).values_list("part").annotate(n=Count("pk")).order_by()
    return Counter({Part(part): number for part, number in sizes})


def participants(activity: Activity, entries: Iterable[SignUp], now: datetime) -> list[Participant]:
    """One query more for any number of rows: the queue, when one of them stands in it."""
    entries = list(entries)
    for entry in entries:
        entry.activity = activity  # read already
    why = _why(activity, now) if any(entry.state == State.WAITING for entry in entries) else {}
    return [_row(entry, why.get(entry.pk, "")) for entry in entries]


def name_of(entry: SignUp) -> str:
    """As staff may read it: nothing of who is not proven or was emptied; walk-ins have none to read."""
    if entry.kind == Kind.WALK_IN:
        return _("Zonder aanmelding")
    return entry.name if entry.is_proven and entry.emptied_at is None else ""


def level_of(entry: SignUp) -> str:
    level = entry.education_level
    return localised(level, "alias" if level.alias else "name")[0] if level else ""


def people_of(entry: SignUp) -> str:
    """ "24 leerlingen en 2 begeleiders" """
    if entry.kind != Kind.CLASS:
        people = entry.pupils or 1
        return ngettext("%(n)d persoon", "%(n)d personen", people) % {"n": people}
    pupils = ngettext("%(n)d leerling", "%(n)d leerlingen", entry.pupils or 0) % {"n": entry.pupils or 0}
    if not entry.adults:
        return pupils
    adults = ngettext("%(n)d begeleider", "%(n)d begeleiders", entry.adults) % {"n": entry.adults}
    return _("%(pupils)s en %(adults)s") % {"pupils": pupils, "adults": adults}


def about(entry: SignUp) -> str:
    """Level and school; only the level of who is not proven."""
    school = ""
    if entry.is_proven:
        school = entry.school.name if entry.school else entry.school_other
    return ", ".join(filter(None, [level_of(entry), school]))


def since_when(entry: SignUp) -> str:
    """When it signed up, of who has no name to read yet: two of one level are told apart by it. Else nothing."""
    if entry.is_proven or not entry.is_live:
        return ""
    return _("aangemeld op %(moment)s") % {"moment": moment(entry.created_at)}


def moment(at: datetime) -> str:
    return f"{dates.short_day(at)}, {dates.clock_time(at)}"


def _in_parts(activity: Activity) -> QuerySet[Any]:
    part = Case(
        When(~Q(state__in=LIVE), then=Part.ENDED.value),
        When(proven_at=None, then=Part.UNPROVEN.value),
        When(state=State.CONFIRMED, then=Part.COMING.value),
        default=Part.WAITING.value,
        output_field=IntegerField(),
    )
    return SignUp.objects.filter(activity=activity).annotate(part=part)


def _why(activity: Activity, now: datetime) -> dict[int, str]:
    """By key, for the first thousand of the queue."""
    queue = SignUp.objects.filter(activity=activity).queued().select_related(None)[:MOST]
    sentences, is_first = {}, True
    for turn in turns(activity, queue, now):
        sentences[turn.entry.pk] = why_waiting(turn, activity, now, is_first=is_first)
        is_first = is_first and turn.verdict in NEVER
    return sentences


def _row(entry: Any, why: str) -> Participant:
    is_known = entry.is_proven and entry.emptied_at is None
    return Participant(
        uuid=entry.uuid,
        part=Part(entry.part),
        name=name_of(entry),
        about=about(entry),
        people=people_of(entry),
        standing=". ".join(filter(None, [since_when(entry), standing_of(entry, why)])),
        contact=contact_of(entry) if is_known else [],
        remarks=entry.remarks if is_known else "",
        is_live=entry.is_live,
        is_walk_in=entry.kind == Kind.WALK_IN,
        has_address=bool(entry.email),
        is_offered_by_telephone=entry.state == State.OFFERED and not entry.email,
    )


def standing_of(entry: Any, why: str = "") -> str:
    """What there is to say beside its state; a walk-in comes with `came_at`."""
    until = runs_out_at(entry)
    match entry.state:
        case State.CONFIRMED if entry.kind == Kind.WALK_IN and entry.came_at:
            return _("Bij de bijeenkomst van %(day)s.") % {"day": dates.short_day(entry.came_at)}
        case State.OFFERED if until and not entry.email:
            return _("Bel voor %(moment)s of de plek nog gewenst is.") % {"moment": moment(until)}
        case State.OFFERED if until:
            return _("Kan de plek aannemen tot %(moment)s.") % {"moment": moment(until)}
        case State.REQUESTED if until:
            return _("Houdt een plek vast tot %(moment)s.") % {"moment": moment(until)}
        case State.CANCELLED | State.EXPIRED if entry.ended_at:
            return f"{entry.get_ending_display()}, {moment(entry.ended_at)}"
        case _:
            return why


def contact_of(entry: SignUp) -> list[tuple[str, str]]:
    """The teacher's, one's own from 16; of a guardian the name alone."""
    if entry.age_band == AgeBand.UNDER_16:
        found = [(_("Ouder of verzorger"), entry.contact_name)]
    else:
        found = [
            (_("Docent"), entry.contact_name),
            (_("E-mailadres"), entry.email),
            (_("Telefoon"), entry.phone),
        ]
    return [(label, value) for label, value in found if value]
