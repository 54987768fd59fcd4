"""Random sequences of everything that may happen to one activity: every rule of invariants.py holds after each step."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from hubs.models import Activity, Counting
from signups.domain import erasure, seats, transfers, walk_ins
from signups.domain.deadlines import offer_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import HOLDING, AgeBand, Ending, Kind, MailKind, OutboxMessage, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.signups.applying import a_class, person
from tests.signups.invariants import WEEK, check

STARTS_AT = datetime(2099, 3, 30, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAPACITY = st.none() | st.integers(0, 16)
NUMBER = st.integers(1, 9)  # few enough that doubles are common
PUPILS = st.integers(1, 12)
WHICH = st.integers(0, 99)
ENDINGS = st.sampled_from([Ending.OWN, Ending.REFUSED, Ending.DECLINED, Ending.STAFF])


class SignUps(RuleBasedStateMachine):
    """One activity from three weeks before its date until after it. Everything is rolled back at the end."""

    def __init__(self):
        super().__init__()
        self.now = STARTS_AT - 21 * DAY
        self.applications = []
        self.atomic = transaction.atomic()
        self.atomic._from_testcase = True  # as the test's own: an erasure commits, and is rolled back with it
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(
        capacity=CAPACITY,
        waiting_limit=st.none() | st.integers(0, 5),
        counts=st.sampled_from(Counting),
        closes_before=st.none() | st.sampled_from([2 * HOUR, 3 * DAY, 10 * DAY]),
        is_crowded=st.booleans(),
    )
    def open(self, capacity, waiting_limit, counts, closes_before, is_crowded):
        self.activity = ActivityFactory(
            capacity=capacity,
            waiting_limit=waiting_limit,
            counts=counts,
            for_classes=True,
            starts_at=STARTS_AT,
            signup_closes_at=closes_before and STARTS_AT - closes_before,
        )
        self.meeting = self.activity.meetings.get()
        self.other = ActivityFactory(capacity=5, waiting_limit=0, for_classes=True, starts_at=STARTS_AT)
        self.staff = UserFactory()
        if is_crowded and capacity:
            self.crowd(capacity)

    def crowd(self, capacity):
        """No seat left; a class that needs some waits in front of five persons."""
        for number in range(min(capacity, 8)):
            self.sign_up(person(100 + number), proves=True)
        Activity.objects.filter(pk=self.activity.pk).update(capacity=min(capacity, 8))
        self.sign_up(a_class(100, min(capacity, 6)), proves=True)
        for number in range(5):
            self.sign_up(person(200 + number), proves=True)

    # What visitors do

    @rule(number=NUMBER, under_16=st.booleans(), proves=st.booleans())
    def a_person_signs_up(self, number, under_16, proves):
        guardian = {"age_band": AgeBand.UNDER_16, "contact_name": f"Ouder {number}"} if under_16 else {}
        self.sign_up(person(number, **guardian), proves)

    @rule(number=NUMBER, pupils=PUPILS, proves=st.booleans())
    def a_class_signs_up(self, number, pupils, proves):
        self.sign_up(a_class(number, pupils), proves)

    @precondition(lambda self: self.applications)
    @rule(which=WHICH)
    def a_form_is_posted_again(self, which):
        self.the_sweep_comes()  # what has run out is no answer any more
        application = self.applications[which % len(self.applications)]
        made = SignUp.objects.live().filter(submit_token=application.submit_token).first()
        answer = self.decide(seats.sign_up, activity_id=self.activity.pk, application=application)
        assert not made or answer == made

    @rule(which=WHICH)
    def one_proves(self, which):
        if entry := self.pick(which, SignUp.objects.unproven()):
            self.prove(entry)

    @rule(which=WHICH)
    def one_opens_an_old_link(self, which):
        if entry := self.pick(which, SignUp.objects.all()):
            self.prove(entry)

    @rule(which=WHICH, offered=st.booleans())
    def one_accepts(self, which, offered):
        entries = SignUp.objects.filter(state=State.OFFERED) if offered else SignUp.objects.all()
        if entry := self.pick(which, entries):
            self.decide(seats.accept, sign_up_id=entry.pk)

    @rule(which=WHICH, ending=ENDINGS, live=st.booleans())
    def one_leaves(self, which, ending, live):
        if entry := self.pick(which, SignUp.objects.live() if live else SignUp.objects.all()):
            self.decide(seats.cancel, sign_up_id=entry.pk, ending=ending)

    @rule(which=WHICH)
    def one_gives_a_seat_back(self, which):
        """What moves the queue: without this few sequences pass anybody over four times."""
        if entry := self.pick(which, SignUp.objects.holding()):
            self.decide(seats.cancel, sign_up_id=entry.pk, ending=Ending.OWN)

    @rule(which=WHICH, moved=st.booleans())
    def one_is_erased(self, which, moved):
        entries = SignUp.objects.filter(replaces__isnull=False) if moved else SignUp.objects.all()
        if entry := self.pick(which, entries.filter(emptied_at=None)):
            self.decide(erasure.erase, sign_up_id=entry.pk)

    @rule(which=WHICH, pupils=PUPILS)
    def a_teacher_corrects_numbers(self, which, pupils):
        if entry := self.pick(which, SignUp.objects.filter(kind=Kind.CLASS)):
            self.decide(seats.change_class, sign_up_id=entry.pk, pupils=pupils, adults=1, remarks="")

    # What staff and time do

    @rule(which=WHICH, back=st.booleans(), agrees=st.booleans())
    def one_moves_to_another_date(self, which, back, agrees):
        """To the other date, where nobody waits, or back from there."""
        here, there = (self.other, self.activity) if back else (self.activity, self.other)
        if entry := self.pick(which, SignUp.objects.filter(activity=here).live()):
            new = self.decide(transfers.move, sign_up_id=entry.pk, to_activity_id=there.pk, by=self.staff)
            if new and agrees and not new.is_proven:
                self.prove(new)

    @rule(number=st.integers(1, 4), token=st.uuids(), again=st.booleans())
    def some_walk_in(self, number, token, again):
        given = {"number": number, "education_level_id": None, "submit_token": token, "by": self.staff}
        for _time in range(1 + again):
            self.decide(walk_ins.add, meeting_id=self.meeting.pk, **given)

    @rule(which=WHICH)
    def a_walk_in_was_a_mistake(self, which):
        if entry := self.pick(which, SignUp.objects.filter(kind=Kind.WALK_IN)):
            self.decide(walk_ins.undo, sign_up_id=entry.pk)

    @rule()
    def the_day_comes(self):
        self.now = max(self.now, STARTS_AT - 5 * HOUR)

    @rule(capacity=CAPACITY)
    def staff_change_the_capacity(self, capacity):
        with suppress(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=self.activity.pk).update(capacity=capacity)
        check(self.activity.pk)

    @rule()
    def staff_save_an_old_form(self):
        self.activity.save(update_fields=["taken", "waiting", "note"])
        check(self.activity.pk)

    @rule(cancelled=st.booleans())
    def staff_cancel_or_restore_the_date(self, cancelled):
        fields = {"cancelled_at": self.now, "cancel_reason": "Ziek"} if cancelled else {}
        Activity.objects.filter(pk=self.activity.pk).update(**{"cancelled_at": None, "cancel_reason": "", **fields})

    @rule(before=st.none() | st.sampled_from([2 * HOUR, 3 * DAY, 10 * DAY, 20 * DAY]))
    def staff_move_the_closing(self, before):
        Activity.objects.filter(pk=self.activity.pk).update(signup_closes_at=before and STARTS_AT - before)

    @rule(by=st.sampled_from([HOUR, 9 * HOUR, 25 * HOUR, 49 * HOUR, 73 * HOUR, 7 * DAY]))
    def time_passes(self, by):
        self.now += by

    @rule()
    def the_sweep_comes(self):
        self.decide(seats.tidy, activity_id=self.activity.pk)
        check(self.activity.pk, tidied_at=self.now)

    # How a step is judged

    def sign_up(self, application, proves):
        self.applications.append(application)
        entry = self.decide(seats.sign_up, activity_id=self.activity.pk, application=application)
        if entry and proves:
            self.prove(entry)

    def prove(self, entry):
        own, guardian = {"proof": Proof.OWN_LINK}, {"proof": Proof.GUARDIAN, "consent_version": "2026-11"}
        self.decide(seats.prove, sign_up_id=entry.pk, **(guardian if entry.needs_guardian else own))

    def pick(self, which, entries):
        keys = list(entries.order_by("pk").values_list("pk", flat=True))
        return SignUp.objects.get(pk=keys[which % len(keys)]) if keys else None

    def decide(self, call, **arguments):
        """Make one decision. A refusal makes no row, and but for a full house changes nothing."""
        before, mails = self.entries(), self.mails()
        try:
            answer = call(**arguments, now=self.now)
        except RefusedError as error:
            assert self.entries().keys() == before.keys()
            assert error.reason == Reason.FULL or (self.entries(), self.mails()) == (before, mails)
            self.check()
            return None
        self.check_order(before, self.entries(), mails)
        self.check_nobody_jumps_the_queue(before, self.entries())
        self.check()
        return answer

    def check(self):
        for activity in (self.activity, self.other):
            check(activity.pk)

    def entries(self):
        return {row["id"]: row for row in SignUp.objects.values()}

    def mails(self):
        return set(OutboxMessage.objects.values_list("sign_up", "kind", "dedupe_key"))

    def is_here(self, row):
        return row["activity_id"] == self.activity.pk

    def check_order(self, before, after, mails):
        """An offer passes over only whom it may, and counts it."""
        offered = [after[key] for key, kind, _ in self.mails() - mails if kind == MailKind.OFFER]
        capacity = Activity.objects.values_list("capacity", flat=True).get(pk=self.activity.pk)
        for key, was in before.items():
            waits = after[key]
            if was["state"] != State.WAITING or not was["proven_at"] or waits["state"] != State.WAITING:
                continue
            behind = sum(other["queue_number"] > waits["queue_number"] for other in offered)
            counted = waits["passed_over"] - was["passed_over"]
            assert counted == (behind if capacity is None or waits["seats"] <= capacity else 0)
            if self.now < STARTS_AT - WEEK:
                assert waits["passed_over"] <= 3 or not counted

    def check_nobody_jumps_the_queue(self, before, after):
        """While a proven entry waits, newcomers queue and no class grows; walk-ins too, while an offer can be made."""
        before, after = ({key: row for key, row in rows.items() if self.is_here(row)} for rows in (before, after))
        queue = [key for key, was in before.items() if was["state"] == State.WAITING and was["proven_at"]]
        if not any(after[key]["state"] in {State.WAITING, State.OFFERED} for key in queue):
            return
        too_late = offer_deadline(Activity.objects.get(pk=self.activity.pk), self.now) is None
        new = [row for key, row in after.items() if key not in before]
        assert all(row["state"] == State.WAITING or (row["kind"] == Kind.WALK_IN and too_late) for row in new)
        for key, was in before.items():
            assert was["state"] not in HOLDING or after[key]["seats"] <= was["seats"]


def run(examples, steps, phases=(Phase.generate, Phase.shrink), **given):
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        SignUps,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=slow,
            phases=phases,
            **given,
        ),
    )


@pytest.mark.timeout(600)  # a failure is made as short as it can be
@pytest.mark.django_db
def test_every_rule_holds_after_every_step():
    run(examples=25, steps=25)


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.django_db
def test_every_rule_holds_after_every_step_of_many():
    run(examples=400, steps=60)


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("broken", "stand_in"),
    [
        ("turns.MOST_PASSED_OVER", 99),
        ("waiting_list.expire", lambda *_: None),
        ("waiting_list.offer_free_seats", lambda *_: []),
        (
            "admission.fits",
            lambda activity, seats: (
                activity.refresh_from_db(fields=["taken"])
                or activity.capacity is None
                or activity.taken + seats <= activity.capacity
            ),
        ),
        ("seats._check_live", lambda _: None),
        ("outbox.write", lambda *_, **__: None),
        ("seats._let_go_of_the_replaced", lambda *_: None),
        ("erasure._of_one_request", lambda key: [key]),
        (
            "walk_ins.free",
            lambda activity, _now: None if activity.capacity is None else activity.capacity - activity.taken,
        ),
    ],
)
def test_it_finds_a_broken_rule(monkeypatch, broken, stand_in):
    """The control: with one decision taken away some sequence breaks a rule."""
    monkeypatch.setattr(f"signups.domain.{broken}", stand_in)
    with pytest.raises((AssertionError, IntegrityError, Flaky)):
        run(examples=300, steps=40, phases=[Phase.generate], report_multiple_bugs=False)
