"""Random sequences of everything that may happen to one activity: every rule of invariants.py holds after each step."""

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Flaky
from hypothesis.stateful import run_state_machine_as_test

from tests.signups.sequences import SignUps


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
        ("waiting_list._let_walk_ins_go", lambda *_: None),
        ("notices._not_told", lambda entries, _now: entries.none()),
        ("retention._count", lambda _: None),
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
