"""The steps of everything Published: draft → in review → published → expired. Who may take one, the caller has asked.

Every step names the version that was looked at, so that nobody publishes what was changed a moment ago.
"""

from datetime import datetime
from typing import Any, Final

from django.db import models, transaction
from django.utils.translation import gettext as _

from content import dates
from content.domain import history, proposals, snapshots
from content.domain.errors import RefusedError
from content.models import Deed, PendingChange, PublicationState

State = PublicationState

# From which states a step leads where. Nothing else writes `state`.
TRANSITIONS: Final[dict[Deed, tuple[frozenset[State], State]]] = {
    Deed.SUBMITTED: (frozenset({State.DRAFT, State.EXPIRED}), State.IN_REVIEW),
    Deed.SENT_BACK: (frozenset({State.IN_REVIEW}), State.DRAFT),
    Deed.PUBLISHED: (frozenset({State.DRAFT, State.IN_REVIEW, State.EXPIRED}), State.PUBLISHED),
    Deed.RETIMED: (frozenset({State.PUBLISHED}), State.PUBLISHED),
    Deed.TAKEN_OFF: (frozenset({State.PUBLISHED}), State.DRAFT),
    Deed.EXPIRED: (frozenset({State.PUBLISHED}), State.EXPIRED),
}


def fits(deed: Deed, state: str) -> bool:
    """Whether this step can be taken from this state."""
    return state in TRANSITIONS[deed][0]


def submit(*, subject: Any, version: int, by: Any, now: datetime) -> None:
    """Ask those who publish to look at it."""
    _step(Deed.SUBMITTED, subject, version, by, now)


@transaction.atomic
def publish(
    *,
    subject: Any,
    version: int,
    by: Any,
    now: datetime,
    publish_at: datetime | None = None,
    expire_at: datetime | None = None,
) -> None:
    """On the site, at once or from a moment on; until another one, or for good."""
    _step(
        Deed.PUBLISHED, subject, version, by, now, _window(publish_at, expire_at),
        publish_at=publish_at, expire_at=expire_at,
    )  # fmt: skip


def retime(
    *,
    subject: Any,
    version: int,
    by: Any,
    now: datetime,
    publish_at: datetime | None = None,
    expire_at: datetime | None = None,
) -> None:
    """Change from when until when a published object is visible."""
    window = _window(publish_at, expire_at) or _("Zonder begin en einde.")
    _step(Deed.RETIMED, subject, version, by, now, window, publish_at=publish_at, expire_at=expire_at)


def take_off(*, subject: Any, version: int, by: Any, now: datetime) -> None:
    """From the site; a proposal that waits becomes part of the draft, one that was sent back is dropped."""
    _step(Deed.TAKEN_OFF, subject, version, by, now, publish_at=None, expire_at=None)


@transaction.atomic
def send_back(*, subject: Any, version: int, by: Any, note: str, now: datetime) -> None:
    """A draft in review, or the proposal, with a sentence about what to do first."""
    row = _locked(subject, version)
    change = proposals.of(row)
    if change is None:
        _step(Deed.SENT_BACK, subject, version, by, now, note)
        return
    PendingChange.objects.filter(pk=change.pk).update(sent_back=note, publish_at=None)
    _raise_version(row)
    after = {**snapshots.stored(row), **change.fields}
    history.record(subject=row, deed=Deed.SENT_BACK, by=by, now=now, after=after, note=note)


@transaction.atomic
def approve(*, subject: Any, version: int, by: Any, now: datetime, publish_at: datetime | None = None) -> None:
    """Put the proposal on the site, now or at a moment that is to come."""
    row = _locked(subject, version)
    change = _waiting(row)
    if publish_at is None or publish_at <= now:
        _apply(row, change, by, now)
        return
    PendingChange.objects.filter(pk=change.pk).update(publish_at=publish_at, sent_back="")
    _raise_version(row)
    after = {**snapshots.stored(row), **change.fields}
    note = _window(publish_at, None)
    history.record(subject=row, deed=Deed.PLANNED, by=by, now=now, after=after, note=note)


@transaction.atomic
def withdraw(*, subject: Any, version: int, by: Any, now: datetime) -> None:
    """The proposal goes, with its photo; the site stays as it is."""
    row = _locked(subject, version)
    _drop(row, _waiting(row), by, now)
    _raise_version(row)


@transaction.atomic
def expire(*, subject: Any, now: datetime) -> None:
    """Its time is over; looked at once more under the lock."""
    row = _locked(subject)
    if row.state == State.PUBLISHED and row.expire_at is not None and row.expire_at <= now:
        _step(Deed.EXPIRED, row, row.version, None, now)


@transaction.atomic
def apply_planned(*, change: PendingChange, now: datetime) -> None:
    """What was approved for this moment. What does not fit any more goes back, with the reason."""
    row = _locked(change.subject)
    waiting = proposals.of(row)
    if waiting is None or waiting.publish_at is None or waiting.publish_at > now:
        return
    version = row.version
    try:
        with transaction.atomic():
            _apply(row, waiting, None, now)
    except RefusedError as error:
        send_back(subject=row, version=version, by=None, note=error.sentence[:500], now=now)


@transaction.atomic
def _step(deed: Deed, subject: Any, version: int, by: Any, now: datetime, note: str = "", **columns: Any) -> None:
    row = _locked(subject, version)
    if not fits(deed, row.state):
        sentence = _("Dit kan niet meer: de status is intussen “%(state)s”.")
        raise RefusedError(sentence % {"state": row.get_state_display()})
    before = snapshots.stored(row)
    target = TRANSITIONS[deed][1]
    left = _fold(row, now) if target != State.PUBLISHED else None
    type(row)._base_manager.filter(pk=row.pk).update(state=target, **columns)
    _raise_version(row)
    history.record(subject=row, deed=deed, by=by, now=now, before=before, note=note)
    if left is not None:
        _drop(row, left, by, now, left.sent_back)


def _fold(row: Any, now: datetime) -> PendingChange | None:
    """What is not on the site is edited directly: a proposal that waits becomes part of it.

    Gives back the one that does not: it was sent back, or does not fit.
    """
    change = proposals.of(row)
    if change is None or change.sent_back:
        return change
    try:
        with transaction.atomic():
            proposals.apply(type(row)._base_manager.get(pk=row.pk), change, now)
    except RefusedError as error:
        change.sent_back = error.sentence[:500]
        return change
    return None


def _drop(row: Any, change: PendingChange, by: Any, now: datetime, note: str = "") -> None:
    """The proposal goes; the history keeps its text, and why."""
    live = snapshots.stored(row)
    proposals.remove(change)
    before = {**live, **change.fields}
    history.record(subject=row, deed=Deed.WITHDRAWN, by=by, now=now, before=before, after=live, note=note)


def _apply(row: Any, change: PendingChange, by: Any, now: datetime) -> None:
    before = snapshots.stored(row)
    proposals.apply(row, change, now)
    history.record(subject=row, deed=Deed.APPROVED, by=by, now=now, before=before)


def _locked(subject: Any, version: int | None = None) -> Any:
    """The row as it is now, locked; refused when it is not the version that was looked at."""
    rows = type(subject)._base_manager.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=subject.pk).first()
    if row is None or version not in {None, row.version}:
        raise RefusedError(_("Dit is intussen gewijzigd. Bekijk het opnieuw en beslis dan."))
    return row


def _waiting(row: models.Model) -> PendingChange:
    change = proposals.of(row)
    if change is None:
        raise RefusedError(_("Er is geen voorstel meer. Misschien is het al goedgekeurd of ingetrokken."))
    return change


def _raise_version(row: Any) -> None:
    """Whoever has the form open must hear of it."""
    type(row)._base_manager.filter(pk=row.pk).update(version=models.F("version") + 1)


def _window(publish_at: datetime | None, expire_at: datetime | None) -> str:
    parts = [
        _("Zichtbaar vanaf %(moment)s.") % {"moment": dates.moment(publish_at)} if publish_at else "",
        _("Zichtbaar tot %(moment)s.") % {"moment": dates.moment(expire_at)} if expire_at else "",
    ]
    return " ".join(filter(None, parts))
