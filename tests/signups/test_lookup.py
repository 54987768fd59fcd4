"""Who telephones is found by what they say; who is not proven, was forgotten or is another partner's never is."""

import pytest

from content import clock
from signups.models import EMPTY, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory

pytestmark = pytest.mark.django_db
PAGE = "/beheer/signups/zoeken/"


@pytest.fixture
def activity():
    return ActivityFactory(capacity=60, for_classes=True, programme__title="Lassen")


def found(client, asked):
    response = client.post(PAGE, {"asked": asked})
    assert response.status_code == 200
    return [row["name"] for row in response.context["rows"]]


@pytest.mark.parametrize(
    "asked",
    [
        "zoe",
        "de vries ZOË",
        "vriès",
        "zoe@voorbeeld.example",
        "0348 12 34 56",
        "+31348123456",
        "(0348)-123456",
        "+31 (0)348 123456",
    ],
)
def test_by_what_a_caller_says(at_work, activity, asked):
    SignUpFactory(
        activity=activity, name="Zoë de Vries", email="zoe@voorbeeld.example", phone="0348 123 456", state=State.WAITING
    )
    SignUpFactory(activity=activity, name="Anders", phone="0348 654321")
    assert found(at_work, asked) == ["Zoë de Vries"]


def test_of_a_class_by_its_teacher_with_the_way_to_its_date(at_work, activity):
    SignUpFactory(activity=activity, name="2B", class_of=24, contact_name="Docent Bos")
    page = at_work.post(PAGE, {"asked": "bos"}).content.decode()
    assert f'href="/beheer/signups/deelnemers/{activity.pk}/"' in page
    for part in ("2B", "24 leerlingen en 2 begeleiders", "Docent Bos", "Zeker", "Lassen"):
        assert part in page


def test_a_guardians_address_is_found_as_a_whole_and_not_shown(at_work, activity):
    SignUpFactory(activity=activity, name="Sam", under_16=True, contact_name="Ouder Vos", email="vos@huis.example")
    assert found(at_work, "ouder vos") == found(at_work, " Vos@huis.example") == ["Sam"]
    assert found(at_work, "@huis") == [], "else it is guessed letter by letter"
    assert "vos@huis.example" not in at_work.post(PAGE, {"asked": "sam"}).content.decode()


@pytest.mark.parametrize("asked", ["Verborgen", "Ouder Stil", "stil@huis.example", "0348 99 88 77"])
@pytest.mark.parametrize("is_proven", [True, False])
def test_who_is_not_proven_cannot_be_found_out(at_work, activity, asked, is_proven):
    state = State.CONFIRMED if is_proven else State.REQUESTED
    hidden = {"contact_name": "Ouder Stil", "email": "stil@huis.example", "phone": "0348998877"}
    SignUpFactory(activity=activity, name="Verborgen", under_16=True, state=state, **hidden)
    assert found(at_work, asked) == (["Verborgen"] if is_proven else [])


def test_who_was_forgotten_is_not_found_and_neither_is_anothers(at_work, activity):
    gone = SignUpFactory(activity=activity, name="Leerling Weg", state=State.CANCELLED)
    SignUpFactory(activity=ActivityFactory(), name="Leerling Elders")
    assert found(at_work, "leerling") == ["Leerling Weg"]
    SignUp.objects.filter(pk=gone.pk).update(**EMPTY, emptied_at=clock.now())
    assert found(at_work, "leerling") == []


def test_what_is_asked_stays_out_of_the_address(at_work, activity):
    """A proxy's log and the history of a shared computer keep addresses."""
    SignUpFactory(activity=activity, name="Zoë")
    assert "Zoë" not in at_work.get(PAGE, {"asked": "Zo", "q": "Zo"}).content.decode()
    page = at_work.get("/beheer/signups/signup/").content.decode()
    assert f'method="post" action="{PAGE}"' in page
    assert at_work.post(PAGE, {"asked": "z"}).context["form"].errors["asked"] == ["Vul ten minste twee letters in."]


@pytest.mark.parametrize("asked", ["\u0301\u0301\u0301", "--", "a"])
def test_too_little_to_go_by_is_refused(at_work, activity, asked):
    SignUpFactory(activity=activity, name="Anders")
    answer = at_work.post(PAGE, {"asked": asked})
    assert "Vul ten minste twee letters in." in answer.content.decode()
    assert answer.context["rows"] == []
