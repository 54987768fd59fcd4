"""The page after signing up: who sees the address, sending again, and correcting it once."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from content import clock, dates
from signups import visitor
from signups.consent import CONSENT_VERSION
from signups.models import MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import link, open_own, person, token_for, under_16

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory()


def sign_up(client, activity, **given):
    """Post the form; the address of the page after it."""
    return client.post(f"/agenda/{activity.pk}/aanmelden/", person(activity, **given))["Location"]


def correct(client, page, email):
    return client.post(page, {"action": "correct", "email": email})


def test_the_address_is_for_the_browser_that_posted_it(client, activity):
    page = sign_up(client, activity)
    answer = client.get(page)
    assert "leerling@voorbeeld.example" in answer.text
    assert answer["Cache-Control"] == "no-store"
    client.cookies.clear()
    text = client.get(page).text
    assert "leerling@" not in text
    assert "Klopt dit adres niet?" not in text
    assert client.post(page, {"action": "again"}).status_code == 200
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(("given", "term"), [(person, "binnen 24 uur"), (under_16, "binnen 72 uur")])
def test_no_more_time_is_promised_than_there_is(client, given, term):
    for hours, is_promised in ((100, True), (10, False)):
        activity = ActivityFactory(starts_at=clock.now() + timedelta(hours=hours))
        text = client.get(client.post(f"/agenda/{activity.pk}/aanmelden/", given(activity))["Location"]).text
        assert (term in text) == is_promised
        assert (f"vóór {dates.moment(activity.first_starts_at)}" in text) != is_promised


def test_the_term_is_that_of_the_moment_of_signing_up(client):
    """Looked at again an hour later, or after the date was moved forward."""
    activity = ActivityFactory(starts_at=clock.now() + timedelta(hours=25))
    page = sign_up(client, activity)
    activity.meetings.update(starts_at=clock.now() + timedelta(hours=23))
    assert "binnen 24 uur" in client.get(page).text


def test_the_cookie_belongs_to_this_activity(client, activity):
    answer = client.post(f"/agenda/{activity.pk}/aanmelden/", person(activity))
    assert answer.cookies["posted_nl"]["path"] == f"/agenda/{activity.pk}/aanmelden/"
    assert answer.cookies["posted_nl"]["httponly"]
    other = ActivityFactory()
    client.cookies["posted_nl"]["path"] = f"/agenda/{other.pk}/aanmelden/"
    assert "leerling@" not in client.get(f"/agenda/{other.pk}/aanmelden/ontvangen/").text


def test_a_long_remark_does_not_make_the_cookie_too_large(client, activity):
    remark = "".join(chr(0x4E00 + number * 37 % 20000) for number in range(500))
    answer = client.post(f"/agenda/{activity.pk}/aanmelden/", person(activity, remarks=remark))
    assert SignUp.objects.get().remarks == remark
    assert len(answer.cookies["posted_nl"].OutputString()) < 4096
    assert "leerling@voorbeeld.example" in client.get(answer["Location"]).text


def test_again(client, activity):
    page = sign_up(client, activity)
    for _ in range(3):
        answer = client.post(page, {"action": "again"})
        assert "De mail is onderweg" in client.get(answer["Location"]).text
    assert [message.kind for message in OutboxMessage.objects.all()] == [MailKind.PROVE] * 2


def test_correct_once(client, activity):
    page = sign_up(client, activity)
    entry = SignUp.objects.get()
    old = link(entry)
    answer = client.get(correct(client, page, "Juist@Voorbeeld.example")["Location"])
    assert "juist@voorbeeld.example" in answer.text
    assert "Klopt dit adres niet?" not in answer.text
    entry.refresh_from_db()
    assert entry.email == "juist@voorbeeld.example"
    assert OutboxMessage.objects.get().kind == MailKind.PROVE  # that to the old address was not sent yet
    assert client.get(old).status_code == 404
    assert client.get(link(entry)).status_code == 302
    correct(client, page, "derde@voorbeeld.example")
    entry.refresh_from_db()
    assert entry.email == "juist@voorbeeld.example"


def test_an_old_cookie_corrects_no_second_time(client, activity):
    page = sign_up(client, activity)
    cookie = client.cookies["posted_nl"].value
    correct(client, page, "juist@voorbeeld.example")
    client.cookies["posted_nl"] = cookie
    assert "kan nu niet meer worden veranderd" in correct(client, page, "derde@voorbeeld.example").text
    assert SignUp.objects.get().email == "juist@voorbeeld.example"


class TestOneFormPostedTwice:
    """Back, and other answers in the same form: a second sign-up. What is asked on the page after it is about that."""

    @pytest.fixture
    def page(self, client, activity):
        form = {"submit_token": token_for(activity)}
        sign_up(client, activity, **form, email="eerste@voorbeeld.example")
        return sign_up(client, activity, **form, participant_name="Leerling 0418", email="tweede@voorbeeld.example")

    def test_again_mails_the_second(self, client, page):
        client.post(page, {"action": "again"})
        receivers = OutboxMessage.objects.order_by("pk").values_list("sign_up__email", flat=True)
        assert list(receivers) == ["eerste@voorbeeld.example", *["tweede@voorbeeld.example"] * 2]

    def test_correct_changes_the_second(self, client, page):
        correct(client, page, "juist@voorbeeld.example")
        rows = SignUp.objects.order_by("pk").values_list("email", "token_version")
        assert list(rows) == [("eerste@voorbeeld.example", 1), ("juist@voorbeeld.example", 2)]
        client.post(page, {"action": "again"})
        assert OutboxMessage.objects.filter(sign_up__email="juist@voorbeeld.example").count() == 2

    def test_after_a_double_again_mails_what_was_corrected(self, client, activity):
        SignUpFactory(activity=activity, name="Leerling 0417", email="leerling@voorbeeld.example")
        page = sign_up(client, activity)
        correct(client, page, "juist@voorbeeld.example")
        client.post(page, {"action": "again"})
        assert OutboxMessage.objects.filter(sign_up__email="juist@voorbeeld.example").count() == 2


@pytest.mark.parametrize("kept", [[{"kind": "person"}, "requested", False], {"application": {"kind": "person"}}])
def test_a_cookie_of_another_release_is_none(client, activity, kept):
    page = sign_up(client, activity)
    response = HttpResponse()
    salt = visitor._posted_salt(activity.pk)
    response.set_signed_cookie("posted_nl", visitor._packed(kept), salt=salt)
    client.cookies["posted_nl"].set("posted_nl", *[response.cookies["posted_nl"].value] * 2)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "leerling@" not in answer.text


def test_a_proven_one_keeps_its_address(client, activity):
    page = sign_up(client, activity)
    SignUp.objects.update(state=State.CONFIRMED, proof="own_link", proven_at="2026-01-01T00:00Z")
    assert "kan nu niet meer worden veranderd" in correct(client, page, "derde@voorbeeld.example").text


def test_an_address_that_is_not_one(client, activity):
    answer = correct(client, sign_up(client, activity), "juist@")
    assert answer.status_code == 200
    assert "Dit adres is niet af." in answer.text
    assert SignUp.objects.get().email == "leerling@voorbeeld.example"


def test_after_a_double_the_corrected_address_is_a_sign_up_of_its_own(client, activity):
    first = SignUpFactory(activity=activity, name="Leerling 0417", email="leerling@voorbeeld.example", remarks="geheim")
    page = sign_up(client, activity)
    correct(client, page, "juist@voorbeeld.example")
    first.refresh_from_db()
    assert first.email == "leerling@voorbeeld.example"
    second = SignUp.objects.get(email="juist@voorbeeld.example")
    assert (second.state, second.remarks) == (State.REQUESTED, "")


def test_corrected_into_a_double(client, activity):
    first = SignUpFactory(activity=activity, name="Leerling 0417", email="juist@voorbeeld.example")
    page = sign_up(client, activity)
    assert correct(client, page, "juist@voorbeeld.example").status_code == 303
    assert list(SignUp.objects.live()) == [first]
    assert OutboxMessage.objects.get().kind == MailKind.ALREADY


def test_corrected_into_the_same_address_keeps_the_seat(client, activity):
    page = sign_up(client, activity)
    correct(client, page, "leerling@voorbeeld.example")
    entry = SignUp.objects.get()
    assert (entry.state, entry.token_version) == (State.REQUESTED, 1)


def test_a_corrected_guardian_is_asked(client, activity):
    page = client.post(f"/agenda/{activity.pk}/aanmelden/", under_16(activity))["Location"]
    assert "72 uur" in client.get(page).text
    correct(client, page, "juist@voorbeeld.example")
    assert OutboxMessage.objects.get().kind == MailKind.CONSENT


class TestWhatBecameOfIt:
    """The page tells its own browser what the receiver of the mail did, and never whether an address was known."""

    @pytest.fixture
    def page(self, client, activity):
        return client.post(f"/agenda/{activity.pk}/aanmelden/", under_16(activity))["Location"]

    @pytest.fixture
    def guardian(self, page):
        guardian, entry = Client(), SignUp.objects.get()
        return lambda action: guardian.post(
            open_own(guardian, entry), {"action": action, "consent_version": CONSENT_VERSION}
        )

    def test_consent(self, client, page, guardian):
        assert 'data-state="requested"' in client.get(page).text
        guardian("prove")
        text = client.get(page).text
        assert 'data-state="confirmed"' in text
        assert "Je ouder of verzorger gaf toestemming" in text
        assert "ouder12@" not in text

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("consented", [True, False])
    def test_refusal(self, client, page, guardian, consented, settings, tmp_path):
        settings.ERASURE_LEDGER = tmp_path / "erasures"
        if consented:
            guardian("prove")
        guardian("refuse")
        text = client.get(page).text
        assert 'data-state="ended"' in text
        assert "Vraag thuis hoe het zit." in text
        assert "ouder12@" not in text
        assert "Bijna klaar" not in text

    @pytest.mark.parametrize("ending", ["refused", "not_proven", "list_closed"])
    def test_of_a_double_nothing_is_told(self, client, activity, ending):
        first = SignUpFactory(activity=activity, name="Leerling 0417", email="leerling@voorbeeld.example")
        page = sign_up(client, activity)
        assert 'data-state="requested"' in client.get(page).text
        SignUp.objects.filter(pk=first.pk).update(state=State.CANCELLED, ending=ending, ended_at="2026-01-01T00:00Z")
        assert 'data-state="requested"' in client.get(page).text

    @pytest.mark.parametrize("ending", ["not_proven", "list_closed"])
    def test_nor_what_time_did_to_a_new_one(self, client, activity, ending):
        page = sign_up(client, activity)
        SignUp.objects.update(state=State.EXPIRED, ending=ending, ended_at="2026-01-01T00:00Z")
        assert 'data-state="requested"' in client.get(page).text

    @pytest.mark.parametrize("is_old", [True, False])
    def test_nor_that_it_was_corrected_into_a_double(self, client, activity, is_old):
        SignUpFactory(activity=activity, name="Leerling 0417", email="juist@voorbeeld.example")
        page = sign_up(client, activity)
        cookie = client.cookies["posted_nl"].value
        correct(client, page, "juist@voorbeeld.example")
        if is_old:
            client.cookies["posted_nl"] = cookie
        assert 'data-state="requested"' in client.get(page).text
