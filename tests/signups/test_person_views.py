"""Signing up as a person, through the page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from content import clock, dates
from hubs.models import Audience
from signups.domain import seats
from signups.forms.fields import LINK
from signups.forms.person import OF_LEARNERS, PersonForm
from signups.inventory import SIGN_UPS
from signups.models import MailKind, OutboxMessage, SignUp, State
from signups.views.faults import keeps_answers
from signups.views.sign_up import ON_SITE
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammeFactory
from tests.factories.partners import SchoolFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import open_own, person, token_for, under_16

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)


def path(activity, language=""):
    return f"{language}/agenda/{activity.pk}/aanmelden/"


def post(client, activity, **given):
    return client.post(path(activity), person(activity, **given))


@pytest.fixture
def activity():
    return ActivityFactory()


def test_the_page_asks_what_it_needs(client, activity):
    text = client.get(path(activity)).text
    for name in ("participant_name", "age_band", "email", "guardian_name", "guardian_email", "school", "privacy"):
        assert f'name="{name}"' in text
    assert 'name="audience"' not in text
    assert 'name="education_level"' not in text
    assert "Wat gebeurt er daarna?" in text


def test_the_form_promises_what_the_inventory_says(client, activity):
    promised = "7 dagen nadat de tijd daarvoor voorbij is"
    assert promised in client.get(path(activity)).text
    assert promised in str(SIGN_UPS.until)


def test_from_16(client, activity):
    answer = post(client, activity, email="Leerling@Voorbeeld.example", participant_name="  Leerling \r\n 0417 ")
    assert (answer.status_code, answer["Location"]) == (303, f"/agenda/{activity.pk}/aanmelden/ontvangen/")
    entry = SignUp.objects.get()
    assert (entry.state, entry.name, entry.email) == (State.REQUESTED, "Leerling 0417", "leerling@voorbeeld.example")
    assert OutboxMessage.objects.get().kind == MailKind.PROVE
    text = client.get(answer["Location"]).text
    assert 'data-state="requested"' in text
    assert "leerling@voorbeeld.example" in text


def test_under_16_keeps_the_guardian_only(client, activity):
    client.post(path(activity), under_16(activity, email="geen adres"))
    entry = SignUp.objects.get()
    assert (entry.email, entry.contact_name, entry.age_band) == ("ouder12@voorbeeld.example", "Ouder 12", "under_16")
    assert OutboxMessage.objects.get().kind == MailKind.CONSENT


def test_english(client, activity):
    answer = client.post(path(activity, "/en"), person(activity))
    assert answer["Location"].startswith("/en/agenda/")
    assert SignUp.objects.get().language == "en"


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("Mw.de Boer", False),
        ("Dhr.de Vries", False),
        ("Fam.De Wit", False),
        ("J.van der Berg", False),
        ("koop.de", True),
        ("koop.de/nu", True),
        ("www.koop.de nu", True),
        ("koop.nl nu", True),
    ],
)
def test_a_name_is_no_address(text, is_refused):
    assert bool(LINK.search(text)) is is_refused


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"participant_name": ""}, "Vul je naam in."),
        ({"participant_name": "x" * 5000}, "Houd het bij 80 tekens; dit zijn er 5000."),
        ({"participant_name": "kijk op https://voorbeeld.example"}, "geen webadres"),
        ({"participant_name": "\u202e \u200f"}, "Vul je naam in."),
        ({"age_band": ""}, "Kies hoe oud je bent."),
        ({"age_band": "onzin"}, "Kies hoe oud je bent."),
        ({"email": ""}, "Vul je e-mailadres in"),
        ({"email": "leerling@"}, "Dit adres is niet af."),
        ({"email": "x" * 300 + "@voorbeeld.example"}, "Dit adres is niet af."),
        ({"privacy": ""}, "zet daarna een vinkje"),
        ({"school": "99XX99"}, "Kies een school uit de lijst"),
        ({"remarks": "x" * 501}, "501"),
        ({"homepage": "https://robot.example"}, "Er ging iets mis"),
        ({"submit_token": "onzin"}, "niet compleet"),
        ({"submit_token": ""}, "niet compleet"),
    ],
)
def test_a_mistake_is_explained_and_nothing_typed_is_lost(client, activity, given, sentence):
    answer = post(client, activity, **{"remarks": "Ik kom op de fiets", **given})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "autofocus" in answer.text
    assert "Fout:" in answer.text
    if "remarks" not in given:
        assert "Ik kom op de fiets" in answer.text
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("name", ["J.P. de Vries-'t Hart", "Ünal Çağlar", "李小龍", "Ænima O’Neill"])
def test_names_that_people_have(client, activity, name):
    assert post(client, activity, participant_name=name).status_code == 303
    assert SignUp.objects.get().name == name


def test_too_quick(client, activity):
    answer = post(client, activity, submit_token=token_for(activity, seconds_ago=1))
    assert "Dat ging wel erg snel" in answer.text
    assert 'value="Leerling 0417"' in answer.text
    assert not SignUp.objects.exists()


def test_the_form_of_another_activity(client, activity):
    answer = post(client, activity, submit_token=token_for(ActivityFactory()))
    assert "niet compleet" in answer.text


def test_nul(client, activity):
    assert post(client, activity, participant_name="a\0b").status_code == 400


def test_the_same_form_twice(client, activity):
    fields = person(activity)
    first, second = client.post(path(activity), fields), client.post(path(activity), fields)
    assert first["Location"] == second["Location"]
    assert SignUp.objects.count() == OutboxMessage.objects.count() == 1


def test_a_double_looks_like_a_new_one(client, activity):
    SignUpFactory(activity=activity, name="Leerling 0417", email="leerling@voorbeeld.example")
    first = client.get(post(client, activity)["Location"])
    client.cookies.clear()
    new = post(client, activity, email="ander@voorbeeld.example")
    second = client.get(new["Location"])
    assert 'data-state="requested"' in first.text
    without = [page.text.replace("ander@", "leerling@") for page in (first, second)]
    assert _plain(without[0]) == _plain(without[1])


def _plain(text):
    """Without what is random in every page."""
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_audience_and_level(client):
    level, other = EducationLevelFactory(name="havo"), EducationLevelFactory()
    programme = ProgrammeFactory(levels=[level], audiences=[Audience.PUPIL, Audience.CAREER_CHANGER])
    activity, school = ActivityFactory(programme=programme), SchoolFactory()
    assert "Kies wat je bent." in post(client, activity).text
    assert "Kies je niveau." in post(client, activity, audience="pupil").text
    assert "Kies een niveau uit de lijst." in post(client, activity, audience="pupil", education_level=other.code).text
    assert (
        post(client, activity, audience="pupil", education_level=level.code, school=school.branch_code).status_code
        == 303
    )
    entry = SignUp.objects.get()
    assert (entry.audience, entry.education_level, entry.school) == ("pupil", level, school)
    given = {"audience": "career_changer", "education_level": other.code, "email": "twee@voorbeeld.example"}
    assert post(client, activity, **given).status_code == 303
    assert SignUp.objects.get(email="twee@voorbeeld.example").education_level is None


def test_adults_are_asked_no_age_and_no_school(client):
    activity = ActivityFactory(programme=ProgrammeFactory(audiences=[Audience.CAREER_CHANGER]))
    page = client.get(path(activity)).text
    assert not [name for name in OF_LEARNERS if f'name="{name}"' in page]
    assert "16 jaar of ouder" in page
    assert "ouder krijgt" not in page
    assert post(client, activity, age_band="under_16", guardian_email="ouder12@voorbeeld.example").status_code == 303
    entry = SignUp.objects.get()
    assert (entry.age_band, entry.email, entry.audience) == ("from_16", "leerling@voorbeeld.example", "career_changer")


@pytest.mark.parametrize(
    ("audiences", "label", "explanation"),
    [
        ([], "Niveau (mag leeg blijven)", "Dan sluit het aan"),
        ([Audience.PUPIL], "Niveau", "Dan sluit het aan"),
        ([Audience.PUPIL, Audience.EMPLOYEE], "Niveau", "Kies dan je niveau."),
    ],
)
def test_the_level_says_who_has_to_choose_it(client, audiences, label, explanation):
    programme = ProgrammeFactory(levels=[EducationLevelFactory()], audiences=audiences)
    field = PersonForm(activity=on_site(programme), now=PAST).fields["education_level"]
    assert (str(field.label), explanation in str(field.help_text)) == (label, True)


def on_site(programme):
    return ON_SITE.get(pk=ActivityFactory(programme=programme).pk)


def test_a_school_says_its_place_once(client, activity):
    SchoolFactory(name="Het College, Woerden", branch_code="12AB00")
    SchoolFactory(name="De Ster")
    page = client.get(path(activity)).text
    assert ">Het College, Woerden<" in page
    assert ">De Ster, Woerden<" in page


def test_waiting_list(client):
    activity = ActivityFactory(capacity=1)
    SignUpFactory(activity=activity)
    assert "Zet me op de wachtlijst" in client.get(path(activity)).text
    page = client.get(post(client, activity)["Location"]).text
    assert 'data-state="waiting"' in page
    assert "Er is geen plek vrij: je komt op de wachtlijst</h1>" in page
    assert SignUp.objects.get(name="Leerling 0417").state == State.WAITING


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"capacity": 0, "waiting_limit": 0}, "Deze activiteit is vol"),
        ({"signup_closes_at": PAST}, "Aanmelden is gesloten."),
        ({"starts_at": PAST}, "Aanmelden is gesloten."),
        ({"signup_opens_at": datetime(2099, 1, 5, 8, tzinfo=UTC)}, "Aanmelden kan vanaf maandag 5 januari 2099"),
        ({"cancelled_at": PAST, "cancel_reason": "De docent is ziek."}, "De docent is ziek."),
        ({"for_persons": False, "for_classes": True}, "Deze activiteit is voor klassen."),
    ],
)
def test_no_way_in(client, state, sentence):
    activity = ActivityFactory(**state)
    other = ActivityFactory(programme=activity.programme)
    for answer in (client.get(path(activity)), post(client, activity)):
        assert answer.status_code == 200
        assert f'href="/agenda/{other.pk}/"' in answer.text
    assert sentence in client.get(path(activity)).text
    assert not SignUp.objects.exists()


def test_other_dates_are_those_whose_sign_up_is_not_closed(client):
    """Also below what ended; of a full one the row says so."""
    here = ActivityFactory(signup_closes_at=PAST)
    others = [{"signup_closes_at": PAST}, {"capacity": 0}, {"signup_opens_at": datetime(2099, 1, 5, 8, tzinfo=UTC)}]
    closed, *rest = (ActivityFactory(programme=here.programme, **fields) for fields in others)
    ended = SignUpFactory(activity=here, state=State.CANCELLED)
    for page in (path(here), open_own(client, ended)):
        text = client.get(page).text
        assert f'href="/agenda/{closed.pk}/"' not in text
        assert all(f'href="/agenda/{one.pk}/"' in text for one in rest)


def test_full_between_page_and_post(client):
    activity = ActivityFactory(capacity=1, waiting_limit=0)
    fields = person(activity)
    SignUpFactory(activity=activity)
    assert "Deze activiteit is vol en er is geen wachtlijst." in client.post(path(activity), fields).text


def test_too_late_for_the_waiting_list(client):
    """Also between page and post: an offer could not follow."""
    activity = ActivityFactory(capacity=1, starts_at=clock.now() + timedelta(hours=3))
    SignUpFactory(activity=activity)
    why = "Deze activiteit is vol. Voor de wachtlijst is het te laat: aanmelden sluit binnen vier uur."
    for answer in (client.get(f"/agenda/{activity.pk}/"), client.get(path(activity)), post(client, activity)):
        assert why in answer.text
    assert "Zet me op de wachtlijst" not in client.get(f"/agenda/{activity.pk}/").text
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize(
    ("hours", "told", "not_told"),
    [
        (100, ["je plek 24 uur vast", "je plek 72 uur vast"], ["dan begint het"]),
        (48, ["je plek 24 uur vast", "Ben je jonger dan 16? We houden je plek vast tot"], ["72 uur vast"]),
        (12, ["Ben je 16 of ouder? We houden je plek vast tot"], ["24 uur vast", "72 uur vast"]),
    ],
)
def test_no_more_time_is_promised_than_there_is(client, hours, told, not_told):
    starts_at = clock.now() + timedelta(hours=hours)
    activity = ActivityFactory(starts_at=starts_at)
    text = client.get(path(activity)).text
    assert [words in text for words in [*told, *not_told]] == [True] * len(told) + [False] * len(not_told)
    assert hours == 100 or f"{dates.moment(starts_at)}: dan begint het" in text


def test_a_waiting_list_says_by_when_to_answer(client):
    starts_at = clock.now() + timedelta(hours=12)
    activity = ActivityFactory(capacity=1, starts_at=starts_at)
    seated = SignUpFactory(activity=activity)
    until = dates.moment(starts_at - timedelta(hours=4))
    assert f"Doe dat vóór {until}." in client.get(path(activity)).text
    assert f"Open vóór {until} de link" in client.get(post(client, activity)["Location"]).text
    assert dates.moment(SignUp.objects.exclude(pk=seated.pk).get().proof_expires_at) == until


def test_unpublished_between_page_and_post(client, activity):
    fields = person(activity)
    activity.programme.state = "draft"
    activity.programme.save()
    assert client.post(path(activity), fields).status_code == 404
    assert client.get("/agenda/999999/aanmelden/").status_code == 404


def test_a_sixth_unproven_one(client, activity):
    for number in range(5):
        SignUpFactory(state=State.REQUESTED, email="leerling@voorbeeld.example", name=f"Leerling {number}")
    answer = post(client, activity)
    assert answer.status_code == 429
    assert "Retry-After" in answer
    assert "vijf aanmeldingen" in answer.text
    assert 'value="Leerling 0417"' in answer.text
    guardian = under_16(activity, guardian_email="leerling@voorbeeld.example")
    assert 'id="id_guardian_email_error"' in client.post(path(activity), guardian).text


def test_the_database_is_away(client, activity, monkeypatch):
    def away(**_):
        raise OperationalError("away")

    fields = person(activity, remarks='Met "aanhalingstekens"')
    monkeypatch.setattr(seats, "sign_up", away)
    answer = client.post(path(activity), fields)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert f'name="submit_token" value="{fields["submit_token"]}"' in answer.text
    assert "Met &quot;aanhalingstekens&quot;" in answer.text
    assert "csrfmiddlewaretoken" in answer.text


def test_the_page_of_a_fault_asks_no_database(rf, django_assert_num_queries):
    @keeps_answers
    def view(request):
        raise OperationalError("away")

    with django_assert_num_queries(0):
        answer = view(rf.post("/agenda/1/aanmelden/", {"participant_name": "Leerling 0417"}))
    assert answer.status_code == 503
    assert 'value="Leerling 0417"' in answer.text


def test_a_form_whose_cookie_is_gone_can_be_sent_once_more(activity):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(path(activity), person(activity))
    assert answer.status_code == 403
    assert 'name="participant_name" value="Leerling 0417"' in answer.text
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert browser.post(path(activity), fields).status_code == 303


def test_what_another_site_sent_does_not_come_back(activity):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(path(activity), person(activity), headers={"Origin": "https://kwaad.example"})
    assert answer.status_code == 403
    assert "Leerling 0417" not in answer.text


def test_few_queries(client, django_assert_max_num_queries):
    programme = ProgrammeFactory(levels=[EducationLevelFactory(), EducationLevelFactory()], audiences=["pupil"])
    activity = ActivityFactory(programme=programme)
    with django_assert_max_num_queries(5):
        client.get(path(activity))
