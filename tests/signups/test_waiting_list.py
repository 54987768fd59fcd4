"""The queue, one decision after the other: its order, offers and how they run out, when the list closes."""

from datetime import timedelta

import pytest

from content import clock
from hubs.models import Activity
from signups.domain import overdue, seats
from signups.domain.errors import Reason, RefusedError
from signups.models import Ending, MailKind, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.signups.applying import a_class, join, mails, person, prove, state
from tests.signups.invariants import check

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def now():
    return clock.now()


def on_date(now, days=30, **fields):
    return ActivityFactory(**{"starts_at": now + days * DAY, "for_classes": True, "capacity": 1, **fields})


def cancel(entry, now, ending=Ending.OWN):
    return seats.cancel(sign_up_id=entry.pk, ending=ending, now=now)


def accept(entry, now):
    return seats.accept(sign_up_id=entry.pk, now=now)


def tidy(activity, now):
    seats.tidy(activity_id=activity.pk, now=now)
    check(activity.pk, tidied_at=now)


def states(*entries):
    return [state(entry) for entry in entries]


def passed_over(entry):
    return SignUp.objects.get(pk=entry.pk).passed_over


class TestOffers:
    def test_a_freed_seat_goes_to_who_joined_first(self, now):
        activity = on_date(now)
        seated, first, second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)
        assert states(first, second) == [State.OFFERED, State.WAITING]
        assert mails(first) == [MailKind.PROVE, MailKind.WAITING, MailKind.OFFER]

    def test_joining_counts_not_proving(self, now):
        activity = on_date(now)
        seated = join(activity, person(0), now)
        first, second = (join(activity, person(n), now, proven=False) for n in (1, 2))
        for entry in (second, first):
            prove(entry, now)
        cancel(seated, now)
        assert states(first, second) == [State.OFFERED, State.WAITING]

    def test_who_is_not_proven_is_not_offered_but_a_late_proof_gets_the_free_seat(self, now):
        activity = on_date(now)
        seated = join(activity, person(0), now)
        late = join(activity, person(1), now, proven=False)
        cancel(seated, now)
        assert state(late) == State.WAITING
        proven = prove(late, now + HOUR)
        assert (proven.state, proven.offer_expires_at > now) == (State.OFFERED, True)

    def test_accepting_confirms_at_once_and_twice_changes_nothing(self, now):
        activity = on_date(now)
        seated, first = (join(activity, person(n), now) for n in range(2))
        cancel(seated, now)
        assert [accept(first, now).state for _ in range(2)] == [State.CONFIRMED] * 2
        assert mails(first).count(MailKind.CONFIRMED) == 1

    def test_declining_offers_the_next(self, now):
        activity = on_date(now)
        seated, first, second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)
        cancel(first, now, Ending.DECLINED)
        assert states(first, second) == [State.CANCELLED, State.OFFERED]
        check(activity.pk, tidied_at=now)

    def test_more_seats_lead_to_offers(self, now):
        activity = on_date(now)
        entries = [join(activity, person(n), now) for n in range(4)]
        Activity.objects.filter(pk=activity.pk).update(capacity=3)
        assert activity.pk in overdue.activities(now)
        tidy(activity, now)
        assert states(*entries) == [State.CONFIRMED, State.OFFERED, State.OFFERED, State.WAITING]

    def test_no_limit_any_more_offers_all(self, now):
        activity = on_date(now)
        entries = [join(activity, person(n), now) for n in range(3)]
        Activity.objects.filter(pk=activity.pk).update(capacity=None)
        tidy(activity, now)
        assert states(*entries[1:]) == [State.OFFERED] * 2

    def test_none_with_under_four_hours_left(self, now):
        activity = on_date(now, signup_closes_at=now + 4 * HOUR)
        seated, first = (join(activity, person(n), now - HOUR) for n in range(2))
        cancel(seated, now + timedelta(seconds=1))
        assert MailKind.OFFER not in mails(first)

    def test_none_of_a_cancelled_date(self, now):
        activity = on_date(now)
        seated, first = (join(activity, person(n), now) for n in range(2))
        Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="De docent is ziek.")
        cancel(seated, now)
        tidy(activity, now)
        assert state(first) == State.WAITING


class TestOrder:
    """Twenty seats: a class of twenty sits, a class of fifteen waits in front, persons behind."""

    @pytest.fixture
    def large(self, now):
        return lambda days=30: self.stage(now, days)

    def stage(self, now, days):
        activity = on_date(now, days, capacity=20)
        seated = [join(activity, person(n), now) for n in range(20)]
        waiting_class = join(activity, a_class(1, 15), now)
        behind = [join(activity, person(n), now) for n in range(20, 26)]
        return activity, seated, waiting_class, behind

    def free_one(self, activity, seated, now):
        cancel(seated.pop(), now)
        check(activity.pk, tidied_at=now)

    def test_passed_over_three_times_then_seats_gather(self, now, large):
        activity, seated, waiting_class, behind = large()
        for _ in range(5):
            self.free_one(activity, seated, now)
        assert (passed_over(waiting_class), states(*behind)) == (3, [State.OFFERED] * 3 + [State.WAITING] * 3)
        for _ in range(12):
            self.free_one(activity, seated, now)
        assert states(waiting_class, *behind[3:]) == [State.WAITING] + [State.WAITING] * 3
        self.free_one(activity, seated, now)
        assert states(waiting_class, *behind[3:]) == [State.OFFERED] + [State.WAITING] * 3

    def test_each_offer_behind_it_counts_one_also_when_made_together(self, now, large):
        activity, _seated, waiting_class, behind = large()
        Activity.objects.filter(pk=activity.pk).update(capacity=24)
        tidy(activity, now)
        assert (passed_over(waiting_class), states(*behind)) == (3, [State.OFFERED] * 3 + [State.WAITING] * 3)

    def test_from_a_week_before_the_date_passing_over_is_free(self, now, large):
        activity, _seated, waiting_class, behind = large(days=7)
        Activity.objects.filter(pk=activity.pk).update(capacity=26)
        tidy(activity, now)
        assert (passed_over(waiting_class), states(*behind)) == (6, [State.OFFERED] * 6)

    def test_what_gathered_comes_free_a_week_before(self, now, large):
        activity, seated, waiting_class, behind = large(days=8)
        for _ in range(5):
            self.free_one(activity, seated, now)
        tidy(activity, now + DAY - HOUR)
        assert states(*behind[3:5]) == [State.WAITING] * 2
        tidy(activity, now + DAY)
        assert states(waiting_class, *behind) == [State.WAITING] + [State.OFFERED] * 5 + [State.WAITING]

    def test_larger_than_a_lowered_capacity_is_skipped_uncounted(self, now, large):
        activity, seated, waiting_class, behind = large()
        for entry in list(seated[:10]):
            Activity.objects.filter(pk=activity.pk).update(cancelled_at=now, cancel_reason="Even niet.")
            cancel(entry, now)
        Activity.objects.filter(pk=activity.pk).update(cancelled_at=None, cancel_reason="", capacity=14)
        tidy(activity, now)
        assert (passed_over(waiting_class), states(*behind)) == (0, [State.OFFERED] * 4 + [State.WAITING] * 2)

    def test_a_smaller_class_that_fits_goes_first(self, now):
        activity = on_date(now, capacity=30)
        seated, large, small = (join(activity, a_class(n, pupils), now) for n, pupils in enumerate((30, 28, 10)))
        seats.change_class(sign_up_id=seated.pk, pupils=20, adults=2, remarks="", now=now)
        assert states(large, small) == [State.WAITING, State.OFFERED]
        assert passed_over(large) == 1

    def test_a_waiting_class_that_shrinks_may_fit(self, now):
        activity = on_date(now, capacity=30)
        join(activity, a_class(1, 20), now)
        waiting = join(activity, a_class(2, 20), now)
        shrunk = seats.change_class(sign_up_id=waiting.pk, pupils=10, adults=2, remarks="", now=now)
        assert state(shrunk) == State.OFFERED


class TestRunningOut:
    def test_once_to_the_end_of_the_queue(self, now):
        activity = on_date(now)
        seated, first, second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)
        tidy(activity, now + 3 * DAY)
        assert states(first, second) == [State.WAITING, State.OFFERED]
        assert mails(first)[-2:] == [MailKind.OFFER, MailKind.OFFER_RAN_OUT]
        cancel(second, now + 3 * DAY)
        assert state(first) == State.OFFERED

    def test_twice_it_ends_and_each_time_a_mail_says_so(self, now):
        activity = on_date(now)
        seated, first, second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)
        for days in (3, 6, 9):
            tidy(activity, now + days * DAY)
        ended = SignUp.objects.get(pk=first.pk)
        assert (ended.state, ended.ending, state(second)) == (State.EXPIRED, Ending.OFFER_RAN_OUT, State.OFFERED)
        assert (mails(first).count(MailKind.OFFER), mails(first).count(MailKind.OFFER_RAN_OUT)) == (2, 2)

    def test_where_no_offer_can_follow_it_ends_at_once(self, now):
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        seated, first, second = (join(activity, person(n), now) for n in range(3))
        cancel(seated, now)
        SignUp.objects.filter(pk=first.pk).update(offer_expires_at=now + 9 * HOUR)
        tidy(activity, now + 9 * HOUR)
        assert states(first, second) == [State.EXPIRED, State.EXPIRED]
        assert (mails(first)[-1], mails(second)[-1]) == (MailKind.OFFER_RAN_OUT, MailKind.LIST_CLOSED)

    def test_too_late_to_accept(self, now):
        activity = on_date(now)
        seated, first = (join(activity, person(n), now) for n in range(2))
        cancel(seated, now)
        with pytest.raises(RefusedError) as caught:
            accept(first, now + 4 * DAY)
        assert caught.value.reason == Reason.NO_LONGER

    def test_at_the_end_of_the_queue_it_is_passed_over_anew(self, now):
        activity = on_date(now, capacity=20)
        seated = [join(activity, person(n), now) for n in range(20)]
        large = join(activity, a_class(1, 10), now)
        SignUp.objects.filter(pk=large.pk).update(passed_over=3)
        for entry in seated[:10]:
            cancel(entry, now)
        assert state(large) == State.OFFERED
        join(activity, person(30), now)
        tidy(activity, now + 3 * DAY)
        assert (passed_over(large), SignUp.objects.get(pk=large.pk).queue_number) == (0, 23)


class TestClosing:
    """Four hours before sign-up closes: after that no offer can come of it."""

    def test_the_list_ends_with_a_mail_to_the_proven(self, now):
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        seated, proven = (join(activity, person(n), now) for n in range(2))
        unproven = join(activity, person(3), now, proven=False)
        tidy(activity, now + 8 * HOUR)
        assert states(proven) == [State.WAITING]
        late = now + 8 * HOUR + timedelta(seconds=1)
        assert activity.pk in overdue.activities(late)
        tidy(activity, late)
        assert states(seated, proven, unproven) == [State.CONFIRMED, State.EXPIRED, State.EXPIRED]
        assert (mails(proven)[-1], mails(unproven)) == (MailKind.LIST_CLOSED, [MailKind.PROVE])
        assert activity.pk not in overdue.activities(late)

    def test_a_seat_that_comes_free_afterwards_is_whoever_comes_first(self, now):
        """Also who stood on the list."""
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        seated, first = (join(activity, person(n), now) for n in range(2))
        late = now + 9 * HOUR
        cancel(seated, late)
        assert states(first, join(activity, person(1), late)) == [State.EXPIRED, State.CONFIRMED]

    def test_the_unproven_leave_too_when_the_closing_is_moved_forward(self, now):
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        _seated, unproven = (join(activity, person(n), now, proven=False) for n in range(2))
        Activity.objects.filter(pk=activity.pk).update(signup_closes_at=now + 3 * HOUR)
        assert activity.pk in overdue.activities(now)
        tidy(activity, now)
        assert (state(unproven), mails(unproven)) == (State.EXPIRED, [MailKind.PROVE])

    def test_an_offer_that_ends_with_the_closing_ends_for_good(self, now):
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        seated, first = (join(activity, person(n), now) for n in range(2))
        cancel(seated, now)
        tidy(activity, now + 12 * HOUR)
        assert (state(first), mails(first)[-1]) == (State.EXPIRED, MailKind.OFFER_RAN_OUT)

    def test_an_offer_stands_as_promised_when_the_closing_is_moved_forward(self, now):
        activity = on_date(now)
        seated, first = (join(activity, person(n), now) for n in range(2))
        cancel(seated, now)
        Activity.objects.filter(pk=activity.pk).update(signup_closes_at=now + HOUR)
        late = SignUp.objects.get(pk=first.pk).offer_expires_at - HOUR
        assert activity.pk not in overdue.activities(late)
        tidy(activity, late)
        assert accept(first, late).state == State.CONFIRMED

    def test_an_offer_ends_when_a_date_that_was_moved_forward_begins(self, now):
        activity = on_date(now)
        seated, first = (join(activity, person(n), now) for n in range(2))
        cancel(seated, now)
        activity.meetings.update(starts_at=now + 24 * HOUR, ends_at=now + 25 * HOUR)
        begins = now + 24 * HOUR
        assert activity.pk in overdue.activities(begins)
        tidy(activity, begins)
        assert (state(first), mails(first)[-1]) == (State.EXPIRED, MailKind.OFFER_RAN_OUT)

    def test_proving_after_the_closing_is_too_late_for_the_list_but_not_for_a_seat(self, now):
        activity = on_date(now, signup_closes_at=now + 12 * HOUR)
        requested, waiting = (join(activity, person(n), now, proven=False) for n in range(2))
        later = now + 13 * HOUR
        assert prove(requested, later).state == State.CONFIRMED
        with pytest.raises(RefusedError):
            prove(waiting, later)

    def test_what_is_no_longer_public_is_tidied_too(self, now):
        activity = on_date(now)
        unproven = join(activity, person(1), now, proven=False)
        activity.programme.state = "draft"
        activity.programme.save()
        assert activity.pk in overdue.activities(now + DAY)
        tidy(activity, now + DAY)
        assert state(unproven) == State.EXPIRED
        assert activity.pk not in overdue.activities(now + DAY)
