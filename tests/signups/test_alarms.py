"""What wakes an operator: stale mail and counters that drifted, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from content.domain import history
from content.models import Deed
from signups.domain import alarms, delivery, outbox
from signups.models import Delivery, MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ProgrammeFactory
from tests.factories.partners import MembershipFactory
from tests.factories.signups import OutboxMessageFactory, SignUpFactory

NOW = datetime(2098, 1, 1, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_mail_is_stale_after_five_minutes():
    message = OutboxMessageFactory(due_at=NOW, first_due_at=NOW)
    assert alarms.mails_go_out(NOW + alarms.PATIENCE - timedelta(seconds=1))
    assert not alarms.mails_go_out(NOW + alarms.PATIENCE)
    assert timedelta(minutes=5) == alarms.PATIENCE
    message.state, message.sent_at = Delivery.SENT, NOW
    message.save()
    assert alarms.mails_go_out(NOW + alarms.PATIENCE)


def test_a_claimed_mail_whose_worker_died_is_stale_too():
    OutboxMessageFactory(due_at=NOW, lease_until=NOW, state=Delivery.SENDING)
    assert not alarms.mails_go_out(NOW + alarms.PATIENCE)


def test_mails_that_are_put_off_again_and_again_while_nothing_goes_out():
    OutboxMessageFactory(due_at=NOW + timedelta(hours=1), first_due_at=NOW - alarms.WITHOUT_SUCCESS, attempts=1)
    assert not alarms.mails_go_out(NOW)
    OutboxMessageFactory(state=Delivery.SENT, sent_at=NOW)
    assert alarms.mails_go_out(NOW)


def test_a_mail_that_was_written_ahead_counts_from_its_moment():
    """Nothing went out in a quiet hour: neither its wait, nor the seconds until it is taken, nor one fault is stale."""
    editor = MembershipFactory().user
    step = history.record(subject=ProgrammeFactory(), deed=Deed.SUBMITTED, by=editor, now=NOW)
    outbox.write_to_colleagues([editor], MailKind.REVIEW_ASKED, step, due_at=NOW)
    written = OutboxMessage.objects.all()
    written.update(created_at=NOW - timedelta(hours=1))
    assert alarms.mails_go_out(NOW - timedelta(seconds=1))
    assert alarms.mails_go_out(NOW + timedelta(seconds=1))
    written.update(attempts=1, due_at=NOW + timedelta(hours=1))
    assert alarms.mails_go_out(NOW + timedelta(seconds=15))
    assert not alarms.mails_go_out(NOW + alarms.WITHOUT_SUCCESS)
    written.update(state=Delivery.FAILED)
    delivery.retry(written, now=NOW + timedelta(hours=2))
    assert alarms.mails_go_out(NOW + timedelta(hours=2)), "who sends it again has it counted anew"


@pytest.mark.parametrize("state", [Delivery.FAILED, Delivery.DROPPED])
def test_what_ended_wakes_nobody(state):
    OutboxMessageFactory(due_at=NOW, state=state)
    assert alarms.mails_go_out(NOW + timedelta(days=1))


def test_counters_agree_in_every_state():
    for state in State:
        SignUpFactory(state=state)
    SignUpFactory(class_of=5)
    assert alarms.counters_agree()


@pytest.mark.parametrize("state", [State.CONFIRMED, State.WAITING])
def test_a_counter_that_drifts_is_noticed(state):
    entry = SignUpFactory(state=State.CANCELLED)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger fires
    SignUp.objects.filter(pk=entry.pk).update(state=state, ended_at=None, ending="")
    assert not alarms.counters_agree()
