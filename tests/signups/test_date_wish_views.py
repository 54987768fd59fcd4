"""The form of who finds no suitable date, and the page behind the link: what it takes, refuses, keeps and shows."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from content import clock, tokens
from signups import limits
from signups.models import DateInterest, MailKind, OutboxMessage
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, HubFactory, LevelGroupFactory, ProgrammeFactory
from tests.factories.signups import DateInterestFactory, SignUpFactory
from tests.signups import visiting
from tests.signups.wishing import FORM, filled_in, link, open_own, suiting_date

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def level():
    return EducationLevelFactory(code="havo", name="havo")


def page(client, path=FORM):
    response = client.get(path)
    assert response.status_code == 200
    return unescape(response.content.decode())


def post(client, fields, path=FORM):
    response = client.post(path, fields)
    return response, unescape(response.content.decode())


# --- The form --------------------------------------------------------------------------------------------------------


def test_a_filled_in_form_is_kept_and_answered(client, level):
    response, _html = post(client, filled_in(level))
    assert (response.status_code, response["Location"]) == (303, "/agenda/wens/ontvangen/")
    interest = DateInterest.objects.get()
    assert (interest.education_level, interest.people, interest.email) == (level, 24, "wens@voorbeeld.example")
    today = clock.local_date(clock.now())
    assert (interest.from_on.day, (interest.until_on + timedelta(days=1)).day) == (1, 1)
    assert (interest.from_on.month, interest.until_on.month) == (today.month, today.month)
    html = page(client, response["Location"])
    assert "wens@voorbeeld.example" in html
    assert "wens@voorbeeld.example" not in page(type(client)(), response["Location"])
    assert OutboxMessage.objects.get().kind == MailKind.INTEREST_PROVE


def test_who_is_not_at_school_needs_no_level(client, level):
    programme = ProgrammeFactory(slug="lassen", audiences=["career_changer"])
    assert '<option value="geen" selected>' in page(client, f"{FORM}?programma={programme.slug}")
    assert post(client, filled_in(level, education_level="geen"))[0].status_code == 303
    interest = DateInterest.objects.get()
    assert interest.education_level is None
    path = open_own(client, interest)
    assert "zij-instromers en werknemers" in page(client, path)


def test_without_address_the_answer_promises_no_mail(client, level):
    response, _html = post(client, filled_in(level, email=""))
    assert "Je vulde geen e-mailadres in" in page(client, response["Location"])
    assert not OutboxMessage.objects.exists()


def test_the_answer_is_the_same_for_an_address_that_we_know(client, level):
    SignUpFactory(email="wens@voorbeeld.example")
    DateInterestFactory(email="wens@voorbeeld.example")
    known = post(client, filled_in(level))[0]
    html = page(client, known["Location"])
    DateInterest.objects.all().delete()
    SignUpFactory._meta.model.objects.all().delete()
    unknown = post(client, filled_in(level))[0]
    assert page(client, unknown["Location"]) == html


def test_english_is_remembered(client, level):
    post(client, filled_in(level), f"/en{FORM}")
    assert DateInterest.objects.get().language == "en"


def test_posted_twice_it_is_one_row(client, level):
    fields = filled_in(level)
    assert [post(client, fields)[0].status_code for _ in range(2)] == [303, 303]
    assert (DateInterest.objects.count(), OutboxMessage.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"education_level": ""}, "Kies een niveau."),
        ({"education_level": "onzin"}, "Kies een niveau uit de lijst."),
        ({"people": ""}, "Vul in met hoeveel mensen je wilt komen."),
        ({"people": "0"}, "Vul een getal in van 1 tot en met 999."),
        ({"people": "1" + "0" * 9}, "Vul een getal in van 1 tot en met 999."),
        ({"people": "veel"}, "Vul een getal in, bijvoorbeeld 24."),
        ({"from_month": "2020-01"}, "Kies een maand uit de lijst."),
        ({"until_month": "morgen"}, "Kies een maand uit de lijst."),
        ({"email": "wens@"}, "Dit adres is niet af."),
        ({"email": "a" * 300 + "@voorbeeld.example"}, "Dit adres is niet af."),
        ({"homepage": "http://kwaad.example"}, "Er ging iets mis bij het versturen."),
        ({"submit_token": ""}, "Deze pagina was niet compleet."),
        ({"submit_token": "gemaakt:door:mij"}, "Deze pagina was niet compleet."),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_lost(client, level, given, sentence):
    response, html = post(client, filled_in(level) | given)
    assert response.status_code == 200
    assert sentence in html
    assert 'class="error-summary"' in html
    kept = {"people": "24", "email": "Wens@Voorbeeld.example"} | given
    assert f'value="{kept["people"]}"' in html
    assert f'value="{kept["email"]}"' in html
    assert not DateInterest.objects.exists()


def test_the_period_runs_forward(client, level):
    ahead = f"{clock.local_date(clock.now() + timedelta(days=62)):%Y-%m}"
    _response, html = post(client, filled_in(level, from_month=ahead))
    assert "Deze maand is eerder dan de maand bij 'Vanaf'." in html


def test_a_year_ahead_and_no_further(client, level):
    choices = page(client).split('name="until_month"')[1].split("</select>")[0].count("<option")
    assert choices == 13


def test_quicker_than_anyone_types(client, level):
    _response, html = post(client, filled_in(level, seconds_ago=1))
    assert "Dat ging wel erg snel." in html
    assert not DateInterest.objects.exists()


def test_the_token_of_a_sign_up_form_is_worthless_here(client, level):
    other = visiting.token_for(suiting_date(DateInterestFactory()))
    DateInterest.objects.all().delete()
    assert "Deze pagina was niet compleet." in post(client, filled_in(level, submit_token=other))[1]


def test_five_open_ones_of_an_address_and_no_sixth(client, level):
    for _ in range(5):
        assert post(client, filled_in(level))[0].status_code == 303
    response, html = post(client, filled_in(level))
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    assert "staan al vijf vragen open" in html
    assert 'value="Wens@Voorbeeld.example"' in html


def test_too_many_posts_keep_what_was_typed(client, level, monkeypatch):
    monkeypatch.setattr(limits, "is_over", lambda _: True)
    response, html = post(client, filled_in(level))
    assert response.status_code == 429
    assert 'name="people" value="24"' in html
    assert not DateInterest.objects.exists()


# --- Where the visitor comes from ------------------------------------------------------------------------------------


def test_the_level_is_filled_in(client, level):
    assert '<option value="havo" selected>' in page(client, f"{FORM}?niveau=havo")


def test_a_group_of_levels_is_left_to_the_visitor(client):
    group = LevelGroupFactory(code="groep")
    for _ in range(2):
        EducationLevelFactory(group=group)
    assert '<option value="" selected>' in page(client, f"{FORM}?niveau=groep")


def test_a_programme_can_be_kept_or_taken_off(client, level):
    programme = ProgrammeFactory(slug="lassen", title="Leer lassen")
    path = f"{FORM}?programma=lassen&hub={programme.hub.slug}"
    html = page(client, path)
    assert "Alleen voor Leer lassen" in html
    assert "checked" in html.split('name="is_narrowed"')[1].split(">")[0]
    post(client, filled_in(level, is_narrowed="on"), path)
    post(client, filled_in(level), path)
    asked = DateInterest.objects.order_by("pk").values_list("programme", "hub")
    assert list(asked) == [(programme.pk, None), (None, None)]


def test_a_hub(client, level):
    hub = HubFactory()
    post(client, filled_in(level, is_narrowed="on"), f"{FORM}?hub={hub.slug}")
    assert DateInterest.objects.get().hub == hub


@pytest.mark.parametrize(
    "query", ["niveau=onzin", "hub=onzin&hub=meer", "programma=onzin", "programma=%27%22%3Cb%3E", "programma=verborgen"]
)
def test_what_nobody_knows_is_nothing(client, level, query):
    ProgrammeFactory(slug="verborgen", state="draft")
    assert "is_narrowed" not in page(client, f"{FORM}?{query}")


# --- The page behind the link ----------------------------------------------------------------------------------------


@pytest.fixture
def unproven():
    return DateInterestFactory(proven_at=None)


def test_a_link_sets_a_cookie_for_that_page_and_changes_nothing(client, unproven):
    answer = client.get(link(unproven))
    assert answer["Location"] == f"/agenda/wens/s/{unproven.uuid}/"
    assert {name: (cookie["path"], cookie["httponly"]) for name, cookie in answer.cookies.items()} == {
        "date_wish_nl": (f"/agenda/wens/s/{unproven.uuid}/", True),
        "date_wish_en": (f"/en/agenda/wens/s/{unproven.uuid}/", True),
    }
    html = page(client, answer["Location"])
    assert 'data-state="unproven"' in html
    assert DateInterest.objects.get().proven_at is None
    assert client.get(answer["Location"])["Cache-Control"] == "no-store"


def lost(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Deze link werkt niet" in answer.content.decode()
    return True


def test_links_that_lead_nowhere(client, unproven):
    sign_up = SignUpFactory()
    assert lost(client, f"{FORM}onzin/")
    assert lost(client, link(unproven, tokens.Purpose.SIGN_UP))
    assert lost(client, link(sign_up))  # a wish's link to a sign-up
    assert lost(client, visiting.link(sign_up).replace("/aanmelding/", FORM))
    assert lost(client, link(unproven).replace(FORM, "/aanmelding/"))
    older = link(unproven)
    DateInterest.objects.update(token_version=2)
    assert lost(client, older)


def test_without_the_cookie_it_does_not_exist(client, unproven):
    path = f"/agenda/wens/s/{unproven.uuid}/"
    assert lost(client, path)
    other = DateInterestFactory()
    open_own(client, other)
    client.cookies["date_wish_nl"]["path"] = path
    assert lost(client, path)
    assert client.post(path, {"action": "erase"}).status_code == 404
    assert DateInterest.objects.get(pk=unproven.pk).email


def test_one_post_proves(client, unproven):
    path = open_own(client, unproven)
    assert client.post(path, {"action": "prove"}).status_code == 303
    assert DateInterest.objects.get().proven_at
    html = page(client, path)
    assert 'data-state="proven"' in html
    assert "tot en met" in html
    assert "Langer dan 180 dagen" in html
    soon = unproven.created_at.date() + timedelta(days=30)
    DateInterest.objects.update(from_on=soon, until_on=soon)
    assert "Langer dan 180 dagen" not in page(client, path)


def test_what_suits_already_is_shown(client, unproven):
    suiting_date(unproven, programme__title="Bouw een robotarm")
    path = open_own(client, unproven)
    assert "Bouw een robotarm" not in page(client, path)
    client.post(path, {"action": "prove"})
    assert "Bouw een robotarm" in page(client, path)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "/agenda/?niveau="), ({"education_level": None}, "/agenda/?doelgroep=career_changer&van=2099-11-01")],
)
def test_more_than_ten_dates_lead_to_all_of_them(client, fields, expected):
    interest = DateInterestFactory(**fields)
    programme = ProgrammeFactory(
        audiences=["career_changer"], levels=[interest.education_level or EducationLevelFactory()]
    )
    for _ in range(12):
        ActivityFactory(programme=programme, starts_at=datetime(2099, 11, 28, 9, 0, tzinfo=UTC))
    html = page(client, open_own(client, interest))
    assert "Er zijn nog 2 datums die passen." in html
    assert f'href="{expected}' in html


def test_too_late_says_so(client):
    interest = DateInterestFactory(proven_at=None, proof_expires_at=PAST)
    path = open_own(client, interest)
    assert 'data-state="expired"' in page(client, path)
    answer = client.post(path, {"action": "prove"})
    assert (answer.status_code, DateInterest.objects.get().proven_at) == (200, None)
    assert "Dit kan niet meer." in answer.content.decode()


def test_an_unknown_action_changes_nothing(client, unproven):
    before = DateInterest.objects.values().get()
    client.post(open_own(client, unproven), {"action": "onzin"})
    assert DateInterest.objects.values().get() == before


def test_reading_needs_no_more_queries_for_more_dates(client, django_assert_max_num_queries):
    interest = DateInterestFactory()
    for _ in range(5):
        suiting_date(interest)
    path = open_own(client, interest)
    with django_assert_max_num_queries(8):
        client.get(path)


@pytest.mark.parametrize("query", ["", "?programma=lassen&niveau=havo"])
def test_the_form_needs_few_queries(client, level, query, django_assert_max_num_queries):
    ProgrammeFactory(slug="lassen")
    with django_assert_max_num_queries(8):
        client.get(FORM + query)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/agenda/", "/agenda/wens/"),
        ("/agenda/?q=bestaatniet", "/agenda/wens/"),
        ("/agenda/?niveau=havo&hub=hal", "/agenda/wens/?hub=hal&niveau=havo"),
        ("/programmas/lassen/", "/agenda/wens/?programma=lassen"),
    ],
)
def test_pages_lead_here(client, level, path, expected):
    hub = HubFactory(slug="hal", levels=[level])
    ProgrammeFactory(slug="lassen", hub=hub, levels=[level])
    assert f'href="{expected}"' in page(client, path)


def test_a_full_date_leads_here(client):
    activity = suiting_date(DateInterestFactory(), capacity=0)
    for path in (f"/agenda/{activity.pk}/", f"/agenda/{activity.pk}/aanmelden/"):
        assert f'href="/agenda/wens/?programma={activity.programme.slug}"' in page(client, path)
