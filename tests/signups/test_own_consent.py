"""A guardian's own page: what is asked, to which text consent is given, and how it is taken back."""

import pytest

from content import clock
from signups import mails
from signups.consent import CONSENT_VERSION
from signups.models import Ending, MailKind, Proof, State
from tests.factories.hubs import EducationLevelFactory
from tests.factories.partners import SchoolFactory, UserFactory
from tests.factories.signups import OutboxMessageFactory, SignUpFactory
from tests.signups.visiting import act, link, open_own

pytestmark = pytest.mark.django_db


def test_consent(client):
    school = SchoolFactory(name="De Ster")
    entry = SignUpFactory(state=State.REQUESTED, under_16=True, school=school)
    page = client.get(open_own(client, entry)).text
    assert "Ik geef toestemming" in page
    assert "De Ster, Woerden" in page
    assert school.branch_code not in page
    assert "30 dagen na de laatste bijeenkomst" in page
    act(client, entry, "prove")
    entry.refresh_from_db()
    assert (entry.state, entry.proof, entry.consent_version) == (State.CONFIRMED, Proof.GUARDIAN, CONSENT_VERSION)


def test_who_signed_the_child_up(client):
    """Itself, or staff for a caller."""
    for by, said in (
        (None, " heeft zich aangemeld en gaf jou op"),
        (UserFactory(), " is aangemeld per telefoon. Jij bent"),
    ):
        entry = SignUpFactory(state=State.REQUESTED, under_16=True, taken_by=by)
        assert f"{entry.name}{said}" in client.get(open_own(client, entry)).text


def test_who_does_not_know_the_child_reads_the_same_in_the_mail_and_on_the_page(client):
    entry = SignUpFactory(state=State.REQUESTED, under_16=True)
    mail = mails.render(OutboxMessageFactory(kind=MailKind.CONSENT, sign_up=entry), now=clock.now())
    for text, refuse in ((mail.body, "Zeg dan nee"), (client.get(open_own(client, entry)).text, "Kies dan nee")):
        assert f"{refuse} of doe niets. Allebei is goed." in text


def test_consent_to_an_older_text_is_asked_again(client):
    entry = SignUpFactory(state=State.REQUESTED, under_16=True)
    page = open_own(client, entry)
    assert f'name="consent_version" value="{CONSENT_VERSION}"' in client.get(page).text
    for older in ({}, {"consent_version": "2020-01-01"}):
        answer = client.post(page, {"action": "prove", **older})
        assert "De tekst is intussen veranderd" in answer.text
        assert "Ik geef toestemming" in answer.text
    entry.refresh_from_db()
    assert not entry.is_proven


def test_a_guardian_reads_all_that_was_filled_in(client):
    level = EducationLevelFactory(alias="", name="havo")
    given = {"education_level": level, "school_other": "Het College", "remarks": "Ik kom met de bus."}
    entry = SignUpFactory(state=State.REQUESTED, under_16=True, audience="pupil", **given)
    page = client.get(open_own(client, entry)).text
    told = [
        entry.name,
        "jonger dan 16",
        "leerlingen",
        "havo",
        entry.contact_name,
        entry.email,
        *list(given.values())[1:],
    ]
    assert [text for text in told if text not in page] == []


@pytest.mark.django_db(transaction=True)
def test_withdrawing_consent_takes_one_click_as_giving_does(client, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    entry = SignUpFactory(under_16=True)
    assert "Trek je toestemming in" in client.get(open_own(client, entry)).text
    act(client, entry, "refuse")
    entry.refresh_from_db()
    assert (entry.name, entry.email, entry.is_live) == ("", "", False)


def test_nobody_else_has_consent_to_withdraw(client):
    entry = SignUpFactory()
    assert "Trek je toestemming in" not in client.get(open_own(client, entry)).text
    assert 'data-state="confirmed"' in act(client, entry, "refuse").text


@pytest.mark.django_db(transaction=True)
def test_no_consent_erases(client, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    entry = SignUpFactory(state=State.REQUESTED, under_16=True)
    page = act(client, entry, "refuse")
    assert "Er is geen toestemming" in page.text
    entry.refresh_from_db()
    assert (entry.name, entry.email, entry.ending) == ("", "", Ending.REFUSED)
    assert client.get(link(entry)).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_no_consent_to_another_date_leaves_the_old_one(client, settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    old = SignUpFactory(under_16=True)
    entry = SignUpFactory(state=State.REQUESTED, under_16=True, replaces=old)
    page = client.get(open_own(client, entry)).text
    assert "en het programmabureau zien het" in page
    assert "wissen we alles meteen" not in page
    page = act(client, entry, "refuse").text
    assert "Die voor de oude datum blijft." in page
    assert "alle gegevens zijn gewist" not in page
    old.refresh_from_db()
    assert old.is_live


@pytest.mark.parametrize("state", [State.REQUESTED, State.CONFIRMED])
def test_no_consent_leaves_nothing_typed_in_the_browser(client, settings, tmp_path, state):
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    entry = SignUpFactory(state=state, under_16=True)
    answer = client.post(open_own(client, entry), {"action": "refuse"})
    gone = {name: morsel["path"] for name, morsel in answer.cookies.items() if morsel["max-age"] == 0}
    sign_up = f"/agenda/{entry.activity_id}/aanmelden/"
    assert gone == {"posted_nl": sign_up, "posted_en": f"/en{sign_up}"}
