"""What the tests about missed dates share: a wish, a date that suits it, a filled-in form, the link. No test here."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from content import clock, tokens
from signups import submit_token
from signups.domain.interests import Wish
from tests.factories.hubs import ActivityFactory, EducationLevelFactory

ADDRESS = "wens@voorbeeld.example"
FORM = "/agenda/wens/"


def suiting_date(interest, **fields):
    """In the period of the factory, for its level."""
    given = {"starts_at": datetime(2099, 11, 28, 9, 0, tzinfo=UTC)} | fields
    activity = ActivityFactory(**given)
    activity.programme.levels.add(interest.education_level)
    return activity


def wish(**fields):
    given = {
        "education_level_id": None,
        "from_on": date(2099, 11, 1),
        "until_on": date(2099, 11, 30),
        "people": 1,
        "email": ADDRESS,
        "language": "nl",
        "submit_token": uuid4(),
    } | fields
    given["education_level_id"] = given["education_level_id"] or EducationLevelFactory().pk
    return Wish(**given)


def filled_in(level, seconds_ago=60, **given):
    """As a browser posts it."""
    now = clock.now()
    month = f"{clock.local_date(now):%Y-%m}"
    fields = {
        "education_level": level.code,
        "people": "24",
        "from_month": month,
        "until_month": month,
        "email": "Wens@Voorbeeld.example",
        "submit_token": submit_token.make("date_wish", now=now - timedelta(seconds=seconds_ago)),
    }
    return fields | given


def link(interest, purpose=tokens.Purpose.DATE_INTEREST):
    """The path in the mail."""
    return f"{FORM}{tokens.make(tokens.Claim(purpose, interest.uuid, interest.token_version))}/"


def open_own(client, interest):
    """Click the link in the mail; the path of the own page."""
    answer = client.get(link(interest))
    assert answer.status_code == 302
    return answer["Location"]
