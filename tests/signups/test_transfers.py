"""A sign-up goes to another date: what goes along, what is asked again, and that nobody loses a seat by it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import Sum

from content import clock, dates
from content.models import PublicationState
from hubs.models import Programme
from signups import mails as mails_package
from signups.domain import erasure, seats, transfers
from signups.domain.errors import Reason
from signups.models import AgeBand, Ending, MailKind, OutboxMessage, Proof, SignUp, State, Total
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory
from tests.signups.applying import a_class, join, mails, person, prove, state
from tests.signups.joining import counters, refusal
from tests.signups.visiting import open_own

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHILD = {"age_band": AgeBand.UNDER_16, "contact_name": "Ouder", "email": "ouder@voorbeeld.example"}


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def old(now):
    return ActivityFactory(starts_at=now + 20 * DAY, capacity=30, for_classes=True, programme__title="Lassen")


@pytest.fixture
def new(now, old):
    return ActivityFactory(programme=old.programme, starts_at=now + 30 * DAY, capacity=30, for_classes=True)


@pytest.fixture
def staff(old):
    member = MembershipFactory()
    ProgrammePartnerFactory(programme=old.programme, partner=member.partner)
    return member.user


def move(entry, activity, now, staff):
    return transfers.move(sign_up_id=entry.pk, to_activity_id=activity.pk, by=staff, now=now)


def refused(entry, activity, now, staff):
    return refusal(transfers.move, sign_up_id=entry.pk, to_activity_id=activity.pk, by=staff, now=now)


class TestWhoDecidesAlone:
    @pytest.mark.parametrize("application", [person(), a_class(pupils=12)], ids=["person", "class"])
    def test_is_certain_of_the_new_date_and_the_old_seat_is_free(self, old, new, now, staff, application):
        entry = join(old, application, now)
        moved = move(entry, new, now, staff)
        entry.refresh_from_db()
        assert (moved.state, moved.proof, moved.taken_by, moved.replaces) == (
            State.CONFIRMED,
            Proof.STAFF,
            staff,
            entry,
        )
        assert (moved.name, moved.email, moved.pupils) == (entry.name, entry.email, entry.pupils)
        assert (entry.state, entry.ending) == (State.CANCELLED, Ending.MOVED)
        assert (counters(old), counters(new)) == ((0, 0), (moved.seats, 0))
        assert (mails(moved), MailKind.CANCELLED in mails(entry)) == ([MailKind.CONFIRMED], False)

    def test_unproven_is_asked_again_for_the_new_date(self, old, new, now, staff):
        entry = join(old, person(), now, proven=False)
        moved = move(entry, new, now, staff)
        assert (moved.state, state(entry), mails(moved)) == (State.REQUESTED, State.CANCELLED, [MailKind.PROVE])

    def test_who_was_noted_at_the_old_date_keeps_that(self, old, new, now, staff):
        entry = join(old, person(), now)
        AttendanceFactory(sign_up=entry)
        move(entry, new, now, staff)
        assert entry.attendances.count() == 1

    def test_the_freed_seat_goes_to_who_waits(self, new, now, staff):
        full = ActivityFactory(programme=new.programme, starts_at=now + 20 * DAY, capacity=1)
        entry, waiting = join(full, person(1), now), join(full, person(2), now)
        move(entry, new, now, staff)
        assert state(waiting) == State.OFFERED


class TestUnder16:
    def test_the_guardian_is_asked_and_the_old_seat_stays(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        moved = move(entry, new, now, staff)
        assert (moved.state, moved.consent_version, state(entry)) == (State.REQUESTED, "", State.CONFIRMED)
        assert mails(moved) == [MailKind.CONSENT]
        assert transfers.asked(entry) == moved

    def test_yes_frees_the_old_seat(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        moved = prove(move(entry, new, now, staff), now)
        entry.refresh_from_db()
        assert (moved.state, entry.ending) == (State.CONFIRMED, Ending.MOVED)
        assert (counters(old), counters(new)) == ((0, 0), (1, 0))
        assert mails(moved) == [MailKind.CONSENT, MailKind.CONFIRMED]

    def test_no_answer_leaves_it_at_the_old_date(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        moved = move(entry, new, now, staff)
        seats.tidy(activity_id=new.pk, now=now + 4 * DAY)
        assert (state(moved), state(entry)) == (State.EXPIRED, State.CONFIRMED)

    def test_a_second_date_is_not_asked_beside_the_first(self, old, new, now, staff):
        entry, third = join(old, person(**CHILD), now), ActivityFactory(programme=old.programme, capacity=9)
        move(entry, new, now, staff)
        assert refused(entry, third, now, staff) == Reason.ALREADY_THERE

    def test_an_answer_after_the_old_date_leaves_the_old_sign_up(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        moved = move(entry, new, now, staff)
        SignUp.objects.filter(pk=moved.pk).update(proof_expires_at=new.first_starts_at)
        assert prove(moved, now + 21 * DAY).state == State.CONFIRMED
        assert state(entry) == State.CONFIRMED


@pytest.mark.django_db(transaction=True)
class TestErasing:
    def test_no_erases_what_was_asked_and_keeps_the_old_seat(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        moved = move(entry, new, now, staff)
        erasure.refuse(sign_up_id=moved.pk, now=now)
        entry.refresh_from_db()
        assert (SignUp.objects.get(pk=moved.pk).name, entry.name, entry.state) == ("", "Leerling 1", State.CONFIRMED)

    def test_erasing_the_old_erases_what_was_asked(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        move(entry, new, now, staff)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert not SignUp.objects.exclude(name="").exists()

    @pytest.mark.parametrize("child", [{}, CHILD], ids=["own", "guardian"])
    def test_erasing_the_new_erases_every_date_before_it(self, old, new, now, staff, settings, child):
        entry, third = join(old, person(**child), now), ActivityFactory(programme=old.programme, capacity=9)
        for activity in (new, third):
            entry = move(entry, activity, now, staff)
            if child:
                prove(entry, now)
        erasure.erase(sign_up_id=entry.pk, now=now)
        assert not SignUp.objects.exclude(name="", email="", contact_name="").exists()
        assert Total.objects.aggregate(n=Sum("sign_ups"))["n"] == 3
        assert len(Path(settings.ERASURE_LEDGER).read_text().splitlines()) == 3


class TestRefusals:
    def test_nothing_changes_where_there_is_no_room(self, old, now, staff):
        full = ActivityFactory(programme=old.programme, capacity=1)
        join(full, person(9), now)
        entry = join(old, person(1), now)
        assert refused(entry, full, now, staff) == Reason.FULL
        assert (state(entry), counters(old), counters(full)) == (State.CONFIRMED, (1, 0), (1, 0))

    def test_while_somebody_waits_there(self, old, now, staff):
        full = ActivityFactory(programme=old.programme, capacity=5, for_classes=True)
        join(full, person(8), now)
        SignUpFactory(activity=full, class_of=5, state=State.WAITING)
        assert refused(join(old, person(1), now), full, now, staff) == Reason.FULL

    def test_who_is_there_already(self, old, new, now, staff):
        entry = join(old, person(1), now)
        join(new, person(1), now)
        assert refused(entry, new, now, staff) == refused(entry, old, now, staff) == Reason.ALREADY_THERE

    def test_what_has_ended_or_begun(self, old, new, now, staff):
        entry = join(old, person(1), now)
        assert refused(entry, new, now + 21 * DAY, staff) == Reason.CLOSED
        seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        assert refused(entry, new, now, staff) == Reason.NO_LONGER

    def test_what_is_not_on_the_site(self, old, new, now, staff):
        entry = join(old, person(1), now)
        Programme.objects.update(state=PublicationState.DRAFT)
        assert refused(entry, new, now, staff) == Reason.NOT_PUBLIC
        assert (state(entry), counters(new)) == (State.CONFIRMED, (0, 0))

    def test_where_the_guardian_left_five_unanswered(self, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        rest = SignUpFactory.create_batch(5, state=State.REQUESTED, under_16=True, email=CHILD["email"])
        assert refused(entry, new, now, staff) == Reason.TOO_MANY_UNPROVEN
        assert move(rest[0], new, now, staff).state == State.REQUESTED

    def test_what_does_not_fit_there(self, old, now, staff):
        small = ActivityFactory(programme=old.programme, capacity=30, for_classes=True, class_size_max=10)
        persons = ActivityFactory(programme=old.programme, capacity=30)
        entry = join(old, a_class(pupils=12), now)
        assert refused(entry, small, now, staff) == Reason.CLASS_SIZE
        assert refused(entry, persons, now, staff) == Reason.NOT_FOR_THIS_KIND


class TestThePages:
    @pytest.fixture
    def at_work(self, client, staff):
        client.force_login(staff)
        return client

    def path(self, entry):
        return f"/beheer/signups/aanmelding/{entry.uuid}/verplaatsen/"

    def bodies(self, entry, now):
        return [mails_package.render(message, now=now).body for message in entry.messages.all()]

    def offered(self, client, entry):
        return client.get(self.path(entry)).content.decode().count("Kies deze datum")

    def test_from_the_list_to_another_date(self, at_work, old, new, now):
        entry = join(old, person(1), now)
        assert self.path(entry) in at_work.get(f"/beheer/signups/deelnemers/{old.pk}/").content.decode()
        assert f"?naar={new.pk}" in at_work.get(self.path(entry)).content.decode()
        page = at_work.get(self.path(entry), {"naar": new.pk}).content.decode()
        assert "De nieuwe plek is meteen zeker." in page
        answer = at_work.post(self.path(entry), {"naar": new.pk}, follow=True)
        assert answer.redirect_chain[0][0] == f"/beheer/signups/deelnemers/{new.pk}/"
        assert "Verplaatst. De plek is zeker" in answer.content.decode()

    def test_a_guardian_is_asked_and_the_page_says_so(self, at_work, old, new, now):
        entry = join(old, person(**CHILD), now)
        assert "houden we beide plekken vast" in at_work.get(self.path(entry), {"naar": new.pk}).content.decode()
        at_work.post(self.path(entry), {"naar": new.pk})
        assert "Er is al een andere datum gevraagd" in at_work.get(self.path(entry)).content.decode()

    @pytest.mark.parametrize("child", [{}, CHILD], ids=["own", "guardian"])
    def test_a_place_in_the_queue_is_no_seat_that_comes_free(self, client, at_work, new, now, child):
        full = ActivityFactory(programme=new.programme, starts_at=now + 20 * DAY, capacity=1)
        _seated, entry = join(full, person(9), now), join(full, person(1, **child), now)
        page = at_work.get(self.path(entry), {"naar": new.pk}).content.decode()
        assert "gaat de oude aanmelding van de wachtlijst" in page or "De oude aanmelding gaat van" in page
        at_work.post(self.path(entry), {"naar": new.pk})
        moved = SignUp.objects.get(activity=new)
        said = [page, client.get(open_own(client, moved)).content.decode(), *self.bodies(moved, now)]
        if child:
            prove(moved, now)
            said += self.bodies(moved, now)
        assert [text for text in said if "komt de oude plek vrij" in text or "weer vrij" in text] == []

    def test_only_dates_that_suit_and_have_room(self, at_work, old, new, now, staff):
        level, other = EducationLevelFactory(), ActivityFactory(starts_at=now + 9 * DAY, capacity=30)
        ProgrammePartnerFactory(programme=other.programme, partner=staff.memberships.get().partner)
        entry = SignUpFactory(activity=old, education_level=level)
        assert self.offered(at_work, entry) == 1
        other.programme.levels.add(level)
        assert self.offered(at_work, entry) == 2
        join(ActivityFactory(programme=old.programme, starts_at=now + 9 * DAY, capacity=1), person(7), now)
        assert self.offered(at_work, entry) == 2

    def test_never_to_a_date_of_another_partner(self, at_work, old, now):
        foreign = ActivityFactory(starts_at=now + 9 * DAY, capacity=30)
        entry = join(old, person(1), now)
        answers = [at_work.post(self.path(entry), {"naar": key}) for key in (foreign.pk, 987654321, "x", "")]
        texts = {answer.content.decode().count("Die datum kan niet meer.") for answer in answers}
        assert (texts, state(entry)) == ({1}, State.CONFIRMED)
        assert at_work.get(self.path(SignUpFactory(activity=foreign))).status_code == 404

    def test_what_is_over_says_so(self, at_work, old, now):
        entry = SignUpFactory(activity=old, state=State.CANCELLED)
        assert "was al voorbij" in at_work.get(self.path(entry), follow=True).content.decode()


class TestTheMails:
    def text(self, entry, kind, now):
        message = OutboxMessage.objects.get(sign_up=entry.pk, kind=kind)
        return mails_package.render(message, now=now).body

    def test_one_mail_tells_the_old_and_the_new_date(self, old, new, now, staff):
        moved = move(join(old, person(1), now), new, now, staff)
        text = self.text(moved, MailKind.CONFIRMED, now)
        assert f"Dit komt in de plaats van: {dates.day(old.first_starts_at)}" in text
        assert "Die aanmelding is vervallen." in text
        assert f"Wanneer: {dates.day(new.first_starts_at)}" in text
        assert "Haal hem daar dan uit." in text

    def test_the_guardian_reads_that_the_old_date_stays_until_yes(self, client, old, new, now, staff):
        moved = move(join(old, person(**CHILD), now), new, now, staff)
        text = self.text(moved, MailKind.CONSENT, now)
        assert f"Jouw toestemming gold voor: {dates.day(old.first_starts_at)}" in text
        assert "Zeg je nee, dan blijft alles zoals het was." in text
        assert "Leerling 1" not in text
        page = client.get(open_own(client, moved)).content.decode()
        assert "Iemand vroeg om een andere datum voor Leerling 1." in page
        assert "blijft het bij de oude datum" in page
        prove(moved, now)
        assert "Je kind heeft een andere datum" in self.text(moved, MailKind.CONFIRMED, now)

    def test_the_old_link_says_what_the_guardian_still_has_to_answer(self, client, old, new, now, staff):
        entry = join(old, person(**CHILD), now)
        asks = "Er is een andere datum gevraagd"
        assert asks not in client.get(open_own(client, entry)).content.decode()
        moved = move(entry, new, now, staff)
        page = client.get(open_own(client, entry)).content.decode()
        assert f"{asks}: {dates.moment(new.first_starts_at)}" in page
        assert f"Zeg via die mail ja of nee, vóór {dates.moment(moved.proof_expires_at)}" in page
        assert 'href="/aanmelding/">Mail kwijt?' in page
        SignUp.objects.filter(pk=moved.pk).update(proof_expires_at=now)
        assert asks not in client.get(open_own(client, entry)).content.decode()

    def test_the_old_link_says_that_it_moved(self, client, old, new, now, staff):
        entry = join(old, person(1), now)
        move(entry, new, now, staff)
        assert "verplaatst naar een andere datum" in client.get(open_own(client, entry)).content.decode()
