"""Mails to who missed a date and to who is invited: what they say, when they still hold, and where their links lead."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from content import tokens
from signups import mails, tasks
from signups.domain import interests
from signups.mails import about_interests
from signups.models import Delivery, MailKind, OutboxMessage
from tests.factories.hubs import HubFactory, ProgrammeFactory
from tests.factories.partners import InvitationFactory, UserFactory
from tests.factories.signups import DateInterestFactory
from tests.signups.wishing import suiting_date

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORIGIN = "http://127.0.0.1:8000"
pytestmark = pytest.mark.django_db


def made(message, now=NOW):
    return message_from_bytes(mails.render(message, now=now).message().as_bytes(), policy=default)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def link_in(mail):
    """The address behind the button."""
    return re.search(r"^http\S+/(?:wens|uitnodiging)/\S+$", text_of(mail), re.MULTILINE)[0]


def about(interest, kind=MailKind.INTEREST_PROVE):
    return OutboxMessage.objects.create(kind=kind, date_interest=interest, dedupe_key=f"{kind}:{interest.uuid}")


@pytest.fixture
def interest():
    return DateInterestFactory()


def told(interest, *activities, now=NOW):
    """The mail about these."""
    assert interests.tell(now=now) == 1
    return interest.messages.order_by("pk").last()


# --- Prove -----------------------------------------------------------------------------------------------------------


def test_the_unproven_read_nothing_that_was_typed_and_until_when():
    interest = DateInterestFactory(
        proven_at=None, people=777, proof_expires_at=datetime(2026, 11, 23, 13, 0, tzinfo=UTC), programme=None
    )
    mail = made(about(interest))
    assert mail["Subject"] == "Bevestig je adres"
    assert (mail["To"], mail["Reply-To"]) == (interest.email, None)
    assert "vóór maandag 23 november 2026, 14.00 uur" in text_of(mail)
    assert "Wanneer: november 2099" in text_of(mail)
    texts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    assert [re.findall(r"(?<![\w-])777(?![\w-])", text) for text in texts] == [[]] * len(texts), "beside any link"


def test_the_link_opens_its_page(client):
    interest = DateInterestFactory(proven_at=None, language="en")
    link = link_in(made(about(interest)))
    assert link.startswith(f"{ORIGIN}/en/agenda/wens/")
    response = client.get(link.removeprefix(ORIGIN))
    assert (response.status_code, response["Location"]) == (302, f"/en/agenda/wens/s/{interest.uuid}/")


def test_a_hub_that_was_asked_for_is_answered_to():
    hub = HubFactory(contact_email="lessen@proefhub.example")
    for interest in (DateInterestFactory(hub=hub), DateInterestFactory(programme=ProgrammeFactory(hub=hub))):
        assert made(about(interest))["Reply-To"] == "lessen@proefhub.example"


def test_proof_is_asked_while_it_can_be_given():
    interest = DateInterestFactory(proven_at=None, proof_expires_at=NOW + HOUR)
    message = about(interest)
    assert mails.still_true(message, now=NOW)
    assert not mails.still_true(message, now=NOW + HOUR)
    interest.proven_at = NOW
    assert not mails.still_true(message, now=NOW)


# --- Match -----------------------------------------------------------------------------------------------------------


def test_the_dates_with_place_and_seats(interest):
    hub = HubFactory(name="Proefhub")
    activity = suiting_date(interest, programme__title="Bouw een robotarm", programme__hub=hub)
    mail = made(told(interest, activity))
    assert mail["Subject"] == "Er is een datum die past"
    lines = text_of(mail).splitlines()
    for line in (
        "Bouw een robotarm",
        "zaterdag 28 november 2099, 10.00 uur",
        "Proefhub Woerden, nog 12 van 12 plekken",
        f"{ORIGIN}/agenda/{activity.pk}/",
    ):
        assert line in lines
    assert "/agenda/wens/" in text_of(mail)  # where one stops it


def test_only_what_is_new_and_can_still_be_had(interest):
    titles = iter(["Eerst", "Later", "Afgelast"])
    suiting_date(interest, programme__title=next(titles))
    told(interest)
    later = suiting_date(interest, programme__title=next(titles))
    gone = suiting_date(interest, programme__title=next(titles))
    message = told(interest, later, gone, now=NOW + timedelta(days=1))
    gone.cancelled_at, gone.cancel_reason = NOW, "Ziek."
    gone.save()
    text = text_of(made(message))
    assert [title in text for title in ("Eerst", "Later", "Afgelast")] == [False, True, False]
    later.programme.state = "draft"
    later.programme.save()
    assert not mails.still_true(message, now=NOW)


def test_at_most_ten(interest):
    for day in range(1, 13):
        suiting_date(interest, starts_at=datetime(2099, 11, day, 9, tzinfo=UTC), programme__title=f"Les {day}.")
    mail = made(told(interest))
    assert mail["Subject"] == "Er zijn datums die passen"
    assert text_of(mail).count("\nLes ") == about_interests.MOST_DATES == 10
    assert "Dit zijn de eerste 10." in text_of(mail)
    assert "Les 11." not in text_of(mail)


def test_the_period_in_words(interest):
    assert about_interests.period(interest) == "november 2099"
    interest.until_on = datetime(2100, 1, 31, tzinfo=UTC).date()
    assert about_interests.period(interest) == "november 2099 tot en met januari 2100"


def test_it_is_sent_and_dropped_when_it_no_longer_holds(interest, mail_server):
    activity = suiting_date(interest)
    message = told(interest, activity)
    activity.programme.state = "draft"
    activity.programme.save()
    other = about(DateInterestFactory(proven_at=None))
    tasks.deliver()
    states = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert states == {message.pk: Delivery.DROPPED, other.pk: Delivery.SENT}
    assert len(mail_server.mails) == 1


# --- Invitations -----------------------------------------------------------------------------------------------------


def invited(**fields):
    invitation = InvitationFactory(partner__name="Voorbeeldbedrijf\r\nBcc: x", **fields)
    return OutboxMessage.objects.create(kind=MailKind.INVITATION, invitation=invitation, dedupe_key="invitation")


def test_who_invites_to_what_and_until_when():
    message = invited(invited_by=UserFactory(name="Beheerder 3"), expires_at=datetime(2026, 12, 1, 12, tzinfo=UTC))
    mail = made(message)
    assert (mail["Subject"], mail["Bcc"]) == ("Je bent uitgenodigd: Voorbeeldbedrijf Bcc: x", None)
    assert mail["To"] == message.invitation.email
    assert "Beheerder 3 nodigt je uit om de pagina's van Voorbeeldbedrijf Bcc: x bij te houden." in text_of(mail)
    assert "Dat kan tot dinsdag 1 december 2026." in text_of(mail)


def test_without_inviter_it_says_so_plainly():
    assert "Je bent uitgenodigd om de pagina's van" in text_of(made(invited(invited_by=None)))


def test_the_link_names_the_invitation_and_nothing_else():
    message = invited()
    token = link_in(made(message)).removeprefix(f"{ORIGIN}/account/uitnodiging/").rstrip("/")
    claim = tokens.read(token)
    assert (claim.purpose, claim.uuid) == (tokens.Purpose.INVITATION, message.invitation.uuid)


@pytest.mark.parametrize("field", ["accepted_at", "withdrawn_at", "expires_at"])
def test_only_while_it_is_open(field):
    message = invited()
    assert mails.still_true(message, now=NOW)
    setattr(message.invitation, field, NOW)
    assert not mails.still_true(message, now=NOW)
