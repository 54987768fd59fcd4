"""Sending: each mail once, none lost, one that cannot go never stops the others. Against a real mail server."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from signups import mails
from signups.domain import delivery, outbox
from signups.domain.delivery import LEASE, LONGEST_WAIT, MOST_ATTEMPTS, SHORTEST_WAIT, Outcome, deliver_next
from signups.models import Delivery, MailKind, OutboxMessage, SignUp, State
from signups.models.outbox_message import OutboxMessageQuerySet
from tests.factories.signups import OutboxMessageFactory, SignUpFactory
from tests.mail_server import HANGS, free_port
from tests.silence import silent_server

NOW = datetime(2098, 1, 1, 12, 0, tzinfo=UTC)
THREADS = 12
pytestmark = pytest.mark.django_db


def queued(**fields):
    return OutboxMessageFactory(due_at=NOW, **fields)


def delivered(limit=50):
    """Turn after turn until nothing is due."""
    outcomes = []
    while len(outcomes) < limit and (outcome := deliver_next(now=NOW)) is not Outcome.NOTHING_DUE:
        outcomes.append(outcome)
    return outcomes


def test_a_mail_goes_out_and_is_stamped(mail_server):
    message = queued()
    assert delivered() == [Outcome.SENT]
    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (Delivery.SENT, NOW, 1)
    (mail,) = mail_server.to(message.sign_up.email)
    assert mail["Message-ID"] == f"<{message.uuid}@127.0.0.1>"


def test_a_mail_that_was_erased_on_its_way_leaves_no_file(settings, tmp_path, monkeypatch):
    """The row is gone by the time the file is there, and nobody would find the file any more."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    queued()
    hand_over = delivery._hand_over

    def erased_meanwhile(mail):
        hand_over(mail)
        OutboxMessage.objects.all().delete()

    monkeypatch.setattr(delivery, "_hand_over", erased_meanwhile)
    assert delivered() == [Outcome.SENT]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_due_waits(mail_server):
    OutboxMessageFactory(due_at=NOW + timedelta(seconds=1))
    assert delivered() == []


def test_who_waits_for_a_mail_goes_before_a_letter_to_many(mail_server):
    letters = [queued(kind=MailKind.LETTER) for _ in range(3)]
    reminder, asked = queued(kind=MailKind.REMINDER), SignUpFactory(state=State.REQUESTED)
    OutboxMessageFactory(due_at=NOW, kind=MailKind.PROVE, sign_up=asked)
    sure = queued()
    assert delivered() == [Outcome.SENT] * 6
    receivers = [asked, sure.sign_up, reminder.sign_up, *(letter.sign_up for letter in letters)]
    assert [mail["To"] for mail in mail_server.mails] == [receiver.email for receiver in receivers]


def test_the_same_occasion_is_one_mail():
    sign_up = SignUpFactory()
    for occasion in ("a", "a", "b"):
        outbox.write(sign_up, MailKind.OFFER, occasion=occasion)
    assert OutboxMessage.objects.count() == 2


# --- The receiver is gone or the mail outdated -----------------------------------------------------------------------


def test_without_an_address_nothing_is_sent(mail_server):
    message = queued()
    SignUp.objects.update(email="")
    delivered()
    message.refresh_from_db()
    assert (message.state, message.error) == (Delivery.DROPPED, "")
    assert mail_server.mails == []


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (MailKind.PROVE, "confirmed"),
        (MailKind.CONSENT, "expired"),
        (MailKind.CONFIRMED, "cancelled"),
        (MailKind.WAITING, "offered"),
        (MailKind.OFFER, "confirmed"),
        (MailKind.OFFER_RAN_OUT, "offered"),
        (MailKind.CHANGED, "cancelled"),
        (MailKind.ALREADY, "cancelled"),
        (MailKind.CANCELLED, "confirmed"),
        (MailKind.LINKS, "cancelled"),
    ],
)
def test_a_mail_that_is_no_longer_true_stays_here(mail_server, kind, state):
    message = queued(kind=kind, sign_up=SignUpFactory(state=state))
    delivered()
    message.refresh_from_db()
    assert (message.state, message.error) == (Delivery.DROPPED, "")
    assert mail_server.mails == []


# --- The mail server -------------------------------------------------------------------------------------------------


def test_an_unknown_address_fails_at_once_and_the_others_go_out(mail_server):
    message, other = queued(), queued()
    mail_server.answers[message.sign_up.email] = f"550 no such user {message.sign_up.email}"
    assert delivered() == [Outcome.NOT_SENT, Outcome.SENT]
    message.refresh_from_db()
    assert (message.state, message.error) == (Delivery.FAILED, "geweigerd door de ontvangende kant (550)")
    assert mail_server.to(other.sign_up.email)


def test_later_means_later_and_the_others_go_out(mail_server):
    message, other = queued(), queued()
    mail_server.answers[message.sign_up.email] = "451 try again"
    assert delivered() == [Outcome.NOT_SENT, Outcome.SENT]
    message.refresh_from_db()
    assert (message.state, message.due_at) == (Delivery.QUEUED, NOW + SHORTEST_WAIT)
    assert message.error == "SMTPRecipientsRefused 451"
    assert mail_server.to(other.sign_up.email)
    mail_server.answers.clear()
    assert deliver_next(now=NOW + SHORTEST_WAIT) is Outcome.SENT
    message.refresh_from_db()
    assert (message.state, message.error) == (Delivery.SENT, "")


@pytest.mark.parametrize(("answer", "state"), [("552 too large", Delivery.FAILED), ("452 full", Delivery.QUEUED)])
def test_what_is_said_of_the_text_counts_too(mail_server, answer, state):
    message = queued()
    mail_server.data_answer = answer
    delivered()
    message.refresh_from_db()
    assert message.state == state


def test_one_receiver_that_hangs_costs_the_timeout_and_the_others_go_out(mail_server):
    message, other = queued(), queued()
    mail_server.answers[message.sign_up.email] = HANGS
    assert delivered() == [Outcome.NOT_SENT, Outcome.SENT]
    message.refresh_from_db()
    assert message.state == Delivery.QUEUED
    assert mail_server.to(other.sign_up.email)


def test_a_server_that_is_down_is_left_alone(settings, mail_server):
    settings.EMAIL_PORT = free_port()
    message, other = queued(), queued()
    assert deliver_next(now=NOW) is Outcome.NO_CONNECTION
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, message.error) == (Delivery.QUEUED, "geen verbinding: ConnectionRefusedError")
    assert (other.state, other.attempts) == (Delivery.QUEUED, 0)


def test_a_server_that_says_nothing_is_left_alone(settings, mail_server):
    queued()
    with silent_server() as server:
        settings.EMAIL_PORT = server.port
        assert deliver_next(now=NOW) is Outcome.NO_CONNECTION


def test_waiting_doubles_up_to_an_hour_and_ends_after_days(mail_server):
    message = queued()
    mail_server.answers[message.sign_up.email] = "451 try again"
    now, waits = NOW, []
    for _ in range(MOST_ATTEMPTS - 1):
        assert deliver_next(now=now) is Outcome.NOT_SENT
        message.refresh_from_db()
        waits.append(message.due_at - now)
        now = message.due_at
    assert waits[:4] == [SHORTEST_WAIT * factor for factor in (1, 2, 4, 8)]
    assert max(waits) == waits[-1] == LONGEST_WAIT
    assert timedelta(days=2) < now - NOW < timedelta(days=4)
    deliver_next(now=now)
    message.refresh_from_db()
    assert message.state == Delivery.FAILED


def test_a_mail_that_kills_its_worker_is_given_up(mail_server):
    """A worker that dies stamps nothing: only the count of claims tells."""
    message = queued(attempts=MOST_ATTEMPTS)
    assert delivered() == [Outcome.NOT_SENT]
    message.refresh_from_db()
    assert (message.state, message.error) == (Delivery.FAILED, "te vaak geprobeerd")
    assert mail_server.mails == []


# --- A mail that cannot be made --------------------------------------------------------------------------------------


def poison(monkeypatch, poisoned):
    """Rendering one mail breaks, with a name in the words of the exception."""
    render = mails.render

    def broken(message, *, now):
        if message.pk == poisoned.pk:
            raise LookupError(f"{message.sign_up.name} {message.sign_up.email}")
        return render(message, now=now)

    monkeypatch.setattr(mails, "render", broken)


def test_a_poisoned_mail_fails_after_three_times_and_the_others_go_out(mail_server, monkeypatch, caplog):
    message, others = queued(), [queued() for _ in range(3)]
    poison(monkeypatch, message)
    assert delivered() == [Outcome.NOT_SENT, *[Outcome.SENT] * 3]
    for minutes in (10, 20):
        deliver_next(now=NOW + timedelta(minutes=minutes))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (Delivery.FAILED, 3)
    assert message.error.startswith("LookupError (test_delivery.py:")
    assert all(mail_server.to(other.sign_up.email) for other in others)
    said = caplog.text + message.error
    assert message.sign_up.email not in said
    assert message.sign_up.name not in said


def test_without_the_guard_a_poisoned_mail_stops_the_others(mail_server, monkeypatch):
    """The negative control."""
    message, other = queued(), queued()
    poison(monkeypatch, message)

    def nothing(message, now, error):
        raise error

    monkeypatch.setattr(delivery, "_could_not_be_made", nothing)
    with pytest.raises(LookupError):
        delivered()
    assert mail_server.to(other.sign_up.email) == []


def test_line_breaks_in_an_address_never_become_headers(mail_server):
    message = queued()
    SignUp.objects.update(email="a@voorbeeld.example\nbcc: b@voorbeeld.example")
    delivered()
    message.refresh_from_db()
    assert message.error.startswith("ValueError")
    assert mail_server.mails == []


# --- Workers that die, and workers side by side ----------------------------------------------------------------------


def test_what_a_dead_worker_had_claimed_is_due_after_its_lease(mail_server):
    message = queued()
    delivery.claim(now=NOW)
    assert deliver_next(now=NOW + LEASE - timedelta(seconds=1)) is Outcome.NOTHING_DUE
    assert deliver_next(now=NOW + LEASE) is Outcome.SENT
    assert mail_server.to(message.sign_up.email)


def test_without_the_lease_it_is_lost(mail_server, monkeypatch):
    """The negative control."""
    due = OutboxMessageQuerySet.due
    monkeypatch.setattr(OutboxMessageQuerySet, "due", lambda self, now: due(self, now).filter(state=Delivery.QUEUED))
    queued()
    delivery.claim(now=NOW)
    assert deliver_next(now=NOW + timedelta(days=1)) is Outcome.NOTHING_DUE


def test_a_late_worker_does_not_undo_what_another_sent(mail_server, monkeypatch):
    message = queued()

    def late(mail):
        """Its lease runs out, another sends the mail; then its own connection breaks."""
        monkeypatch.undo()
        assert deliver_next(now=NOW + LEASE) is Outcome.SENT
        raise ConnectionResetError

    monkeypatch.setattr(delivery, "_hand_over", late)
    deliver_next(now=NOW)
    message.refresh_from_db()
    assert message.state == Delivery.SENT
    assert len(mail_server.to(message.sign_up.email)) == 1


def claimed_by_threads(messages):
    """What every one of them got, all starting at once."""
    barrier = Barrier(THREADS)

    def work(_number):
        barrier.wait()
        found = []
        while (message := delivery.claim(now=NOW)) is not None:
            found.append(message.pk)
        connection.close()
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pk for found in pool.map(work, range(THREADS)) for pk in found)


@pytest.mark.django_db(transaction=True)
def test_twelve_workers_never_claim_the_same():
    sign_up = SignUpFactory()
    messages = sorted(queued(sign_up=sign_up).pk for _ in range(60))
    assert claimed_by_threads(messages) == messages


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_do(monkeypatch):
    """The negative control."""
    monkeypatch.setattr(OutboxMessageQuerySet, "select_for_update", lambda self, **_options: self)
    sign_up = SignUpFactory()
    messages = sorted(queued(sign_up=sign_up).pk for _ in range(60))
    assert len(claimed_by_threads(messages)) > len(messages)


def test_staff_try_again_what_failed(mail_server):
    message = queued()
    mail_server.answers[message.sign_up.email] = "550 no"
    delivered()
    mail_server.answers.clear()
    assert delivery.retry(OutboxMessage.objects.all(), now=NOW) == 1
    assert delivered() == [Outcome.SENT]
    assert delivery.retry(OutboxMessage.objects.all(), now=NOW) == 0
