"""A visitor's own sign-up after the date: certificate, questions and what could come next, for who came."""

from datetime import timedelta

import pytest

from content import clock
from hubs.models import Sector
from signups.domain import retention
from signups.models import Attendance, Feedback, SignUp, State
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubFactory,
    ProgrammeFactory,
    ProgressionFactory,
)
from tests.factories.signups import AttendanceFactory, SignUpFactory
from tests.signups.visiting import open_own

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANSWERS = {"liked": "5", "learned": "4", "wants_more": "3"}
PAGES = ("bewijs.pdf", "mening/")


@pytest.fixture
def over():
    """A date of yesterday."""
    return ActivityFactory(starts_at=clock.now() - DAY, capacity=60, for_classes=True)


class TestOwnPage:
    @pytest.mark.parametrize(
        ("fields", "thanks"),
        [
            ({}, "Bedankt dat je er was."),
            ({"under_16": True}, "Bedankt dat je kind er was."),
            ({"class_of": 20}, "Bedankt dat jullie er waren."),
        ],
    )
    def test_for_who_came(self, client, over, fields, thanks):
        path = open_own(client, SignUpFactory(activity=over, **fields))
        page = client.get(path).text
        assert thanks in page
        assert "Deze activiteit is geweest" in page
        for name in PAGES:
            assert f'href="{path}{name}"' in page

    def test_says_until_when(self, client, over):
        page = client.get(open_own(client, SignUpFactory(activity=over))).text
        wiped = (over.last_ends_at + retention.AFTER_THE_DATE).astimezone(clock.AMSTERDAM)
        assert f"{wiped.day} " in page.partition("Je kunt het ophalen tot ")[2][:20]

    @pytest.mark.parametrize(
        ("fields", "missed"),
        [
            ({}, "was je er niet."),
            ({"under_16": True}, "was je kind er niet."),
            ({"class_of": 20}, "was er niemand van je klas."),
            ({"state": State.WAITING}, ""),
        ],
    )
    def test_for_who_did_not_come(self, client, over, fields, missed):
        entry = SignUpFactory(activity=over, **fields)
        AttendanceFactory(sign_up=SignUpFactory(activity=over))
        path = open_own(client, entry)
        page = client.get(path).text
        assert "Bedankt" not in page
        assert ("Volgens de lijst van de hub" in page) == bool(missed) and missed in page
        assert not any(f"{path}{name}" in page for name in PAGES)

    @pytest.mark.parametrize("email", ["", "werkplaats@voorbeeld.example"])
    def test_who_missed_it_reads_how_to_tell_the_hub(self, client, over, email):
        hub = over.programme.hub
        hub.contact_email = email
        hub.save()
        entry = SignUpFactory(activity=over)
        AttendanceFactory(sign_up=SignUpFactory(activity=over))
        page = client.get(open_own(client, entry)).text
        assert '<a href="#vraag">Laat het de hub weten</a>' in page
        way = page.partition('id="vraag"')[2].partition("</section>")[0]
        assert (f'href="mailto:{email}"' in way) == bool(email)
        assert (f'href="{hub.get_absolute_url()}#weg"' in way, 'href="/contact/"' in way) == (not email, not email)

    def test_before_the_end_there_is_nothing_yet(self, client):
        entry = SignUpFactory(activity=ActivityFactory(starts_at=clock.now() - timedelta(hours=1)))
        path = open_own(client, entry)
        assert not any(f"{path}{name}" in client.get(path).text for name in PAGES)
        assert client.get(f"{path}bewijs.pdf").status_code == 404
        assert client.get(f"{path}mening/")["Location"] == path

    @pytest.mark.django_db(transaction=True)
    def test_wiped_means_nothing_to_fetch(self, client, over):
        entry = SignUpFactory(activity=over)
        path = open_own(client, entry)
        client.post(f"{path}wissen/")
        assert client.get(f"{path}bewijs.pdf").status_code == 404
        assert client.get(f"{path}mening/").status_code == 303


class TestNextSteps:
    def test_the_programmes_that_follow(self, client, over):
        over.programme.leads_to.add(
            ProgrammeFactory(title="Leer lassen"), ProgrammeFactory(title="Nog geheim", state="draft")
        )
        page = client.get(open_own(client, SignUpFactory(activity=over))).text
        assert "Leer lassen" in page
        assert "Nog geheim" not in page

    def test_the_stations_further_on(self, client, over):
        start = EducationLevelFactory(code="havo", name="havo")
        further = EducationLevelFactory(code="mbo_4", name="mbo 4", sector=Sector.MBO)
        ProgressionFactory(from_level=start, to_level=further)
        HubFactory(levels=[start, further])
        path = open_own(client, SignUpFactory(activity=over, education_level=start))
        assert 'href="/leerlijn/mbo_4/"' in client.get(path).text

    def test_with_neither_the_pathway_itself(self, client, over):
        page = client.get(open_own(client, SignUpFactory(activity=over))).text
        assert '<a class="direction-sign" href="/leerlijn/">' in page

    def test_for_a_career_changer(self, client, over):
        HubFactory(audiences=["career_changer"], phases=["post_initial"])
        page = client.get(open_own(client, SignUpFactory(activity=over, audience="career_changer"))).text
        assert 'href="/leerlijn/post-initieel/"' in page
        assert "Of je gaat werken in de techniek." in page


class TestCertificate:
    @pytest.mark.parametrize("language", ["", "/en"])
    def test_a_file_that_nobody_keeps_and_that_names_nobody(self, client, over, language):
        path = language + open_own(client, SignUpFactory(activity=over))
        answer = client.get(f"{path}bewijs.pdf")
        assert answer.content.startswith(b"%PDF-")
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
        assert answer["Content-Disposition"] == 'attachment; filename="bewijs-van-deelname.pdf"'

    def test_not_for_who_was_absent(self, client, over):
        absent = SignUpFactory(activity=over)
        AttendanceFactory(sign_up=absent, number=0)
        assert client.get(f"{open_own(client, absent)}bewijs.pdf").status_code == 404


class TestFeedback:
    def test_three_questions_once(self, client, over):
        entry = SignUpFactory(activity=over)
        path = f"{open_own(client, entry)}mening/"
        page = client.get(path)
        assert page["Cache-Control"] == "no-store"
        assert page.text.count('type="radio"') == 15
        assert page.text.count("<legend") == 3
        answer = client.post(path, ANSWERS)
        assert (answer.status_code, answer["Location"]) == (303, path)
        assert "Je antwoorden zijn binnen" in client.get(path).text
        assert client.post(path, ANSWERS | {"liked": "1"}).status_code == 303
        assert Feedback.objects.values(*ANSWERS).get() == {"liked": 5, "learned": 4, "wants_more": 3}
        assert f'href="{path}"' not in client.get(open_own(client, entry)).text

    @pytest.mark.parametrize("wrong", [{}, {"liked": "6"}, {"liked": "0"}, {"liked": "heel"}, {"learned": "1' OR"}])
    def test_every_question_needs_an_answer_of_its_own(self, client, over, wrong):
        path = f"{open_own(client, SignUpFactory(activity=over))}mening/"
        given = {name: value for name, value in ANSWERS.items() if name != "wants_more"} | wrong
        page = client.post(path, given)
        assert page.status_code == 200
        assert page.text.count("Kies een antwoord.") == 2 * (2 if wrong else 1)  # in the summary and at the question
        assert 'href="#id_wants_more_0"' in page.text
        assert 'id="id_wants_more_0"' in page.text
        assert 'value="4"' in page.text
        assert not Feedback.objects.exists()

    def test_not_for_who_was_absent(self, client, over):
        absent = SignUpFactory(activity=over)
        AttendanceFactory(sign_up=absent, number=0)
        path = open_own(client, absent)
        assert client.post(f"{path}mening/", ANSWERS)["Location"] == path
        assert not Feedback.objects.exists()


@pytest.mark.parametrize("page", PAGES)
def test_without_the_link_it_does_not_exist(client, over, page):
    entry = SignUpFactory(activity=over)
    open_own(client, SignUpFactory(activity=over))
    assert client.get(f"/aanmelding/s/{entry.uuid}/{page}").status_code == 404
    assert client.post(f"/aanmelding/s/{entry.uuid}/mening/", ANSWERS).status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["wissen/", "term"])
def test_attendance_goes_with_the_person(client, over, way):
    entry = SignUpFactory(activity=over)
    AttendanceFactory(sign_up=entry)
    if way == "term":
        retention.run(now=over.last_ends_at + retention.AFTER_THE_DATE)
    else:
        client.post(open_own(client, entry) + way)
    assert SignUp.objects.get().emptied_at
    assert not Attendance.objects.exists()
