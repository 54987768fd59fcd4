"""The list of participants as a file: exactly what the page shows, nothing live in it, closed to others."""

import pytest

from signups.models import State
from tests.exchanging import cells
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory(capacity=60, for_classes=True)


def file(client, activity, suffix):
    return client.get(f"/beheer/signups/deelnemers/{activity.pk}/{suffix}/")


def test_names_only_once_proven_and_no_formula(at_work, activity):
    SignUpFactory(activity=activity, name="=HYPERLINK(1)", remarks="+31 bellen")
    SignUpFactory(activity=activity, name="Nog geheim", is_proven=False, state=State.REQUESTED)
    head, *rows = cells(file(at_work, activity, "xlsx").content)
    listed = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Stand"], row["Naam"]) for row in listed] == [
        ("Komen", "'=HYPERLINK(1)"),
        ("Nog niet bevestigd", None),
    ]
    answer = file(at_work, activity, "csv")
    text = answer.content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in text
    assert '"\'+31 bellen"' in text
    assert "Nog geheim" not in text
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="deelnemers-{activity.pk}.csv"'


def test_another_partners_date_answers_like_none(at_work):
    foreign = ActivityFactory()
    SignUpFactory(activity=foreign)
    for suffix in ("xlsx", "csv"):
        assert file(at_work, foreign, suffix).status_code == 404
        foreign.pk = 987654321
        assert file(at_work, foreign, suffix).status_code == 404
