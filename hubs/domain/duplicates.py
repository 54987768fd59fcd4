"""Copies of dates and programmes, on other days. The photo of a programme stays: it belongs to its object."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from content.clock_changes import about_days_later, days_later
from content.domain import history, named_locks
from content.models import Deed, PublicationState
from hubs.domain import authorship
from hubs.models import Activity, Meeting, Programme, ProgrammePartner

OF_A_DATE: Final = (
    "note", "note_en", "for_persons", "for_classes", "counts", "capacity", "class_size_min", "class_size_max",
    "waiting_limit", "price",
)  # fmt: skip
OF_A_PROGRAMME: Final = (
    "hub", "kind", "title_en", "summary", "summary_en", "body", "body_en", "preparation", "preparation_en", "clothing",
    "clothing_en", "audiences", "phases", "track", "recognised_programme_code", "pictogram",
)  # fmt: skip
WITH_PHOTO: Final = {"photo", "photo_alt", "photo_alt_en", "photo_credit"}


@dataclass(frozen=True)
class Copy:
    """A date that is not written yet. It is a real one, also where it was copied from an example."""

    activity: Activity
    meetings: list[Meeting]


class ThereAlreadyError(ValueError):
    """The programme has a date that begins then."""


def hold_dates_of(*programmes: int) -> None:
    """Until the end of this transaction nobody else adds dates to these programmes, in whichever way.

    Taken after the locks of dates, and before it is read which dates there are.
    """
    named_locks.hold(*(f"dates_of:{programme}" for programme in programmes))


def starts_of(programme_id: int) -> set[datetime]:
    """When the dates of a programme begin that take place."""
    dated = Activity.objects.filter(programme=programme_id, cancelled_at=None)
    return {moment for moment in dated.values_list("first_starts_at", flat=True) if moment}


def copy_of(source: Activity, meetings: Iterable[Meeting], *, days: int) -> Copy:
    """So many days later, at the same Dutch clock time. Raises NoSuchMomentError."""
    copy = Activity(programme_id=source.programme_id, **{name: getattr(source, name) for name in OF_A_DATE})
    for name in ("signup_opens_at", "signup_closes_at"):
        moment = getattr(source, name)
        setattr(copy, name, moment and about_days_later(moment, days))
    return Copy(copy, [meeting_copy(meeting, copy, days=days) for meeting in meetings])


def meeting_copy(meeting: Meeting, activity: Activity, *, days: int) -> Meeting:
    """Unsaved, in the same room. Raises NoSuchMomentError."""
    return Meeting(
        activity=activity,
        starts_at=days_later(meeting.starts_at, days),
        ends_at=days_later(meeting.ends_at, days),
        room=meeting.room,
        place=meeting.place,
    )


@transaction.atomic
def write(copies: Sequence[Copy], *, by: Any, now: datetime) -> list[Activity]:
    """The dates with their meetings and the beginning of their history; they carry what the triggers wrote."""
    made = [_written(copy) for copy in copies]
    history.record_all(model=Activity, made=[activity.pk for activity in made], before={}, by=by, now=now)
    return made


def _written(copy: Copy) -> Activity:
    copy.activity.save()
    for meeting in copy.meetings:
        meeting.activity = copy.activity
    Meeting.objects.bulk_create(copy.meetings)
    copy.activity.refresh_from_db()
    return copy.activity


@transaction.atomic
def duplicate_date(*, source: Activity, days: int, by: Any, now: datetime) -> Activity:
    """One date more; posted twice it is made once. Raises NoSuchMomentError and ThereAlreadyError."""
    source = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=source.pk)
    hold_dates_of(source.programme_id)
    copy = copy_of(source, source.meetings.select_related("room"), days=days)
    if copy.meetings[0].starts_at in starts_of(source.programme_id):
        raise ThereAlreadyError
    return write([copy], by=by, now=now)[0]


@transaction.atomic
def duplicate_programme(
    *, source: Programme, author: Any, title: str, slug: str, activities: Collection[int], days: int, now: datetime
) -> Programme:
    """A draft with these dates of the source, so many days later. Raises NoSuchMomentError, then nothing is written.

    The author's partner runs it by the rule for a new programme; only the programme office takes the roles of others
    along, for only it gives roles.
    """
    kept = {name: getattr(source, name) for name in OF_A_PROGRAMME}
    unconfirmed = [name for name in source.to_confirm if name not in {"title", "slug", *WITH_PHOTO}]
    draft = PublicationState.DRAFT
    copy = Programme.objects.create(**kept, title=title, slug=slug, state=draft, to_confirm=unconfirmed)
    copy.levels.set(source.levels.all())
    copy.themes.set(source.themes.all())
    copy.leads_to.set(source.leads_to.filter(_known_to(author)))
    if author.is_programme_office:
        _give_same_roles(source, copy)
    authorship.give_to(programme=copy, author=author)
    history.record(subject=copy, deed=Deed.MADE, by=author, now=now)
    dated = []
    for activity in source.activities.filter(pk__in=activities).prefetch_related("meetings__room").order_by("pk"):
        dated.append(copy_of(activity, activity.meetings.all(), days=days))
        dated[-1].activity.programme = copy
    write(dated, by=author, now=now)
    return copy


def free_slug(title: str) -> str:
    """An address that no programme has yet, made of the title."""
    longest = Programme._meta.get_field("slug").max_length or 0
    stem = slugify(title)[: longest - 4].strip("-") or "programma"
    taken = set(Programme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def _known_to(author: Any) -> Q:
    """What the author may choose as the next step: a copy shows nobody what another keeps to itself."""
    published, managed = Programme.objects.published(), Programme.objects.managed_by(author)
    return Q(pk__in=published.values("pk")) | Q(pk__in=managed.values("pk"))


def _give_same_roles(source: Programme, copy: Programme) -> None:
    roles = source.partner_roles.all()
    ProgrammePartner.objects.bulk_create(
        ProgrammePartner(programme=copy, partner=role.partner, role=role.role) for role in roles
    )
