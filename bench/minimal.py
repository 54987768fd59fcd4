"""What the portal is compared with: Django as `startproject` makes it, and nothing else.

One list page with one query and a plain template, and one view that runs a sign-up's statements as they are.
"""

import os
from itertools import groupby
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.statements import Statement, last_value, load, values
from mkbdeal import env

env.enter("web")
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ["SECRET_KEY"],
    DATABASES={"default": env.database()},  # kept connections, as the portal has them
    INSTALLED_APPS=[f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    TIME_ZONE="Europe/Amsterdam",
    USE_TZ=True,
)
django.setup()

ROWS = 20
statements: list[Statement] = load(Path(os.environ["BENCH_STATEMENTS"])) if "BENCH_STATEMENTS" in os.environ else []


class Programme(models.Model):
    """The portal's table, with what a list prints."""

    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "hubs_programme"

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """Likewise."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT)
    first_starts_at = models.DateTimeField()
    last_ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True)
    taken = models.PositiveIntegerField()

    objects: ClassVar["models.Manager[Activity]"] = models.Manager()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "hubs_activity"

    def __str__(self) -> str:
        return f"{self.programme}, {self.first_starts_at}"


def activities(request: HttpRequest) -> HttpResponse:
    """Twenty rows."""
    coming = Activity.objects.filter(first_starts_at__gt=Now()).select_related("programme")
    return render(request, "list.html", {"activities": coming.order_by("first_starts_at", "pk")[:ROWS]})


@csrf_exempt
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Believes everything that is posted."""
    given = values(pk, request.POST["participant_name"], request.POST["email"], uuid4)
    with connection.cursor() as cursor:
        for is_atomic, group in groupby(statements, lambda statement: statement.is_atomic):
            if is_atomic:
                with transaction.atomic():
                    _run(cursor, list(group), given)
            else:
                _run(cursor, list(group), given)
    return HttpResponse(status=303, headers={"Location": "ontvangen/"})


def _run(cursor: object, group: list[Statement], given: dict[str, object]) -> None:
    for statement in group:
        cursor.execute(statement.sql, given)  # type: ignore[attr-defined]
        rows = cursor.fetchall() if cursor.description else []  # type: ignore[attr-defined]
        if statement.yields:
            given[statement.yields] = last_value(statement, rows)


urlpatterns = [
    path("agenda/", activities),
    path("agenda/<int:pk>/", activities, name="activity"),
    path("agenda/<int:pk>/aanmelden/", sign_up),
]
application = WSGIHandler()
