"""A visitor's own sign-up: who may open it, what it shows in each state, what its buttons do."""

from datetime import UTC, datetime, timedelta

import pytest

from content import clock, dates, tokens
from signups.models import EMPTY, Ending, MailKind, OutboxMessage, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory, EducationLevelFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import act, link, open_own

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)


# --- Who may open it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_link_leads_to_the_own_page(client, language):
    entry = SignUpFactory()
    answer = client.get(language + link(entry))
    assert answer["Location"] == f"{language}/aanmelding/s/{entry.uuid}/"
    cookies = {
        name: (morsel["path"], morsel["httponly"], morsel["samesite"]) for name, morsel in answer.cookies.items()
    }
    assert cookies == {
        "sign_up_nl": (f"/aanmelding/s/{entry.uuid}/", True, "Lax"),
        "sign_up_en": (f"/en/aanmelding/s/{entry.uuid}/", True, "Lax"),
    }
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert page["Cache-Control"] == answer["Cache-Control"] == "no-store"
    assert "noindex" in page.text


def test_opening_changes_nothing(client):
    entry = SignUpFactory(state=State.REQUESTED)
    client.get(open_own(client, entry))
    client.head(link(entry))
    entry.refresh_from_db()
    assert (entry.state, entry.proven_at, OutboxMessage.objects.count()) == (State.REQUESTED, None, 0)


def test_without_the_link_it_does_not_exist(client):
    entry = SignUpFactory()
    for path in ("", "wijzigen/", "afmelden/", "agenda.ics"):
        assert client.get(f"/aanmelding/s/{entry.uuid}/{path}").status_code == 404
    assert client.post(f"/aanmelding/s/{entry.uuid}/", {"action": "prove"}).status_code == 404
    assert client.post(f"/aanmelding/s/{entry.uuid}/afmelden/").status_code == 404
    entry.refresh_from_db()
    assert entry.state == State.CONFIRMED


def test_two_children_never_mix(client):
    """Even a browser that sends the cookie of one with the page of the other."""
    first, second = SignUpFactory(), SignUpFactory()
    open_own(client, first)
    client.cookies["sign_up_nl"]["path"] = f"/aanmelding/s/{second.uuid}/"
    assert client.get(f"/aanmelding/s/{second.uuid}/").status_code == 404


def test_an_older_link_and_its_cookie_are_worthless(client):
    entry = SignUpFactory()
    old, page = link(entry), open_own(client, entry)
    SignUp.objects.update(token_version=2)
    assert client.get(old).status_code == 404
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("token", ["onzin", "A" * 52, "é", "%00".replace("%00", "x"), "A" * 4000])
def test_a_wrong_link_offers_a_new_one(client, token):
    answer = client.get(f"/aanmelding/{token}/")
    assert answer.status_code == 404
    assert 'action="/aanmelding/"' in answer.text
    assert "set-cookie" not in {name.lower() for name in answer.headers}


def test_a_link_to_nobody(client):
    claim = tokens.Claim(tokens.Purpose.SIGN_UP, ActivityFactory().uuid, 1)
    assert client.get(f"/aanmelding/{tokens.make(claim)}/").status_code == 404


def test_the_token_is_in_no_log(client, caplog):
    client.get(f"/aanmelding/{'A' * 52}/")
    assert "AAAA" not in caplog.text


# --- What it shows and does ------------------------------------------------------------------------------------------


def test_prove(client):
    entry = SignUpFactory(state=State.REQUESTED)
    assert "Bevestig je plek" in client.get(open_own(client, entry)).text
    page = act(client, entry, "prove")
    assert 'data-state="confirmed"' in page.text
    assert "Je plek is zeker" in page.text
    entry.refresh_from_db()
    assert (entry.state, entry.proof) == (State.CONFIRMED, Proof.OWN_LINK)
    assert act(client, entry, "prove").status_code == 200


def test_waiting(client):
    activity = ActivityFactory(capacity=0)
    SignUpFactory(activity=activity, state=State.WAITING)
    entry = SignUpFactory(activity=activity, state=State.WAITING)
    page = client.get(open_own(client, entry)).text
    assert "Er is 1 aanmelding vóór je." in page
    assert "Ga van de wachtlijst af" in page


def test_after_the_list_one_signs_up_as_anybody(client):
    closes = clock.now() + timedelta(hours=3)
    entry = SignUpFactory(state=State.WAITING, activity__capacity=1, activity__signup_closes_at=closes)
    page = client.get(open_own(client, entry)).text
    assert "De wachtlijst is gesloten." in page
    assert f"Dan kun je je gewoon aanmelden, tot {dates.moment(closes)}." in page


@pytest.mark.parametrize("state", [State.OFFERED, State.REQUESTED])
def test_it_runs_out_with_a_date_that_was_moved_forward(client, state):
    """Whatever deadline was told before."""
    starts_at = clock.now() + timedelta(hours=9)
    entry = SignUpFactory(state=state, activity__starts_at=starts_at)
    assert dates.moment(starts_at) in client.get(open_own(client, entry)).text


def test_accept(client):
    entry = SignUpFactory(state=State.OFFERED)
    assert "Ja, ik neem de plek" in client.get(open_own(client, entry)).text
    assert 'data-state="confirmed"' in act(client, entry, "accept").text


def test_decline(client):
    entry = SignUpFactory(state=State.OFFERED)
    assert "Je wilde de plek niet." in act(client, entry, "decline").text
    entry.refresh_from_db()
    assert entry.ending == Ending.DECLINED


def test_declining_what_was_not_offered_changes_nothing(client):
    entry = SignUpFactory()
    assert 'data-state="confirmed"' in act(client, entry, "decline").text


def test_a_proof_that_comes_too_late(client):
    entry = SignUpFactory(state=State.REQUESTED, proof_expires_at=PAST)
    page = open_own(client, entry)
    assert "niet op tijd bevestigd" in client.get(page).text
    answer = client.post(page, {"action": "prove"})
    assert answer.status_code == 200
    assert "al geëindigd" in answer.text


def test_cancel_asks_once_more(client):
    entry = SignUpFactory()
    page = open_own(client, entry)
    assert "Meld je af" in client.get(page).text
    assert "Je meldt je af." in client.get(f"{page}afmelden/").text
    entry.refresh_from_db()
    assert entry.is_live
    answer = client.post(f"{page}afmelden/")
    ended = client.get(answer["Location"]).text
    assert "Je bent afgemeld" in ended
    assert "state-success" in ended
    entry.refresh_from_db()
    assert (entry.state, entry.ending) == (State.CANCELLED, Ending.OWN)
    assert client.get(f"{page}afmelden/").status_code == 303


def test_who_erased_reads_so_when_they_look_again(client, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    entry = SignUpFactory()
    page = open_own(client, entry)
    SignUp.objects.filter(pk=entry.pk).update(state=State.CANCELLED, ending=Ending.OWN, ended_at=PAST)
    assert "Je gegevens zijn gewist" not in client.get(page).text
    SignUp.objects.filter(pk=entry.pk).update(**EMPTY, emptied_at=PAST)
    assert "Je gegevens zijn gewist" in client.get(page).text


def test_change_the_numbers(client):
    activity = ActivityFactory(for_classes=True, capacity=30)
    entry = SignUpFactory(activity=activity, class_of=20)
    page = f"{open_own(client, entry)}wijzigen/"
    assert 'value="20"' in client.get(page).text
    assert "Vul een getal in" in client.post(page, {"pupils": "0", "adults": "1"}).text
    assert "hoogstens 30" in client.post(page, {"pupils": "31", "adults": "1"}).text
    answer = client.post(page, {"pupils": "25", "adults": "3", "remarks": "Met de trein"})
    own = client.get(answer["Location"]).text
    assert "25 leerlingen en 3 begeleiders" in own
    assert "<dt>Opmerking</dt><dd>Met de trein</dd>" in own
    assert "Verander de aantallen of de opmerking" in own
    entry.refresh_from_db()
    assert (entry.seats, entry.adults, entry.remarks) == (25, 3, "Met de trein")


def test_a_class_that_changes_a_remark_alone_gets_no_mail_about_numbers(client):
    entry = SignUpFactory(activity=ActivityFactory(for_classes=True, capacity=30), class_of=20)
    page = f"{open_own(client, entry)}wijzigen/"
    for adults, mailed in (("2", 0), ("3", 1)):
        client.post(page, {"pupils": "20", "adults": adults, "remarks": "Met de trein"})
        assert OutboxMessage.objects.filter(kind=MailKind.CHANGED).count() == mailed


def test_change_a_remark(client):
    entry = SignUpFactory(under_16=True, remarks="Komt met de bus.")
    own = open_own(client, entry)
    assert "Verander de opmerking" in client.get(own).text
    page = client.get(f"{own}wijzigen/").text
    assert "Komt met de bus." in page
    assert 'name="pupils"' not in page
    answer = client.post(f"{own}wijzigen/", {"remarks": "Komt met de trein."})
    assert "De opmerking is veranderd" in client.get(answer["Location"]).text
    entry.refresh_from_db()
    assert entry.remarks == "Komt met de trein."


@pytest.mark.parametrize("given", [{"state": State.REQUESTED}, {"activity__signup_closes_at": PAST}])
def test_no_remark_before_it_is_proven_or_after_sign_up_closed(client, given):
    page = f"{open_own(client, SignUpFactory(**given))}wijzigen/"
    assert client.post(page, {"remarks": "Te laat"}).status_code == 303
    assert not SignUp.objects.filter(remarks="Te laat").exists()


def test_an_address_that_is_not_proven_reads_no_remark(client):
    entry = SignUpFactory(
        activity=ActivityFactory(for_classes=True), state=State.REQUESTED, class_of=9, remarks="Een leerling is ziek"
    )
    page = open_own(client, entry)
    assert "wijzigen/" not in client.get(page).text
    assert client.get(f"{page}wijzigen/").status_code == 303


def test_again(client):
    entry = SignUpFactory()
    for _ in range(3):
        assert "De mail is onderweg" in act(client, entry, "again").text
    assert OutboxMessage.objects.get().kind == MailKind.CONFIRMED


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"starts_at": PAST}, "Deze activiteit is geweest"),
        ({"cancelled_at": PAST, "cancel_reason": "De docent is ziek."}, "De activiteit gaat niet door."),
    ],
)
def test_the_date_itself_is_over(client, state, sentence):
    entry = SignUpFactory(activity=ActivityFactory(**state))
    page = open_own(client, entry)
    assert sentence in client.get(page).text
    assert client.get(f"{page}afmelden/").status_code == 303


def test_off_the_site_one_may_still_leave(client):
    entry = SignUpFactory(activity__programme__state="draft")
    page = open_own(client, entry)
    assert client.get(page).status_code == 200
    client.post(f"{page}afmelden/")
    entry.refresh_from_db()
    assert entry.state == State.CANCELLED


def test_calendar_file_of_an_example_says_so(client):
    entry = SignUpFactory(activity__is_example=True, activity__programme__title="Leer lassen")
    answer = client.get(f"{open_own(client, entry)}agenda.ics")
    assert b"SUMMARY;LANGUAGE=nl:Voorbeeld: Leer lassen" in answer.content


def test_calendar_file(client):
    entry = SignUpFactory()
    answer = client.get(f"{open_own(client, entry)}agenda.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"BEGIN:VEVENT" in answer.content
    waiting = SignUpFactory(state=State.WAITING)
    assert client.get(f"{open_own(client, waiting)}agenda.ics").status_code == 404


def test_an_unknown_action_changes_nothing(client):
    assert 'data-state="confirmed"' in act(client, SignUpFactory(), "onzin").text


def test_names_are_escaped_and_in_no_title(client):
    page = client.get(open_own(client, SignUpFactory(name="<b>Leerling"))).text
    assert "<b>Leerling" not in page
    assert "Leerling" not in page.partition("</title>")[0]


# --- The page after signing up, and lost links -----------------------------------------------------------------------
def test_lost_links_say_the_same_to_everybody(client):
    known = SignUpFactory(email="bekend@voorbeeld.example")
    answers = [client.post("/aanmelding/", {"email": f"{who}@voorbeeld.example"}) for who in ("Bekend", "onbekend")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert "Je verzoek is binnen" in client.get(answers[0]["Location"]).text
    message = OutboxMessage.objects.get()
    assert (message.kind, message.sign_up) == (MailKind.LINKS, known)


def test_lost_links_come_once_an_hour_to_the_newest_live_one(client):
    SignUpFactory(email="bekend@voorbeeld.example")
    newest = SignUpFactory(email="bekend@voorbeeld.example")
    SignUpFactory(email="bekend@voorbeeld.example", state=State.CANCELLED)
    for _ in range(3):
        client.post("/aanmelding/", {"email": "bekend@voorbeeld.example"})
    assert OutboxMessage.objects.get().sign_up == newest


def test_lost_links_need_an_address(client):
    answer = client.post("/aanmelding/", {"email": "bekend@"})
    assert "Dit adres is niet af." in answer.text
    assert not OutboxMessage.objects.exists()


# --- Queries ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "queries"),
    [
        ({"state": State.REQUESTED}, 4),
        ({"state": State.REQUESTED, "under_16": True}, 5),
        ({"state": State.WAITING}, 5),
        ({"state": State.OFFERED}, 4),
        ({}, 4),
        ({"state": State.CANCELLED}, 6),
        ({"activity__starts_at": PAST}, 8),
        ({"activity__starts_at": PAST, "state": State.WAITING}, 6),
    ],
)
def test_few_queries(client, django_assert_num_queries, given, queries):
    """With other dates, and with a programme that comes next."""
    level = EducationLevelFactory()
    entry = SignUpFactory(**given, education_level=level)
    here = entry.activity.programme
    here.leads_to.add(ActivityFactory(programme__hub=here.hub).programme)
    ActivityFactory.create_batch(2, programme=here)
    path = open_own(client, entry)
    with django_assert_num_queries(queries):
        client.get(path)
