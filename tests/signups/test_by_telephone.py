"""Staff take somebody down for a caller: what is certain at once, what still asks for proof, and what is refused."""

import re
from datetime import timedelta

import pytest

from content import clock
from hubs.models import Activity, Audience, Programme
from signups.domain import seats
from signups.models import AgeBand, Ending, MailKind, OutboxMessage, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory
from tests.signups.applying import a_class, join, mails, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HIDDEN = "Kies eerst hoe oud je bent, bij stap 1."  # by a stylesheet


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def activity(now):
    return ActivityFactory(starts_at=now + 30 * DAY, capacity=30, for_classes=True)


@pytest.fixture
def staff(activity):
    member = MembershipFactory()
    ProgrammePartnerFactory(programme=activity.programme, partner=member.partner)
    return member.user


def call(activity, application, now, staff):
    entry = seats.sign_up(activity_id=activity.pk, application=application, now=now, taken_by=staff)
    return SignUp.objects.get(pk=entry.pk)


class TestTheDecision:
    @pytest.mark.parametrize("application", [person(email=""), a_class(email="")], ids=["person", "class"])
    def test_without_an_address_it_is_certain_at_once_and_nothing_is_mailed(self, activity, now, staff, application):
        entry = call(activity, application, now, staff)
        assert (entry.state, entry.proof, entry.taken_by) == (State.CONFIRMED, Proof.STAFF, staff)
        assert (entry.proven_at, mails(entry)) == (now, [])

    def test_with_an_address_that_is_proven_as_ever(self, activity, now, staff):
        entry = call(activity, person(), now, staff)
        assert (entry.state, entry.proven_at, entry.taken_by) == (State.REQUESTED, None, staff)
        assert mails(entry) == [MailKind.PROVE]

    def test_under_16_the_guardian_consents_as_ever(self, activity, now, staff):
        child = person(age_band=AgeBand.UNDER_16, contact_name="Ouder", email="ouder@voorbeeld.example")
        entry = call(activity, child, now, staff)
        assert (entry.state, entry.proven_at) == (State.REQUESTED, None)
        assert mails(entry) == [MailKind.CONSENT]

    def test_nobody_without_staff_is_proven_by_leaving_the_address_out(self, activity, now):
        entry = seats.sign_up(activity_id=activity.pk, application=person(email=""), now=now)
        assert (entry.state, entry.proven_at) == (State.REQUESTED, None)

    def test_in_the_queue_it_counts_at_once(self, now, staff, activity):
        full = ActivityFactory(starts_at=now + 30 * DAY, capacity=1)
        seated = join(full, person(1), now)
        entry = call(full, person(2, email=""), now, staff)
        assert (entry.state, entry.is_proven) == (State.WAITING, True)
        seats.cancel(sign_up_id=seated.pk, ending=Ending.OWN, now=now)
        entry.refresh_from_db()
        assert entry.state == State.OFFERED


@pytest.fixture
def at_work(client, staff):
    client.force_login(staff)
    return client


def form_of(client, address, **fields):
    """With the page's own token. It is posted at once: staff may type as fast as they can."""
    token = re.search(r'name="submit_token" value="([^"]+)"', client.get(address).content.decode())[1]
    return {"submit_token": token, "privacy": "on", "phone": "0348 12 34 56", **fields}


def path(activity, kind="beller"):
    return f"/beheer/signups/deelnemers/{activity.pk}/{kind}/"


class TestTheForm:
    def test_a_person_without_address(self, at_work, activity, staff):
        fields = form_of(at_work, path(activity), participant_name="Zoë", age_band="from_16")
        answer = at_work.post(path(activity), fields, follow=True).content.decode()
        assert "Aangemeld. De plek is zeker." in answer
        assert "Zoë" in answer
        assert (SignUp.objects.get().taken_by, SignUp.objects.get().phone) == (staff, "0348 12 34 56")
        assert not OutboxMessage.objects.exists()

    @pytest.mark.parametrize("kind", ["beller", "klas"])
    @pytest.mark.parametrize("number", ["", "bel maar"])
    def test_whom_no_mail_reaches_gives_a_number(self, at_work, activity, kind, number):
        given = {"class_name": "2B", "school_other": "Het Anker", "contact_name": "Bos", "pupils": 24, "adults": 2}
        given |= {"participant_name": "Zoë", "age_band": "from_16", "phone": number}
        fields = form_of(at_work, path(activity, kind), **given)
        page = at_work.post(path(activity, kind), fields).content.decode()
        assert "Vul een telefoonnummer in, zoals 0348 12 34 56. Zonder e-mailadres kunnen we" in page
        assert "of laat het leeg" not in page
        assert not SignUp.objects.exists()

    @pytest.mark.parametrize(
        "given",
        [
            {"age_band": "from_16", "email": "zoe@voorbeeld.example"},
            {"age_band": "under_16", "guardian_name": "Ouder", "guardian_email": "ouder@voorbeeld.example"},
        ],
        ids=["own address", "guardian's"],
    )
    def test_of_whom_a_mail_reaches_no_number_is_kept(self, at_work, activity, given):
        at_work.post(path(activity), form_of(at_work, path(activity), participant_name="Zoë", **given))
        assert SignUp.objects.get().phone == ""

    def test_the_form_speaks_to_staff(self, at_work, activity):
        """Of the visitor's own form not one "je" is left, also where everything is missing."""
        Programme.objects.update(audiences=[Audience.PUPIL, Audience.CAREER_CHANGER])
        activity.programme.levels.add(EducationLevelFactory())
        for kind, given in (("beller", {"age_band": "under_16", "audience": "pupil"}), ("beller", {}), ("klas", {})):
            token = form_of(at_work, path(activity, kind))["submit_token"]
            page = at_work.post(path(activity, kind), {"submit_token": token, **given}).content.decode()
            form = re.sub("<[^>]+>", " ", page[page.index("errornote") : page.index("submit-row")])
            for said_to_staff in ("Ik heb de beller verteld", "Vul je wel een adres in", HIDDEN):
                form = form.replace(said_to_staff, "")
            assert re.findall(r".*\b(?:je|ik|jullie)\b.*", form) == []

    @pytest.mark.parametrize(("audiences", "is_said"), [([Audience.CAREER_CHANGER], False), ([Audience.PUPIL], True)])
    def test_where_only_adults_come_nothing_is_said_of_who_is_under_16(self, at_work, activity, audiences, is_said):
        Programme.objects.update(audiences=audiences)
        page = at_work.get(path(activity)).content.decode()
        assert ("Onder de 16 is een voornaam genoeg." in page) is is_said
        assert ("voor wie 16 jaar of ouder is" in page) is not is_said

    def test_twice_the_same_form_is_one(self, at_work, activity):
        fields = form_of(at_work, path(activity), participant_name="Zoë", age_band="from_16")
        for _time in range(2):
            at_work.post(path(activity), fields)
        assert SignUp.objects.count() == 1

    def test_a_name_that_is_there_already_is_asked_once(self, at_work, activity, now):
        seats.cancel(sign_up_id=join(activity, person(1, name="Hanna Deur"), now).pk, ending=Ending.OWN, now=now)
        given = {"participant_name": "Hanna Deur", "age_band": "from_16"}
        at_work.post(path(activity), form_of(at_work, path(activity), **given))
        again = form_of(at_work, path(activity), **given | {"participant_name": "hanna  deur"})
        assert "hanna deur staat al op deze datum" in at_work.post(path(activity), again).content.decode()
        assert "staat al op deze datum" in at_work.post(path(activity), {**again, "sure": "iemand"}).content.decode()
        assert SignUp.objects.live().count() == 1
        at_work.post(path(activity), {**again, "sure": "hanna deur"})
        assert SignUp.objects.live().count() == 2

    def test_a_class_of_another_school_may_have_the_same_name(self, at_work, activity):
        given = {"class_name": "2B", "contact_name": "Bos", "pupils": 9, "adults": 1}
        for school in ("Het Anker", "De Boeg", "Het Anker"):
            fields = form_of(at_work, path(activity, "klas"), school_other=school, **given)
            answer = at_work.post(path(activity, "klas"), fields)
        assert "Klas 2B van deze school staat al op deze datum" in answer.content.decode()
        assert SignUp.objects.count() == 2

    def test_a_class(self, at_work, activity):
        given = {"class_name": "2B", "school_other": "Het Anker", "contact_name": "Bos", "pupils": 24, "adults": 2}
        fields = form_of(at_work, path(activity, "klas"), **given)
        at_work.post(path(activity, "klas"), fields)
        entry = SignUp.objects.get()
        assert (entry.state, entry.seats, entry.proof) == (State.CONFIRMED, 24, Proof.STAFF)

    @pytest.mark.parametrize(
        "given", [{"age_band": "under_16"}, {"age_band": "from_16", "email": "geen adres"}, {"privacy": ""}]
    )
    def test_what_is_missing_keeps_the_form(self, at_work, activity, given):
        fields = form_of(at_work, path(activity), participant_name="Zoë")
        answer = at_work.post(path(activity), {**fields, **given})
        assert "fault-list" in answer.content.decode()
        assert 'value="Zoë"' in answer.content.decode()
        assert not SignUp.objects.exists()

    def test_a_place_in_the_queue_is_told_as_news_and_not_as_an_error(self, at_work, activity, now):
        full = ActivityFactory(programme=activity.programme, starts_at=now + 30 * DAY, capacity=1)
        join(full, person(1), now)
        page = at_work.get(path(full)).content.decode()
        assert '<p class="notice">Alle plekken zijn bezet. Deze aanmelding komt op de wachtlijst.</p>' in page
        assert "Leeg: de aanmelding staat meteen op de wachtlijst." in page
        assert "de plek is meteen zeker" not in page
        assert "Pas dan telt de plaats op de wachtlijst." in page

    def test_a_seat_that_others_wait_for_is_not_called_taken(self, at_work, activity, now):
        date = ActivityFactory(programme=activity.programme, starts_at=now + 30 * DAY, capacity=1)
        for n in (1, 2):
            join(date, person(n), now)
        Activity.objects.filter(pk=date.pk).update(capacity=2)
        page = at_work.get(path(date)).content.decode()
        assert "Er wachten al anderen, en die gaan voor. Deze aanmelding komt op de wachtlijst." in page

    def test_a_class_that_will_wait_is_known_before_and_after(self, at_work, activity, now):
        Activity.objects.filter(pk=activity.pk).update(class_size_min=10)
        join(activity, a_class(1, 18), now, proven=True)
        page = at_work.get(path(activity, "klas")).content.decode()
        assert "Er zijn nog 12 plekken vrij. Een grotere klas komt op de wachtlijst." in page
        assert "Leeg: de plekken zijn meteen zeker, of de klas staat meteen op de wachtlijst." in page
        assert "wachtlijst" not in at_work.get(path(activity)).content.decode()
        join(activity, a_class(2, 10), now, proven=True)
        page = at_work.get(path(activity, "klas")).content.decode()
        assert "2 plekken vrij, te weinig voor een klas van minstens 10. Deze aanmelding komt op de wachtlijst." in page
        given = {"class_name": "3C", "school_other": "Het Anker", "contact_name": "Bos", "pupils": 12, "adults": 1}
        fields = form_of(at_work, path(activity, "klas"), **given, email="bos@school.example")
        answer = at_work.post(path(activity, "klas"), fields, follow=True).content.decode()
        assert "Op de wachtlijst gezet. We vragen met een mail om bevestiging" in answer

    def test_what_the_domain_refuses_is_said(self, at_work, activity, now):
        shut = ActivityFactory(programme=activity.programme, starts_at=now + DAY, capacity=0)
        full = '<p class="errornote">Deze activiteit is vol en er is geen wachtlijst.</p>'
        assert full in at_work.get(path(shut)).content.decode()
        fields = form_of(at_work, path(shut), participant_name="Zoë", age_band="from_16")
        assert "Deze activiteit is vol en er is geen wachtlijst." in at_work.post(path(shut), fields).content.decode()

    def test_not_of_another(self, at_work):
        foreign = ActivityFactory(for_classes=True)
        assert {at_work.get(path(foreign, kind)).status_code for kind in ("beller", "klas")} == {404}
        assert {at_work.post(path(foreign, kind)).status_code for kind in ("beller", "klas")} == {404}

    def test_staff_accept_an_offer_for_a_caller_and_for_nobody_else(self, at_work, activity, now, staff):
        full = ActivityFactory(programme=activity.programme, starts_at=now + 30 * DAY, capacity=2)
        seated = [join(full, person(number), now) for number in range(2)]
        caller, other = call(full, person(7, email=""), now, staff), join(full, person(8), now)
        for entry in seated:
            seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        assert "Bel voor" in at_work.get(f"/beheer/signups/deelnemers/{full.pk}/").content.decode()
        for entry in (caller, other):
            address = f"/beheer/signups/aanmelding/{entry.uuid}/aannemen/"
            assert at_work.get(address).status_code == 200
            at_work.post(address)
            entry.refresh_from_db()
        assert (caller.state, other.state) == (State.CONFIRMED, State.OFFERED)
