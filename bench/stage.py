"""What is done inside the portal, by `manage.py shell`: fills the databases, counts queries. Answers are JSON."""

import sys
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import recording
from bench.statements import dump
from content import clock
from content.models import PublicationState
from hubs.models import Activity, Audience, EducationLevel, Hub, Meeting, Programme
from mkbdeal.launch.preparation import prepare
from partners.models import Partner, School

HUB_PROGRAMMES = 15  # with five dates twenty rows
LISTED = 100
DATES = 100_000
COURSES = 100
FIRST_ID = 900_001  # a number that stands for nothing else in the recorded statements


def fill() -> None:
    """The starting content and a generated year; the hub of `paths` keeps as many programmes as make twenty rows."""
    prepare(OutputWrapper(sys.stderr), demo=True)
    surplus = Programme.objects.published().filter(hub=_hub()).order_by("pk")[HUB_PROGRAMMES:]
    Programme.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).update(state=PublicationState.DRAFT)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def paths() -> dict[str, str]:
    """One page of each kind."""
    now = clock.now()
    activity = Activity.objects.public(now).upcoming(now).first()
    assert activity is not None
    return {
        "home": "/",
        "programmes": "/programmas/",
        "programme": activity.programme.get_absolute_url(),
        "agenda": "/agenda/",
        "activity": activity.get_absolute_url(),
        "hubs": "/hubs/",
        "hub": _hub().get_absolute_url(),
        "pathway": "/leerlijn/",
        "level": "/leerlijn/havo_vwo/",
        "partners": "/partners/",
        "partner": Partner.objects.published().order_by("pk")[:1].get().get_absolute_url(),
        "news": "/nieuws/",
    }


def _hub() -> Hub:
    return Hub.objects.published().order_by("pk")[:1].get()


def queries() -> dict[str, int]:
    """How many each page makes; asked twice, because the first visit of a process also looks whether it may open."""
    counted = {}
    client = Client(headers={"host": "127.0.0.1"})
    for name, path in paths().items():
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        counted[name] = len(captured)
    return counted


def many_dates() -> None:
    """A hundred programmes in the lists, with 100,000 dates."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_starting_content", stdout=sys.stderr)
    call_command("demo_data", activities=DATES, stdout=sys.stderr)
    listed = list(_coming().values_list("programme", flat=True).order_by("programme_id").distinct()[:LISTED])
    assert len(listed) == LISTED
    Programme.objects.exclude(pk__in=listed).update(state=PublicationState.DRAFT)


def next_dates_only() -> None:
    """Deletes all but the next date of each listed programme: a hundred, in the same rows of the programme list."""
    first = _coming().order_by("programme_id", "first_starts_at", "pk").distinct("programme_id")
    kept = list(first.values_list("pk", flat=True))
    assert len(kept) == LISTED
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: what goes needs no care
        cursor.execute("DELETE FROM hubs_meeting WHERE activity_id <> ALL(%s)", [kept])
        cursor.execute("DELETE FROM hubs_activity WHERE id <> ALL(%s)", [kept])


def _coming() -> QuerySet[Activity]:
    now = clock.now()
    return Activity.objects.public(now).upcoming(now).filter(first_starts_at__gt=now, cancelled_at=None)


def courses() -> dict[str, object]:
    """A hundred dates without an end to their seats, and what a pupil answers in their form."""
    programme = Programme.objects.published().filter(levels__isnull=False).order_by("pk")[:1].get()
    Programme.objects.filter(pk=programme.pk).update(audiences=[Audience.PUPIL, Audience.STUDENT])
    starts = clock.now() + timedelta(days=60)
    ids = range(FIRST_ID, FIRST_ID + COURSES)
    Activity.objects.bulk_create(Activity(pk=pk, programme=programme) for pk in ids)
    Meeting.objects.bulk_create(
        Meeting(activity_id=pk, starts_at=starts, ends_at=starts + timedelta(hours=2)) for pk in ids
    )
    level = EducationLevel.objects.filter(programmes=programme).order_by("position")[:1].get()
    answers = {
        "age_band": "from_16",
        "audience": Audience.PUPIL.value,
        "education_level": level.code,
        "school": School.objects.order_by("pk")[:1].get().branch_code,
        "remarks": "Ik kom met de bus.",
        "privacy": "on",
    }
    statements = recording.record(ids[-1], answers)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {"ids": list(ids), "answers": answers, "statements": dump(statements)}
