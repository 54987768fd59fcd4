"""Signing up a class, through the page."""

import pytest

from content import clock
from hubs.models import Activity, Counting
from signups.models import Ending, MailKind, OutboxMessage, SignUp, State
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammeFactory
from tests.factories.partners import SchoolFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import open_own, school_class

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory(for_classes=True, capacity=60, class_size_min=10, class_size_max=30)


def path(activity):
    return f"/agenda/{activity.pk}/aanmelden/klas/"


def post(client, activity, **given):
    return client.post(path(activity), school_class(activity, **given))


def test_a_class(client, activity):
    school = SchoolFactory()
    answer = post(client, activity, school=school.branch_code, school_other="")
    assert (answer.status_code, answer["Location"]) == (303, f"/agenda/{activity.pk}/aanmelden/ontvangen/")
    entry = SignUp.objects.get()
    assert (entry.seats, entry.pupils, entry.adults, entry.name) == (20, 20, 2, "2B")
    assert (entry.school, entry.school_other) == (school, "")
    assert OutboxMessage.objects.get().kind == MailKind.PROVE_CLASS


def test_two_schools_are_one_too_many(client, activity):
    answer = post(client, activity, school=SchoolFactory().branch_code, school_other="Basisschool De Ster")
    assert "Niet allebei." in answer.text
    assert not SignUp.objects.exists()


def test_another_school(client, activity):
    post(client, activity)
    assert SignUp.objects.get().school_other == "De Voorbeeldschool"


def test_counted_by_classes(client):
    activity = ActivityFactory(for_classes=True, counts=Counting.CLASSES, capacity=2)
    post(client, activity)
    assert SignUp.objects.get().seats == 1


def test_level(client):
    level = EducationLevelFactory()
    activity = ActivityFactory(for_classes=True, capacity=60, programme=ProgrammeFactory(levels=[level]))
    assert "Kies het niveau van de klas." in post(client, activity).text
    post(client, activity, education_level=level.code)
    assert SignUp.objects.get().education_level == level


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"school_other": ""}, "Kies de school"),
        ({"school": "99XX99"}, "Kies een school uit de lijst"),
        ({"class_name": ""}, "Vul de naam van de klas in"),
        ({"contact_name": ""}, "Vul je naam in."),
        ({"email": ""}, "Vul je e-mailadres in, zoals naam@school.nl."),
        ({"phone": "bel maar"}, "Vul een telefoonnummer in"),
        ({"pupils": ""}, "Vul in hoeveel leerlingen komen."),
        ({"pupils": "veel"}, "Vul een getal in, bijvoorbeeld 24."),
        ({"pupils": "1000000000"}, "Vul een getal in van 1 tot en met 999."),
        ({"pupils": "9" * 5000}, "Vul een getal in"),
        ({"pupils": "-3"}, "Vul een getal in van 1 tot en met 999."),
        ({"pupils": "9"}, "Er moeten minstens 10 leerlingen komen."),
        ({"pupils": "31"}, "Er kunnen hoogstens 30 leerlingen komen."),
        ({"adults": ""}, "Vul in hoeveel begeleiders meekomen."),
        ({"adults": "100"}, "Vul een getal in van 0 tot en met 99."),
        ({"adults": "de juf"}, "Vul een getal in, bijvoorbeeld 2."),
        ({"privacy": ""}, "zet daarna een vinkje"),
    ],
)
def test_a_mistake_is_explained_and_nothing_typed_is_lost(client, activity, given, sentence):
    answer = post(client, activity, **{"remarks": "Wij komen met de trein", **given})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "Wij komen met de trein" in answer.text
    assert "autofocus" in answer.text
    assert not SignUp.objects.exists()


def test_the_size_is_told_together_with_the_other_mistakes(client, activity):
    answer = post(client, activity, pupils="99", class_name="")
    assert "Vul de naam van de klas in" in answer.text
    assert "Er kunnen hoogstens 30 leerlingen komen." in answer.text


def test_no_larger_class_is_asked_for_than_there_are_seats(client):
    activity = ActivityFactory(for_classes=True, capacity=25, class_size_min=10, class_size_max=30)
    assert "Van 10 tot en met 25 leerlingen." in client.get(f"/agenda/{activity.pk}/aanmelden/klas/").text


def test_the_next_page_speaks_of_the_class(client, activity):
    page = client.get(post(client, activity)["Location"]).text
    assert "We houden de plekken voor je klas vast" in page
    assert "Daarna zijn de plekken zeker." in page
    assert "je plek" not in page


def test_fewer_seats_than_the_smallest_class_is_said_before_anything_is_typed(client, activity):
    SignUpFactory(activity=activity, class_of=30)
    SignUpFactory(activity=activity, class_of=25)
    path = f"/agenda/{activity.pk}/aanmelden/klas/"
    assert "5 plekken vrij, te weinig voor een klas van minstens 10" in client.get(path).text
    activity.refresh_from_db()
    activity.waiting_limit = 0
    activity.save()
    assert "er is geen plaats op een wachtlijst" in client.get(path).text


def test_a_smaller_class_may_still_come(client, activity):
    activity.waiting_limit = 0
    activity.save()
    SignUpFactory(activity=activity, class_of=30)
    SignUpFactory(activity=activity, class_of=10)
    answer = post(client, activity, pupils="25")
    assert "Er zijn nog 20 plekken vrij." in answer.text
    assert 'value="25"' in answer.text
    assert post(client, activity, pupils="20").status_code == 303


def test_it_waits_whole(client, activity):
    SignUpFactory(activity=activity, class_of=30)
    SignUpFactory(activity=activity, class_of=20)
    form = client.get(path(activity)).text
    assert "Er zijn nog 10 plekken vrij" in form
    assert "Kom je met meer leerlingen? Dan komt je klas op de wachtlijst." in form
    assert "Jullie plekken" not in form
    answer = post(client, activity)
    assert SignUp.objects.get(name="2B").state == State.WAITING
    page = client.get(answer["Location"]).text
    assert 'data-state="waiting"' in page
    assert "Er is te weinig plek: je klas komt op de wachtlijst</h1>" in page
    assert f'href="{activity.programme.get_absolute_url()}">Bekijk andere datums' in page
    assert "Bijna klaar" not in page
    assert "Daarna staat je klas in de rij." in page


def test_a_double_that_would_wait_looks_like_one(client, activity):
    SignUpFactory(activity=activity, class_of=30)
    SignUpFactory(activity=activity, class_of=20, name="2b", email="docent@voorbeeld.example")
    answer = post(client, activity)
    assert SignUp.objects.count() == 2
    assert 'data-state="waiting"' in client.get(answer["Location"]).text


def test_persons_only(client):
    activity = ActivityFactory()
    assert "meld je je alleen aan" in client.get(path(activity)).text
    assert "niet aanmelden" in post(client, activity).text


def test_from_one_form_to_the_other(client, activity):
    assert f'href="{path(activity)}"' in client.get(f"/agenda/{activity.pk}/aanmelden/").text
    assert f'href="/agenda/{activity.pk}/aanmelden/"' in client.get(path(activity)).text


@pytest.mark.parametrize(
    ("fields", "page", "said"),
    [
        (
            {"state": State.WAITING, "proven_at": None, "proof": ""},
            "",
            ["Wil je met je klas op de wachtlijst?", "vóór"],
        ),
        ({"state": State.WAITING}, "", ["Je klas staat op de wachtlijst", "Haal de klas van de wachtlijst"]),
        ({"state": State.WAITING}, "wijzigen/", ["Met minder leerlingen is er eerder plek."]),
        ({"state": State.WAITING}, "afmelden/", ["van de wachtlijst"]),
        ({"state": State.OFFERED}, "", ["Er is plek voor je klas", "we nemen de plekken", "Nee, we komen niet"]),
        ({"state": State.CANCELLED}, "", ["Je hebt je klas afgemeld."]),
    ],
)
def test_a_class_reads_of_its_seats_and_its_place_in_the_queue(client, fields, page, said):
    entry = SignUpFactory(class_of=26, activity__capacity=30, **fields)
    text = client.get(open_own(client, entry) + page).text
    assert [words for words in said if words not in text] == []
    assert [
        words for words in ("Je plek", "je plek", "hem aan", "zolang er plek is", "Bevestig de") if words in text
    ] == []


def test_other_dates_are_those_that_take_the_class(client, activity):
    """On the page that refuses, of any class; on its own page, of this class."""
    kinds = {
        "persons": {"for_classes": False},
        "classes": {"for_persons": False, "class_size_min": 10, "class_size_max": 30},
        "small": {"class_size_max": 15},
        "large": {"class_size_min": 25},
        "few seats": {"capacity": 15},
        "never": {"capacity": 15, "class_size_min": 20},
        "one class": {"capacity": 1, "counts": Counting.CLASSES},
    }
    of_class = {"programme": activity.programme, "for_classes": True, "capacity": 60}
    others = {name: ActivityFactory(**{**of_class, **fields}) for name, fields in kinds.items()}
    own = open_own(client, SignUpFactory(activity=activity, class_of=20))
    Activity.objects.filter(pk=activity.pk).update(cancelled_at=clock.now(), cancel_reason="De lasser is ziek.")

    def listed(page):
        return {name for name, one in others.items() if f'href="/agenda/{one.pk}/"' in client.get(page).text}

    assert listed(own) == {"classes", "one class"}
    assert listed(path(activity)) == {"classes", "small", "large", "few seats", "one class"}
    assert {"persons", "classes"} & listed(f"/agenda/{activity.pk}/aanmelden/") == {"persons"}


@pytest.mark.parametrize("ending", ["", Ending.ACTIVITY_CANCELLED])
def test_a_cancelled_date_says_why_on_the_own_page(client, activity, ending):
    """Before the mail about it and after."""
    state = State.CANCELLED if ending else State.CONFIRMED
    entry = SignUpFactory(activity=activity, class_of=20, state=state, ending=ending)
    Activity.objects.update(cancelled_at=clock.now(), cancel_reason="De lasser is ziek.")
    assert '<p lang="nl">De lasser is ziek.</p>' in client.get(open_own(client, entry)).text
    assert "Er is nu geen andere datum voor je klas." in client.get(open_own(client, entry)).text
    SignUp.objects.update(state=State.CANCELLED, ending=Ending.OWN, ended_at=clock.now())
    assert "De lasser is ziek." not in client.get(open_own(client, entry)).text
