"""The database counts seats and refuses what code forbids, whatever writes."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection

from content import clock
from hubs.models import Activity
from signups.models import AgeBand, Kind, Proof, SignUp, State
from tests.factories.hubs import ActivityFactory
from tests.signups.applying import a_class, person
from tests.signups.joining import counters, join

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return clock.now()


class TestCounters:
    """The trigger counts whatever writes; each CHECK refuses what code forbids."""

    def test_deleting_gives_seats_back(self, now):
        activity = ActivityFactory(for_classes=True, capacity=30)
        join(activity, a_class(), now).delete()
        assert counters(activity) == (0, 0)

    def test_moving_to_another_activity_moves_the_seats(self, now):
        old, new = ActivityFactory(), ActivityFactory()
        SignUp.objects.filter(pk=join(old, person(), now).pk).update(activity=new)
        assert (counters(old), counters(new)) == ((0, 0), (1, 0))

    def test_the_database_itself_refuses_to_oversell(self, now):
        activity = ActivityFactory(capacity=1)
        join(activity, person(), now)
        second = replace(person(2), name="Leerling 2")
        with pytest.raises(IntegrityError, match="hubs_activity_never_oversold"):
            SignUp.objects.create(
                activity=activity,
                kind=Kind.PERSON,
                name=second.name,
                email=second.email,
                age_band=second.age_band,
                seats=1,
                state=State.REQUESTED,
                queue_number=2,
                proof_expires_at=now,
            )

    def test_without_the_trigger_it_would_oversell(self, now):
        activity = ActivityFactory(capacity=1)
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER signups_count ON signups_signup")
        assert {join(activity, person(n), now).state for n in range(3)} == {State.REQUESTED}

    def test_capacity_below_taken_is_refused(self, now):
        activity = ActivityFactory(capacity=2)
        join(activity, person(1), now)
        join(activity, person(2), now)
        with pytest.raises(IntegrityError, match="hubs_activity_never_oversold"):
            Activity.objects.filter(pk=activity.pk).update(capacity=1)

    def test_a_stale_save_of_the_activity_keeps_the_counters(self, now):
        activity = ActivityFactory(capacity=5)
        opened = Activity.objects.get(pk=activity.pk)
        join(activity, person(), now)
        opened.capacity = 6
        opened.save()
        assert counters(activity) == (1, 0)

    @pytest.mark.parametrize(
        ("constraint", "changes"),
        [
            ("proven_before_seated", {"state": State.CONFIRMED}),
            ("offer_has_deadline", {"state": State.OFFERED, "proven_at": "now", "proof": Proof.STAFF}),
            ("requested_is_unproven", {"proven_at": "now", "proof": Proof.STAFF}),
            ("proof_is_known", {"state": State.WAITING, "proven_at": "now"}),
            ("ended_with_reason", {"state": State.CANCELLED}),
            ("unproven_has_deadline", {"proof_expires_at": None}),
            ("email_lower_case", {"email": "Leerling@School.example"}),
            ("kind_fits", {"seats": 2}),
            ("under_16_has_guardian", {"age_band": AgeBand.UNDER_16}),
            ("emptied_is_empty", {"emptied_at": "now"}),
            ("person_has_age_band", {"age_band": ""}),
            ("guardian_consents_under_16", {"proven_at": "now", "proof": Proof.GUARDIAN, "state": State.CONFIRMED}),
            (
                "guardian_consents_under_16",
                {
                    "proven_at": "now",
                    "proof": Proof.OWN_LINK,
                    "state": State.CONFIRMED,
                    "age_band": AgeBand.UNDER_16,
                    "contact_name": "Ouder",
                },
            ),
        ],
    )
    def test_the_database_refuses(self, now, constraint, changes):
        entry = join(ActivityFactory(), person(), now)
        given = {name: now if value == "now" else value for name, value in changes.items()}
        with pytest.raises(IntegrityError, match=constraint):
            SignUp.objects.filter(pk=entry.pk).update(**given)
