"""Everything that may happen to one activity, as rules; hypothesis makes sequences of them. No test lives here."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hubs.models import Activity, Counting, Meeting
from signups.domain import erasure, lost_mail, moves, notices, retention, seats, transfers, walk_ins
from signups.domain.deadlines import offer_deadline
from signups.domain.errors import Reason, RefusedError
from signups.models import HOLDING, AgeBand, Ending, Kind, MailKind, OutboxMessage, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import UserFactory
from tests.signups.applying import a_class, person
from tests.signups.invariants import WEEK, check, is_past_term

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
        meetings=st.integers(1, 2),
        is_crowded=st.booleans(),
    )
    def open(self, capacity, waiting_limit, counts, closes_before, meetings, is_crowded):
        self.activity = ActivityFactory(
            capacity=capacity,
            waiting_limit=waiting_limit,
            counts=counts,
            for_classes=True,
            starts_at=STARTS_AT,
            signup_closes_at=closes_before and STARTS_AT - closes_before,
            meetings=meetings,
        )
        self.meetings = list(self.activity.meetings.values_list("pk", flat=True))
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
        made = lost_mail.made_by(application.submit_token, application.digest())
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

    @precondition(lambda self: self.applications)
    @rule(which=WHICH, number=NUMBER)
    def one_corrects_the_address(self, which, number):
        """To one's own again, to somebody else's or to a new one."""
        application = self.applications[which % len(self.applications)]
        email = person(number).email
        given = {"application": application, "fields_digest": application.digest(), "email": email}
        self.decide(lost_mail.correct_address, activity_id=self.activity.pk, **given)

    # What staff and time do

    @rule(which=WHICH, back=st.booleans(), agrees=st.booleans())
    def one_moves_to_another_date(self, which, back, agrees):
        """To the other date, where nobody waits, or back from there."""
        here, there = (self.other, self.activity) if back else (self.activity, self.other)
        if entry := self.pick(which, SignUp.objects.filter(activity=here).live()):
            new = self.decide(transfers.move, sign_up_id=entry.pk, to_activity_id=there.pk, by=self.staff)
            if new and agrees and not new.is_proven:
                self.prove(new)

    @rule(number=st.integers(1, 4), token=st.uuids(), again=st.booleans(), which=WHICH)
    def some_walk_in(self, number, token, again, which):
        given = {"number": number, "education_level_id": None, "submit_token": token, "by": self.staff}
        for _time in range(1 + again):
            self.decide(walk_ins.add, meeting_id=self.meetings[which % len(self.meetings)], **given)

    @rule(which=WHICH)
    def a_walk_in_was_a_mistake(self, which):
        if entry := self.pick(which, SignUp.objects.filter(kind=Kind.WALK_IN)):
            self.decide(walk_ins.undo, sign_up_id=entry.pk)

    @rule(which=WHICH)
    def the_day_comes(self, which):
        meeting = Meeting.objects.get(pk=self.meetings[which % len(self.meetings)])
        self.now = max(self.now, meeting.starts_at - 5 * HOUR)

    @precondition(lambda self: self.date().last_ends_at > self.now)
    @rule(days=st.sampled_from([-9, -1, 1, 12]))
    def staff_move_the_date(self, days):
        """As a whole, before it begins."""
        date = self.date()
        self.decide(moves.carry_out, versions={date.pk: date.version}, move=moves.Move(days=days), by=self.staff)

    @precondition(lambda self: self.date().last_ends_at > self.now)
    @rule(by=st.sampled_from([-8 * DAY, -3 * HOUR, 2 * HOUR, 7 * DAY]), which=WHICH)
    def staff_move_a_meeting(self, by, which):
        """In the form of the date, also when it has begun. Not what is over: an old date is no new one."""
        meeting = Meeting.objects.get(pk=self.meetings[which % len(self.meetings)])
        meeting.starts_at, meeting.ends_at = meeting.starts_at + by, meeting.ends_at + by
        with suppress(IntegrityError), transaction.atomic():
            meeting.save()
        self.check()

    @rule(counts=st.sampled_from(Counting))
    def staff_change_what_takes_a_seat(self, counts):
        with suppress(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=self.activity.pk).update(counts=counts)
        self.check()

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
        closes_at = before and self.date().first_starts_at - before
        Activity.objects.filter(pk=self.activity.pk).update(signup_closes_at=closes_at)

    @rule(by=st.sampled_from([HOUR, 9 * HOUR, 25 * HOUR, 49 * HOUR, 73 * HOUR, 7 * DAY]))
    def time_passes(self, by):
        self.now += by

    @rule()
    def the_sweep_comes(self):
        self.decide(seats.tidy, activity_id=self.activity.pk)
        check(self.activity.pk, tidied_at=self.now)

    @rule()
    def everybody_is_told(self):
        self.decide(notices.tell, activity_id=self.activity.pk)
        check(self.activity.pk, told_at=self.now)

    @rule(later=st.sampled_from([0 * DAY] * 5 + [60 * DAY]))
    def what_is_past_its_term_is_forgotten(self, later):
        self.now += later
        before = self.entries()
        self.decide(retention.run)
        for entry in SignUp.objects.filter(emptied_at__isnull=False).select_related("activity"):
            assert before[entry.pk]["emptied_at"] or is_past_term(entry, entry.activity, self.now)
        for activity in (self.activity, self.other):
            check(activity.pk, forgotten_at=self.now)

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
        self.check_links_and_walk_ins(before, self.entries())
        self.check()
        return answer

    def check(self):
        for activity in (self.activity, self.other):
            check(activity.pk)

    def date(self):
        return Activity.objects.get(pk=self.activity.pk)

    def entries(self):
        return {row["id"]: row for row in SignUp.objects.values()}

    def mails(self):
        return set(OutboxMessage.objects.values_list("sign_up", "kind", "dedupe_key"))

    def is_here(self, row):
        return row["activity_id"] == self.activity.pk

    def check_order(self, before, after, mails):
        """An offer passes over only whom it may, and counts it."""
        offered = [after[key] for key, kind, _ in self.mails() - mails if kind == MailKind.OFFER]
        date = self.date()
        capacity, starts_at = date.capacity, date.first_starts_at
        for key, was in before.items():
            waits = after[key]
            if was["state"] != State.WAITING or not was["proven_at"] or waits["state"] != State.WAITING:
                continue
            behind = sum(other["queue_number"] > waits["queue_number"] for other in offered)
            counted = waits["passed_over"] - was["passed_over"]
            assert counted == (behind if capacity is None or waits["seats"] <= capacity else 0)
            if self.now < starts_at - WEEK:
                assert waits["passed_over"] <= 3 or not counted

    def check_nobody_jumps_the_queue(self, before, after):
        """While a proven entry waits, newcomers queue and no class grows; walk-ins too, while an offer can be made."""
        before, after = ({key: row for key, row in rows.items() if self.is_here(row)} for rows in (before, after))
        queue = [key for key, was in before.items() if was["state"] == State.WAITING and was["proven_at"]]
        if not any(after[key]["state"] in {State.WAITING, State.OFFERED} for key in queue):
            return
        too_late = offer_deadline(self.date(), self.now) is None
        new = [row for key, row in after.items() if key not in before]
        assert all(row["state"] == State.WAITING or (row["kind"] == Kind.WALK_IN and too_late) for row in new)
        for key, was in before.items():
            assert was["state"] not in HOLDING or after[key]["seats"] <= was["seats"]

    def check_links_and_walk_ins(self, before, after):
        """Another address has other links, and nobody who is still inside loses a seat."""
        for key, was in before.items():
            row = after[key]
            assert row["email"] in {was["email"], ""} or row["token_version"] > was["token_version"]
            if row["kind"] == Kind.WALK_IN and row["state"] == State.CONFIRMED and row["seats"] < was["seats"]:
                assert Meeting.objects.get(attendances__sign_up=key).ends_at <= self.now


class Crowded(SignUps):
    """From the start it is full, and a class waits that needs every seat: what comes free before it fits stays free."""

    @initialize()
    def open(self):
        super().open(6, waiting_limit=1, counts=Counting.HEADS, closes_before=None, meetings=1, is_crowded=True)
