"""Random sequences of everything that may happen to one activity: every rule of invariants.py holds after each step."""

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests.signups.sequences import Crowded, SignUps


def run(examples, steps, machine=SignUps, phases=(Phase.generate, Phase.shrink), **given):
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
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


def with_only(*steps, start=SignUps):
    """The machine with these rules alone: a control need not wait until chance has tried all the others."""
    rules = {rule.function.__name__ for rule in SignUps.setup_state().rules}
    assert rules.issuperset(steps)
    return type("FewSteps", (start,), dict.fromkeys(rules.difference(steps)))


@pytest.mark.timeout(600)  # a failure is made as short as it can be
@pytest.mark.django_db
def test_every_rule_holds_after_every_step():
    run(examples=25, steps=25)


@pytest.mark.proof
@pytest.mark.timeout(1800)
@pytest.mark.django_db
def test_every_rule_holds_after_every_step_of_many():
    run(examples=400, steps=60)


def _fits_beside_the_queue(activity, seats):
    activity.refresh_from_db(fields=["taken"])
    return activity.capacity is None or activity.taken + seats <= activity.capacity


def _free_beside_the_queue(activity, _now):
    return None if activity.capacity is None else activity.capacity - activity.taken


MOVES = ("a_person_signs_up", "one_proves", "one_moves_to_another_date")
BROKEN = {
    "turns.MOST_PASSED_OVER": (99, "one_gives_a_seat_back", "one_accepts"),
    "waiting_list.expire": (lambda *_: None, "a_person_signs_up", "time_passes", "the_sweep_comes"),
    "waiting_list.offer_free_seats": (lambda *_: [], "a_person_signs_up", "one_gives_a_seat_back", "the_sweep_comes"),
    "admission.fits": (_fits_beside_the_queue, "a_person_signs_up", "one_gives_a_seat_back"),
    "seats._check_live": (lambda _: None, "a_person_signs_up", "one_leaves", "one_opens_an_old_link"),
    "outbox.write": (lambda *_, **__: None, "a_person_signs_up"),
    "seats._let_go_of_the_replaced": (lambda *_: None, *MOVES),
    "erasure._of_one_request": (lambda key: [key], *MOVES, "one_is_erased"),
    "waiting_list._let_walk_ins_go": (
        lambda *_: None,
        *("the_day_comes", "some_walk_in", "time_passes", "the_sweep_comes"),
    ),
    "notices._not_told": (
        lambda entries, _now: entries.none(),
        *("a_person_signs_up", "staff_move_the_date", "everybody_is_told"),
    ),
    "retention._count": (lambda _: None, "a_person_signs_up", "what_is_past_its_term_is_forgotten"),
    "walk_ins.free": (_free_beside_the_queue, "one_gives_a_seat_back", "the_day_comes", "some_walk_in"),
}
# Seats that are free beside a queue are rare by chance.
CROWDED = {"admission.fits", "walk_ins.free"}


@pytest.mark.proof
@pytest.mark.timeout(600)
@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN)
def test_it_finds_a_broken_rule(monkeypatch, broken):
    """The control: with one decision taken away some sequence breaks a rule.

    Ids and tokens are random, so that a sequence may not fail twice; what it found the first time counts.
    """
    stand_in, *steps = BROKEN[broken]
    machine = with_only(*steps, start=Crowded if broken in CROWDED else SignUps)
    monkeypatch.setattr(f"signups.domain.{broken}", stand_in)
    with pytest.raises((AssertionError, IntegrityError, Flaky)) as found:
        run(examples=150, steps=30, machine=machine, phases=[Phase.generate], report_multiple_bugs=False)
    faults = getattr(found.value, "exceptions", [found.value])
    assert all(isinstance(fault, AssertionError | IntegrityError) for fault in faults)  # and not that time was up
