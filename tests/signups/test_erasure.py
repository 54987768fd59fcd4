"""Erasure: nothing of a person stays anywhere, the seat goes on, and no restore brings anything back."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from content import clock
from signups.domain import erasure, ledger, seats
from signups.models import EMPTY, Delivery, Ending, MailKind, OutboxMessage, ReplayedLedger, SignUp, State, Total
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import AttendanceFactory, OutboxMessageFactory, SignUpFactory


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def lines(settings):
    return lambda: Path(settings.ERASURE_LEDGER).read_text().splitlines()


def row(entry):
    return SignUp.objects.get(pk=entry.pk)


def back_to_a_backup(position=0, **entry):
    """A database as it was before an erasure: the row full, the position behind."""
    ReplayedLedger.objects.update_or_create(pk=1, defaults={"position": position})
    return SignUpFactory(**entry)


@pytest.mark.django_db
class TestErase:
    def test_the_seat_is_given_back_and_offered(self, now):
        activity = ActivityFactory(capacity=1)
        entry = SignUpFactory(activity=activity)
        waiting = SignUpFactory(activity=activity, state=State.WAITING)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert (row(entry).state, row(entry).ending, row(entry).emptied_at) == (State.CANCELLED, Ending.OWN, now)
        assert row(waiting).state == State.OFFERED

    def test_its_mails_go_and_the_others_stay(self, now):
        entry = SignUpFactory()
        OutboxMessageFactory(sign_up=entry)
        OutboxMessageFactory(sign_up=entry, kind=MailKind.PROVE, state=Delivery.FAILED)
        other = OutboxMessageFactory()
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert list(OutboxMessage.objects.all()) == [other]

    def test_it_is_counted(self, now):
        entry = SignUpFactory()
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert list(Total.objects.values_list("activity", "state", "sign_ups")) == [
            (entry.activity_id, State.CANCELLED, 1)
        ]

    def test_who_was_there_was_there(self, now):
        """Neither their own wish nor staff undo what is over: the totals stay honest."""
        activity = ActivityFactory(starts_at=now - timedelta(days=2), capacity=5)
        entry, other = SignUpFactory(activity=activity), SignUpFactory(activity=activity)
        AttendanceFactory(sign_up=entry, meeting=activity.meetings.get(), number=1)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert (row(entry).name, row(entry).emptied_at) == ("", now)
        assert Total.objects.values_list("state", "sign_ups", "attended").get() == (State.CONFIRMED, 1, 1)
        assert seats.cancel(sign_up_id=other.pk, ending=Ending.STAFF, now=now).state == State.CONFIRMED
        activity.refresh_from_db()
        assert activity.taken == 2

    def test_twice_is_once(self, now, lines):
        entry = SignUpFactory()
        for _ in range(3):
            erasure.erase(sign_up_id=entry.pk, now=now)
        assert (len(lines()), Total.objects.get().sign_ups) == (1, 1)

    def test_a_guardian_refuses(self, now):
        entry = SignUpFactory(under_16=True, state=State.REQUESTED)
        erasure.refuse(sign_up_id=entry.pk, now=now)
        assert (row(entry).ending, row(entry).name, row(entry).contact_name) == (Ending.REFUSED, "", "")

    def test_what_had_ended_keeps_its_ending(self, now):
        entry = SignUpFactory(state=State.EXPIRED)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert (row(entry).state, row(entry).ending, row(entry).emptied_at) == (State.EXPIRED, Ending.NOT_PROVEN, now)

    def test_an_emptied_row_takes_no_more_steps(self, now):
        entry = SignUpFactory()
        SignUp.objects.filter(pk=entry.pk).update(**EMPTY, emptied_at=now)
        assert seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now).state == State.CONFIRMED
        assert not row(entry).is_live


@pytest.mark.django_db
class TestLedger:
    def test_a_line_names_nobody(self, now, lines):
        entry = SignUpFactory()
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert lines() == [hashlib.sha256(entry.uuid.bytes).hexdigest()]
        assert ledger.is_replayed()

    def test_nothing_is_acknowledged_that_is_not_on_the_disk(self, now, monkeypatch):
        entry = SignUpFactory()

        def full(_):
            raise OSError("No space left on device")

        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            erasure.erase(sign_up_id=entry.pk, now=now)
        assert row(entry).emptied_at is None

    def test_a_crash_between_ledger_and_commit_is_made_good(self, now, monkeypatch):
        entry = SignUpFactory()
        append = ledger.append

        def crash(uuid):
            append(uuid)
            raise OperationalError("server closed the connection unexpectedly")

        with monkeypatch.context() as patch, pytest.raises(OperationalError):
            patch.setattr(ledger, "append", crash)
            erasure.erase(sign_up_id=entry.pk, now=now)
        assert row(entry).name
        assert not ledger.is_replayed()

        # A later erasure must not hide the one that crashed.
        later = SignUpFactory()
        erasure.erase(sign_up_id=later.pk, now=now)
        assert not ledger.is_replayed()
        assert erasure.replay(now=now) == 1
        assert (row(entry).name, ledger.is_replayed()) == ("", True)

    def test_a_torn_line_spoils_no_other(self, now, settings, lines):
        Path(settings.ERASURE_LEDGER).write_bytes(b"0123abc")
        entry = SignUpFactory()
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert lines() == ["0123abc", ledger.digest(entry.uuid)]
        assert erasure.replay(now=now) == 0
        assert ledger.is_replayed()

    def test_not_inside_a_transaction(self, now, transactional_db):
        entry = SignUpFactory()
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            erasure.erase(sign_up_id=entry.pk, now=now)


@pytest.mark.django_db
class TestReplay:
    def test_after_a_restore(self, now):
        entry = SignUpFactory()
        uuid = entry.uuid
        erasure.erase(sign_up_id=entry.pk, now=now)
        SignUp.objects.all().delete()
        restored, other = back_to_a_backup(uuid=uuid), SignUpFactory()
        assert not ledger.is_replayed()
        call_command("replay_erasures")
        assert ledger.is_replayed()
        assert (row(restored).name, bool(row(other).name)) == ("", True)

    def test_again_changes_nothing(self, now):
        erasure.erase(sign_up_id=SignUpFactory().pk, now=now)
        for _ in range(2):
            ReplayedLedger.objects.update(position=0)
            assert erasure.replay(now=now) == 0
        assert Total.objects.get().sign_ups == 1

    def test_a_lost_ledger_is_noticed(self, now, settings, capsys):
        erasure.erase(sign_up_id=SignUpFactory().pk, now=now)
        Path(settings.ERASURE_LEDGER).unlink()
        assert not ledger.is_replayed()
        with pytest.raises(CommandError, match="misses lines"):
            call_command("replay_erasures")
        call_command("replay_erasures", new_ledger=True)
        assert ledger.is_replayed()


def test_twelve_erase_at_once(transactional_db, now, lines):
    """Each line stands whole, and the position never passes an erasure that is not committed."""
    activity = ActivityFactory(capacity=None)
    keys = [SignUpFactory(activity=activity).pk for _ in range(12)] + [SignUpFactory().pk for _ in range(12)]

    def one(key):
        try:
            erasure.erase(sign_up_id=key, now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(one, keys))
    assert sorted(lines()) == sorted(ledger.digest(entry.uuid) for entry in SignUp.objects.all())
    assert ledger.is_replayed()
    assert not SignUp.objects.filter(emptied_at=None).exists()
