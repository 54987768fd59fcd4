"""What mails say and how they are put together, in both languages; and that nobody writes to strangers through us."""

import hashlib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from icalendar import Calendar

from content import clock
from content.domain import history, snapshots
from content.models import Deed
from hubs.models import Activity
from signups import mails
from signups.consent import CONSENT_VERSION, terms
from signups.domain import cancellations, notices
from signups.mails.samples import sample
from signups.models import ABOUT_TEXTS, Delivery, MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import (
    ActivityFactory,
    HubFactory,
    HubPartnerFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
)
from tests.factories.partners import OfficeUserFactory, PartnerFactory
from tests.factories.signups import OutboxMessageFactory, SignUpFactory
from tests.mail_server import link_in
from tests.signups.visiting import open_own

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EARLY = datetime(2099, 11, 1, 9, 0, tzinfo=UTC)
HOSTILE = "Jan\r\nBcc: kwaad@voorbeeld.example\r\n\r\n\u202eWin: http://kwaad.example <b>x</b>"
# The text of every version of the consent that somebody may have given. Changed the words? Give them a new version.
CONSENT_TEXTS = {"2026-11": "0402ad2c7658", "2026-11-26": "b24627df0bfd"}
OF_OTHERS = {MailKind.INTEREST_PROVE, MailKind.INTEREST_MATCH, MailKind.INVITATION}  # see test_mails_of_others.py
TO_STAFF = {MailKind.INVITATION, *ABOUT_TEXTS}  # in Dutch
OF_SIGN_UPS = [kind for kind in MailKind if kind not in {*OF_OTHERS, *TO_STAFF}]
pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    hub = HubFactory(
        name="Proefhub", street="Werkplaats 1", contact_email="lessen@proefhub.example", contact_phone="+31348123456"
    )
    programme = ProgrammeFactory(
        hub=hub, title="Bouw een robotarm", title_en="Build a robot arm", clothing="Dichte schoenen."
    )
    ProgrammePartnerFactory(programme=programme, partner=PartnerFactory(name="Voorbeeldbedrijf Lassen"))
    return ActivityFactory(programme=programme, price=0)


def made(message):
    """The mail as it goes over the wire."""
    return message_from_bytes(mails.render(message, now=NOW).message().as_bytes(), policy=default)


def texts(mail):
    return (mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content())


def mail_about(kind=MailKind.CONFIRMED, **fields):
    return made(OutboxMessageFactory(kind=kind, sign_up=SignUpFactory(**fields)))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", MailKind)
def test_every_kind_in_both_languages(activity, kind, language):
    if kind in TO_STAFF:
        language = "nl"
    mail = made(sample(kind, language, activity, NOW))
    text, html = texts(mail)
    title = "Bouw een robotarm" if language == "nl" else "Build a robot arm"
    assert (title in text) == (title in html) == (kind != MailKind.INVITATION)
    assert f'<html lang="{language}">' in html
    assert (title in mail["Subject"]) == (kind not in {MailKind.LINKS, *OF_OTHERS})
    assert [part.get_content_type() for part in mail.walk() if part.get_content_maintype() == "text"][:2] == [
        "text/plain",
        "text/html",
    ]
    assert mail["Content-Language"] == language
    assert ("/en/" in text) == (language == "en")


@pytest.mark.parametrize("kind", OF_OTHERS)
def test_a_sample_is_stored_nowhere(activity, kind):
    message = sample(kind, "nl", activity, NOW)
    assert (message.pk, message.receiver.pk) == (None, None)


@pytest.mark.parametrize("kind", MailKind)
def test_html_says_what_the_text_says_and_asks_nothing_of_anyone(activity, kind):
    text, html = texts(made(sample(kind, "nl", activity, NOW)))
    for line in filter(None, (line.strip() for line in text.splitlines())):
        told = line.partition(": ")[2] or line.removeprefix("- ").removesuffix(":")
        assert told in unescape(html) or told == "--", told
    for loaded in ("<img", "<link", "<script", "url(", "src=", "@import"):
        assert loaded not in html


def test_what_when_where_who(activity):
    text, _html = texts(mail_about(activity=activity, name="Leerling 0417"))
    for line in (
        "Wat: Bouw een robotarm",
        "Wanneer: zaterdag 28 november 2099, 10.00\xa0tot\xa012.30\xa0uur",
        "Waar: Proefhub Woerden, Werkplaats 1, Woerden",
        "Wie organiseert het: Voorbeeldbedrijf Lassen",
        "Deelnemer: Leerling 0417",
        "Kosten: Gratis",
        "Kleding: Dichte schoenen.",
        "Bel: 0348 12 34 56",
    ):
        assert line in text.splitlines()


def test_without_partners_of_its_own_the_hubs_run_it():
    activity = ActivityFactory()
    HubPartnerFactory(hub=activity.programme.hub, partner=PartnerFactory(name="Voorbeeldpartner Hal"))
    assert "Wie organiseert het: Voorbeeldpartner Hal" in texts(mail_about(activity=activity))[0]


def test_headers(activity):
    message = OutboxMessageFactory(sign_up=SignUpFactory(activity=activity))
    mail = made(message)
    assert mail["Message-ID"] == f"<{message.uuid}@127.0.0.1>" == made(message)["Message-ID"]
    assert mail["From"] == "noreply@127.0.0.1"
    assert mail["Reply-To"] == "lessen@proefhub.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail_about()["Reply-To"] is None


def test_a_class_reads_its_numbers():
    assert (
        "Klas: Klas 2B, 24 leerlingen en 2 begeleiders"
        in texts(mail_about(class_of=24, name="Klas 2B", activity__capacity=30))[0]
    )


def test_what_is_not_certain_is_said(client):
    hub = HubFactory(street="Werkplaats 1", town="Woerden", to_confirm=["street"])
    entry = SignUpFactory(activity=ActivityFactory(programme=ProgrammeFactory(hub=hub), is_example=True))
    mail = made(OutboxMessageFactory(sign_up=entry))
    for text in texts(mail):
        assert "Werkplaats 1, Woerden (nog niet bevestigd)" in text
        assert "Deze datum is een voorbeeld." in text
    [file] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert "(nog niet bevestigd)" in Calendar.from_ical(file.get_content()).walk("VEVENT")[0]["LOCATION"]
    own = client.get(open_own(client, entry)).text
    assert "Werkplaats 1, Woerden <span" in own
    assert "Deze datum is een voorbeeld." in own
    form = client.get(f"/agenda/{entry.activity_id}/aanmelden/").text
    assert 'class="label-example"' in form


def test_a_class_is_offered_seats_for_all_of_it():
    text = texts(mail_about(MailKind.OFFER, class_of=24, state=State.OFFERED, activity__capacity=30))[0]
    assert "Er is nu plek voor jullie allemaal." in text
    assert "Dan houden we de plekken niet meer vast." in text


# --- What a visitor typed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OF_SIGN_UPS)
@pytest.mark.parametrize("under_16", [True, False])
def test_until_it_is_proven_no_mail_carries_what_somebody_typed(kind, under_16):
    """Else anyone could have us write anything to anyone, and a child's name would reach a wrong address."""
    sign_up = SignUpFactory(
        state=State.REQUESTED, under_16=under_16, name="Naam", contact_name="Contact", remarks="Tekst"
    )
    whole = made(OutboxMessageFactory(kind=kind, sign_up=sign_up))
    for typed in ("Naam", "Contact", "Tekst"):
        assert typed not in "".join([whole["Subject"], *texts(whole)])


@pytest.mark.parametrize("kind", OF_SIGN_UPS)
def test_a_hostile_name_stays_a_name(kind):
    sign_up = SignUpFactory(name=HOSTILE[:80], remarks=HOSTILE, contact_name=HOSTILE[:80])
    mail = made(OutboxMessageFactory(kind=kind, sign_up=sign_up))
    assert (mail["To"], mail["Bcc"], mail["Cc"]) == (sign_up.email, None, None)
    assert "kwaad" not in mail["Subject"]
    text, html = texts(mail)
    assert not any(line.startswith("Bcc") for line in text.splitlines())
    assert "\u202e" not in text + html
    assert "<b>x</b>" not in html


def test_a_title_with_line_breaks_makes_no_header():
    programme = ProgrammeFactory(title="Lassen\r\nBcc: kwaad@voorbeeld.example")
    mail = mail_about(activity__programme=programme)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "De plek is zeker: Lassen Bcc: kwaad@voorbeeld.example"


def test_a_date_elsewhere_does_not_send_people_to_the_hub(activity):
    activity.meetings.update(place="Kiremko, Montfoort")
    text, _html = texts(mail_about(activity=activity))
    assert "Waar: Kiremko, Montfoort\n" in text
    assert "Werkplaats 1" not in text
    assert text.count("Kiremko") == 1


def test_of_several_places_each_stands_once_with_its_meeting():
    course = ActivityFactory(meetings=2)
    first, second = course.meetings.all()
    for meeting, place in ((first, "Kiremko, Montfoort"), (second, "Lely, Maassluis")):
        meeting.place = place
        meeting.save()
    text, _html = texts(mail_about(activity=course))
    assert [text.count(said) for said in ("Kiremko, Montfoort\n", "Lely, Maassluis\n", "Waar:")] == [1, 1, 0]


# --- Consent ---------------------------------------------------------------------------------------------------------


def test_the_guardian_reads_what_is_kept_and_until_when(activity):
    asked = SignUpFactory(state=State.REQUESTED, under_16=True, activity=activity)
    text, html = texts(made(OutboxMessageFactory(kind=MailKind.CONSENT, sign_up=asked)))
    for sentence in terms(asked):
        assert sentence in text
        assert sentence in html
    assert "Dat is op maandag 28 december 2099." in text


def test_new_words_of_consent_get_a_new_version(activity):
    asked = SignUpFactory(under_16=True, state=State.REQUESTED, activity=activity)
    instead = SignUpFactory(under_16=True, state=State.REQUESTED, activity=activity, replaces=SignUpFactory())
    words = "\n".join([*terms(asked), *terms(instead)])
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    assert CONSENT_TEXTS[CONSENT_VERSION] == digest


# --- Deadlines, calendar, links --------------------------------------------------------------------------------------


def test_deadlines_in_words():
    proof = SignUpFactory(state=State.REQUESTED, proof_expires_at=datetime(2026, 11, 24, 13, 0, tzinfo=UTC))
    text, _html = texts(made(OutboxMessageFactory(kind=MailKind.PROVE, sign_up=proof)))
    assert "Doe dit vóór dinsdag 24 november 2026, 14.00 uur." in text
    offer = SignUpFactory(state=State.OFFERED, offer_expires_at=datetime(2026, 11, 26, 7, 0, tzinfo=UTC))
    text, _html = texts(made(OutboxMessageFactory(kind=MailKind.OFFER, sign_up=offer)))
    assert "vóór donderdag 26 november 2026, 08.00 uur" in text


@pytest.mark.parametrize(
    ("whose", "ends"),
    [
        ({}, "dan sta je niet meer op de lijst."),
        ({"under_16": True}, "dan staat je kind niet meer op de lijst."),
        ({"class_of": 5}, "dan staat je klas niet meer op de lijst."),
    ],
)
def test_a_second_offer_says_that_it_is_the_last(client, whose, ends):
    for ran_out, is_said in ((0, False), (1, True)):
        entry = SignUpFactory(state=State.OFFERED, offers_run_out=ran_out, **whose)
        mail, _html = texts(made(OutboxMessageFactory(kind=MailKind.OFFER, sign_up=entry)))
        for text in (mail, client.get(open_own(client, entry)).text):
            assert ("Dit is de tweede keer dat we" in text and ends in text) == is_said


def test_a_certain_seat_brings_the_calendar():
    activity = ActivityFactory(meetings=2)
    (attached,) = mail_about(activity=activity).iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("text/calendar", "agenda.ics")
    calendar = Calendar.from_ical(attached.get_content())
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [meeting.starts_at for meeting in activity.meetings.all()]
    assert len({event["UID"] for event in events}) == 2
    assert all(event["UID"].startswith(f"activity-{activity.uuid}") for event in events)
    assert {event["SEQUENCE"] for event in events} == {activity.revision + activity.version}
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Amsterdam"]


def test_a_moved_meeting_replaces_its_event():
    activity = ActivityFactory()
    before = Calendar.from_ical(mails.calendar_file(activity, NOW)).walk("VEVENT")[0]
    activity.meetings.update(starts_at=datetime(2099, 11, 28, 8, 0, tzinfo=UTC))
    activity.refresh_from_db()
    after = Calendar.from_ical(mails.calendar_file(activity, NOW)).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_date_leaves_the_calendar_and_names_others(activity):
    waiting = SignUpFactory(activity=activity, state=State.WAITING)
    entry = SignUpFactory(activity=activity)
    OutboxMessageFactory(sign_up=entry, state=Delivery.SENT, sent_at=NOW)
    before = Calendar.from_ical(mails.calendar_file(activity, NOW)).walk("VEVENT")[0]
    others = ActivityFactory.create_batch(6, programme=activity.programme)
    full = ActivityFactory(programme=activity.programme, capacity=0, starts_at=EARLY)
    classes = ActivityFactory(programme=activity.programme, for_persons=False, for_classes=True, starts_at=EARLY)
    cancellations.cancel(activity_ids=[activity.pk], reason="De docent is ziek.", by=OfficeUserFactory(), now=NOW)
    notices.tell(activity_id=activity.pk, now=NOW)
    mail = made(OutboxMessage.objects.get(sign_up=entry, kind=MailKind.DATE_CANCELLED))
    (attached,) = mail.iter_attachments()
    after = Calendar.from_ical(attached.get_content()).walk("VEVENT")[0]
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    for text in texts(mail):
        assert "Staat de datum in je agenda?" in text
        linked = [one.get_absolute_url() in text for one in [*others, full, classes]]
        assert linked == [True] * 5 + [False] * 3
    unsure = made(OutboxMessage.objects.get(sign_up=waiting, kind=MailKind.DATE_CANCELLED))
    assert list(unsure.iter_attachments()) == []


def test_a_meeting_taken_out_of_a_course_leaves_the_calendar(client):
    activity = ActivityFactory(meetings=3)
    entry, later = SignUpFactory.create_batch(2, activity=activity)
    before = Calendar.from_ical(mails.calendar_file(activity, NOW)).walk("VEVENT")
    stored, at = snapshots.stored(activity), clock.now() + timedelta(seconds=1)
    activity.meetings.all()[1].delete()
    history.record(subject=activity, deed=Deed.CHANGED, by=OfficeUserFactory(), now=at, before=stored)
    SignUp.objects.filter(pk=later.pk).update(created_at=at, told_revision=activity.revision + 1)
    notices.tell(activity_id=activity.pk, now=at)
    mail = made(OutboxMessage.objects.get(sign_up=entry, kind=MailKind.DATE_MOVED))
    assert "Deze bijeenkomst gaat niet door: zaterdag 5 december 2099, 10.00 uur." in texts(mail)[0]
    (attached,) = mail.iter_attachments()
    for file in (attached.get_content(), client.get(f"{open_own(client, entry)}agenda.ics").content):
        after = Calendar.from_ical(file).walk("VEVENT")
        assert [event["UID"] for event in after] == [event["UID"] for event in before]
        assert [event["STATUS"] for event in after] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
        assert [event["DTSTART"].dt for event in after] == [before[place]["DTSTART"].dt for place in (0, 2, 2)]
        assert min(event["SEQUENCE"] for event in after) > max(event["SEQUENCE"] for event in before)
    file = client.get(f"{open_own(client, later)}agenda.ics").content
    assert len(Calendar.from_ical(file).walk("VEVENT")) == 2  # it never had the third


def test_a_moved_date_names_others_that_can_still_be_joined(activity):
    other = ActivityFactory(programme=activity.programme)
    soon = ActivityFactory(programme=activity.programme, starts_at=NOW + timedelta(hours=3))
    text, _html = texts(mail_about(MailKind.DATE_MOVED, activity=activity))
    linked = [f"http://127.0.0.1:8000{one.get_absolute_url()}\n" in text for one in (other, soon)]
    assert linked == [True, False]


def test_a_class_reads_only_of_dates_with_a_seat_for_all_of_it(activity):
    def other(**fields):
        return ActivityFactory(programme=activity.programme, for_classes=True, **fields)

    fits, as_one = other(capacity=25), other(counts="classes", capacity=1)
    others = [
        other(capacity=40, class_size_max=24),
        other(capacity=40, class_size_min=26),
        other(capacity=24),
        (full := other(capacity=30)),
    ]
    SignUpFactory.create_batch(6, activity=full)
    Activity.objects.filter(pk=activity.pk).update(capacity=25, for_classes=True)
    text, _html = texts(mail_about(MailKind.DATE_MOVED, activity=activity, class_of=25))
    linked = [f"http://127.0.0.1:8000{one.get_absolute_url()}\n" in text for one in [fits, as_one, *others]]
    assert linked == [True, True, False, False, False, False]


def test_other_mails_bring_no_calendar():
    assert list(mail_about(MailKind.WAITING, state=State.WAITING).iter_attachments()) == []


def test_my_links_again_lists_all_that_live():
    address = "ouder@voorbeeld.example"
    entries = [SignUpFactory(email=address, name=f"Leerling {number}") for number in (1, 2)]
    SignUpFactory(email=address, name="Leerling 3", state=State.CANCELLED)
    SignUpFactory(email="ander@voorbeeld.example", name="Leerling 4")
    text, html = texts(made(OutboxMessageFactory(kind=MailKind.LINKS, sign_up=entries[1])))
    assert ["Leerling 1" in text, "Leerling 2" in text, "Leerling 3" in text, "Leerling 4" in text] == [
        True,
        True,
        False,
        False,
    ]
    assert text.count("/aanmelding/") == html.count("/aanmelding/") == 2


def test_the_link_is_the_own_one_and_opens(client):
    sign_up = SignUpFactory()
    link = link_in(made(OutboxMessageFactory(sign_up=sign_up)))
    assert link.startswith("http://127.0.0.1:8000/aanmelding/")
    response = client.get(link.removeprefix("http://127.0.0.1:8000"))
    assert (response.status_code, response["Location"]) == (302, f"/aanmelding/s/{sign_up.uuid}/")


def test_reading_a_mail_writes_nothing(activity):
    before = list(SignUp.objects.values())
    mails.parts(sample(MailKind.CONFIRMED, "nl", activity, NOW), now=NOW)
    assert list(SignUp.objects.values()) == before
