"""Who gets the seat: every decision of signups.domain.seats, one after the other. Races are in tests/races."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from content import clock
from hubs.models import Activity, Counting
from signups.domain import seats
from signups.domain.errors import Reason
from signups.models import AgeBand, Ending, MailKind, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.signups.applying import a_class, mails, person, state
from tests.signups.joining import counters, join, refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


class TestSignUp:
    def test_a_seat_is_held_until_it_is_proven(self, now):
        activity = ActivityFactory(capacity=2)
        entry = join(activity, person(), now)
        assert (entry.state, counters(activity), mails(entry)) == (State.REQUESTED, (1, 0), [MailKind.PROVE])

    def test_proof_makes_it_certain(self, now):
        activity = ActivityFactory(capacity=2)
        entry = join(activity, person(), now, proven=True)
        assert (entry.state, entry.proof, mails(entry)) == (
            State.CONFIRMED,
            Proof.OWN_LINK,
            [MailKind.PROVE, MailKind.CONFIRMED],
        )

    def test_under_16_the_guardian_is_asked_and_has_three_days(self, now):
        activity = ActivityFactory()
        entry = join(activity, person(age_band=AgeBand.UNDER_16, contact_name="Ouder 1"), now)
        assert (mails(entry), entry.proof_expires_at) == ([MailKind.CONSENT], now + 3 * DAY)

    def test_full_makes_a_queue_and_then_refuses(self, now):
        activity = ActivityFactory(capacity=1, waiting_limit=1)
        states = [join(activity, person(n), now).state for n in (1, 2)]
        assert states == [State.REQUESTED, State.WAITING]
        assert refusal(join, activity=activity, application=person(3), now=now) == Reason.FULL

    def test_unlimited_always_has_room(self, now):
        activity = ActivityFactory(capacity=None)
        assert {join(activity, person(n), now).state for n in range(4)} == {State.REQUESTED}

    def test_no_seats_at_all_has_no_queue_either(self, now):
        assert refusal(join, activity=ActivityFactory(capacity=0), application=person(), now=now) == Reason.FULL

    def test_newcomers_queue_behind_who_waits(self, now):
        activity = ActivityFactory(capacity=30, for_classes=True)
        join(activity, a_class(1, pupils=20), now, proven=True)
        waiting = join(activity, a_class(2, pupils=20), now, proven=True)
        assert (waiting.state, join(activity, person(), now).state) == (State.WAITING, State.WAITING)

    def test_a_class_takes_a_seat_per_pupil_or_one_per_class(self, now):
        by_heads = ActivityFactory(capacity=60, for_classes=True)
        by_classes = ActivityFactory(capacity=2, for_classes=True, counts=Counting.CLASSES)
        assert (join(by_heads, a_class(), now).seats, join(by_classes, a_class(), now).seats) == (25, 1)

    @pytest.mark.parametrize(
        ("fields", "application", "reason"),
        [
            ({"cancelled_at": "now", "cancel_reason": "Ziek"}, person(), Reason.CANCELLED),
            ({"signup_opens_at": DAY}, person(), Reason.NOT_OPEN_YET),
            ({"signup_closes_at": -DAY}, person(), Reason.CLOSED),
            ({"for_persons": False, "for_classes": True}, person(), Reason.NOT_FOR_THIS_KIND),
            ({}, a_class(), Reason.NOT_FOR_THIS_KIND),
            ({"for_classes": True, "class_size_min": 26}, a_class(), Reason.CLASS_SIZE),
            ({"for_classes": True, "class_size_max": 24, "capacity": 99}, a_class(), Reason.CLASS_SIZE),
            ({"for_classes": True, "capacity": 24}, a_class(), Reason.CLASS_SIZE),
            ({"for_classes": True}, a_class(pupils=10**9), Reason.CLASS_SIZE),
        ],
    )
    def test_refusals(self, now, fields, application, reason):
        moments = {name: now + value for name, value in fields.items() if isinstance(value, timedelta)}
        if fields.get("cancelled_at"):
            moments["cancelled_at"] = now
        activity = ActivityFactory(**{**fields, **moments})
        assert refusal(join, activity=activity, application=application, now=now) == reason
        assert not SignUp.objects.exists()

    @pytest.mark.parametrize("level", ["programme", "programme__hub"])
    def test_what_is_not_public_refuses(self, now, level):
        activity = ActivityFactory(**{f"{level}__state": "draft"})
        assert refusal(join, activity=activity, application=person(), now=now) == Reason.NOT_PUBLIC


class TestDoubles:
    def test_the_same_form_again_is_the_same_row_without_a_mail(self, now):
        activity, application = ActivityFactory(), person()
        first, again = join(activity, application, now), join(activity, application, now)
        assert (again.pk, mails(first)) == (first.pk, [MailKind.PROVE])

    def test_the_same_form_answers_alike_after_it_filled_up(self, now):
        activity, application = ActivityFactory(capacity=1, waiting_limit=0), person()
        first = join(activity, application, now)
        assert join(activity, application, now).pk == first.pk

    def test_a_second_form_of_the_same_person_is_told_so_by_mail(self, now):
        activity = ActivityFactory()
        first = join(activity, person(), now)
        again = join(activity, person(name="leerling 1"), now)
        assert (again.pk, mails(first)) == (first.pk, [MailKind.PROVE, MailKind.ALREADY])

    def test_somebody_who_is_in_is_refused_where_a_stranger_would_be(self, now):
        activity = ActivityFactory(capacity=1, waiting_limit=0)
        first = join(activity, person(), now)
        assert refusal(join, activity=activity, application=person(), now=now) == Reason.FULL
        assert mails(first) == [MailKind.PROVE, MailKind.ALREADY]

    def test_the_same_form_for_another_activity_is_another_sign_up(self, now):
        application = person()
        one, other = (join(ActivityFactory(), application, now) for _ in "ab")
        assert one.pk != other.pk

    def test_who_left_may_come_back_with_the_same_form(self, now):
        activity, application = ActivityFactory(), person()
        first = join(activity, application, now)
        seats.cancel(sign_up_id=first.pk, ending=Ending.OWN, now=now)
        again = join(activity, application, now)
        assert (again.pk != first.pk, again.state) == (True, State.REQUESTED)

    def test_siblings_share_an_address(self, now):
        activity = ActivityFactory()
        entries = {join(activity, person(1, email="gezin@thuis.example"), now).pk for _ in "a"}
        entries.add(join(activity, person(2, email="gezin@thuis.example"), now).pk)
        assert len(entries) == 2

    def test_the_index_refuses_a_double_that_code_would_let_through(self, now):
        activity = ActivityFactory()
        first = join(activity, person(), now)
        first.pk, first.uuid, first.queue_number, first.submit_token = None, uuid4(), 2, uuid4()
        with pytest.raises(IntegrityError, match="signups_signup_no_doubles"):
            first.save(force_insert=True)


class TestDateChangedMeanwhile:
    """A promise does not outlive the date, whatever deadline the mail named."""

    def cancel(self, activity, now):
        Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="Ziek")

    def begin(self, activity, now):
        activity.meetings.update(starts_at=now - DAY / 24, ends_at=now + DAY / 24)

    def offered(self, now):
        activity = ActivityFactory(capacity=1)
        first, second = (join(activity, person(n), now, proven=True) for n in (1, 2))
        seats.cancel(sign_up_id=first.pk, ending=Ending.OWN, now=now)
        assert state(second) == State.OFFERED
        return activity, second

    def test_no_proof_for_a_cancelled_date(self, now):
        activity = ActivityFactory()
        entry = join(activity, person(), now)
        self.cancel(activity, now)
        late = {"sign_up_id": entry.pk, "proof": Proof.OWN_LINK, "now": now}
        assert refusal(seats.prove, **late) == Reason.CANCELLED

    def test_no_accepting_a_cancelled_date(self, now):
        activity, entry = self.offered(now)
        self.cancel(activity, now)
        assert refusal(seats.accept, sign_up_id=entry.pk, now=now) == Reason.CANCELLED

    def test_no_change_of_a_class_on_a_cancelled_date(self, now):
        activity = ActivityFactory(capacity=40, for_classes=True)
        entry = join(activity, a_class(), now, proven=True)
        self.cancel(activity, now)
        change = {"sign_up_id": entry.pk, "pupils": 20, "adults": 2, "remarks": "", "now": now}
        assert refusal(seats.change_class, **change) == Reason.CANCELLED

    def test_a_date_that_was_moved_forward_ends_what_is_not_certain(self, now):
        activity, offered = self.offered(now)
        other = ActivityFactory()
        unproven = join(other, person(), now)
        for one in (activity, other):
            self.begin(one, now)
            seats.tidy(activity_id=one.pk, now=now)
        assert (state(offered), state(unproven)) == (State.EXPIRED, State.EXPIRED)


class TestGuardian:
    @pytest.fixture
    def child(self, now):
        return join(ActivityFactory(), person(age_band=AgeBand.UNDER_16, contact_name="Ouder 1"), now)

    def test_consent_makes_it_certain_and_its_text_is_kept(self, now, child):
        proven = seats.prove(sign_up_id=child.pk, proof=Proof.GUARDIAN, consent_version="2026-11", now=now)
        assert (proven.state, proven.proof, proven.consent_version) == (State.CONFIRMED, Proof.GUARDIAN, "2026-11")

    @pytest.mark.parametrize("given", [{"proof": Proof.OWN_LINK}, {"proof": Proof.GUARDIAN}])
    def test_nothing_less_will_do(self, now, child, given):
        with pytest.raises(ValueError, match="guardian"):
            seats.prove(sign_up_id=child.pk, now=now, **given)
        assert state(child) == State.REQUESTED


class TestUnproven:
    def test_a_sixth_unproven_one_of_an_address_is_refused(self, now):
        for _ in range(5):
            join(ActivityFactory(), person(), now)
        assert refusal(join, activity=ActivityFactory(), application=person(), now=now) == Reason.TOO_MANY_UNPROVEN

    def test_proven_ones_do_not_count(self, now):
        for _ in range(5):
            join(ActivityFactory(), person(), now, proven=True)
        assert join(ActivityFactory(), person(), now).state == State.REQUESTED

    def test_not_proven_in_time_gives_the_seat_back(self, now):
        activity = ActivityFactory(capacity=1)
        entry = join(activity, person(), now)
        seats.tidy(activity_id=activity.pk, now=now + DAY)
        assert (state(entry), counters(activity)) == (State.EXPIRED, (0, 0))

    def test_proving_too_late_is_refused(self, now):
        entry = join(ActivityFactory(), person(), now)
        late = {"sign_up_id": entry.pk, "proof": Proof.OWN_LINK, "now": now + DAY}
        assert refusal(seats.prove, **late) == Reason.NO_LONGER

    def test_proving_twice_changes_nothing(self, now):
        entry = join(ActivityFactory(), person(), now, proven=True)
        again = seats.prove(sign_up_id=entry.pk, proof=Proof.OWN_LINK, now=now + 2 * DAY)
        assert (again.proof, again.proven_at) == (Proof.OWN_LINK, now)


class TestChangeClass:
    @pytest.fixture
    def activity(self):
        return ActivityFactory(capacity=40, for_classes=True)

    def change(self, entry, pupils, now):
        return seats.change_class(sign_up_id=entry.pk, pupils=pupils, adults=3, remarks="", now=now)

    def test_fewer_pupils_give_seats_back(self, now, activity):
        entry = join(activity, a_class(), now, proven=True)
        assert (self.change(entry, 20, now).seats, counters(activity)) == (20, (20, 0))

    def test_growth_only_if_it_fits(self, now, activity):
        entry = join(activity, a_class(), now, proven=True)
        assert self.change(entry, 40, now).seats == 40
        other = ActivityFactory(capacity=40, for_classes=True)
        first, _second = join(other, a_class(1, 20), now), join(other, a_class(2, 20), now)
        refused = {"sign_up_id": first.pk, "pupils": 21, "adults": 2, "remarks": "", "now": now}
        assert refusal(seats.change_class, **refused) == Reason.FULL

    def test_nobody_grows_while_somebody_waits(self, now, activity):
        entry = join(activity, a_class(1, 20), now, proven=True)
        join(activity, a_class(2, 25), now, proven=True)
        refused = {"sign_up_id": entry.pk, "pupils": 21, "adults": 2, "remarks": "", "now": now}
        assert refusal(seats.change_class, **refused) == Reason.FULL


class TestCancel:
    def test_gives_the_seat_back_and_says_so(self, now):
        activity = ActivityFactory(capacity=1)
        entry = join(activity, person(), now, proven=True)
        ended = seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        assert (ended.state, counters(activity), mails(entry)[-1]) == (State.CANCELLED, (0, 0), MailKind.CANCELLED)

    def test_twice_changes_nothing(self, now):
        activity = ActivityFactory(capacity=2)
        entry = join(activity, person(), now, proven=True)
        for _ in range(2):
            seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now)
        assert (counters(activity), mails(entry).count(MailKind.CANCELLED)) == ((0, 0), 1)

    def test_one_may_leave_what_is_no_longer_public(self, now):
        activity = ActivityFactory()
        entry = join(activity, person(), now)
        activity.programme.state = "draft"
        activity.programme.save()
        assert seats.cancel(sign_up_id=entry.pk, ending=Ending.OWN, now=now).state == State.CANCELLED
