"""No mistyped year reaches the database: one row in the year 1 or 9999 would take every page down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import content, hubs, partners
from tests.hubs.test_admin_hubs import change, errors, office  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

WRONG = [datetime(1, 1, 2, tzinfo=UTC), datetime(1999, 12, 31, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)]
PUBLISHED = [
    content.NewsArticleFactory, content.PageFactory, partners.PartnerFactory, hubs.HubFactory, hubs.ProgrammeFactory,
]  # fmt: skip


def refused(factory, **fields):
    with pytest.raises(IntegrityError, match="in_bounds"), transaction.atomic():
        factory(**fields)


@pytest.mark.parametrize("moment", WRONG)
@pytest.mark.parametrize("field", ["publish_at", "expire_at"])
@pytest.mark.parametrize("factory", PUBLISHED)
def test_what_is_published(factory, field, moment):
    refused(factory, **{field: moment})


@pytest.mark.parametrize("moment", WRONG)
def test_dates_of_an_activity(moment):
    refused(hubs.ActivityFactory, signup_opens_at=moment)
    refused(hubs.ActivityFactory, signup_closes_at=moment)
    refused(hubs.MeetingFactory, starts_at=moment, ends_at=moment + timedelta(hours=1))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(9999, 12, 31)])
def test_days(day):
    refused(content.NewsArticleFactory, dated_on=day)
    refused(content.PageFactory, updated_on=day)
    refused(partners.SchoolHolidayFactory, from_on=day, until_on=day)


def test_history_begins_earlier():
    content.MilestoneFactory(happened_on=date(1950, 1, 1))
    refused(content.MilestoneFactory, happened_on=date(1899, 12, 31))


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1999-06-01T10:00", "9999-12-31T23:59"])
def test_the_form_says_it(office, typed):  # noqa: F811
    for row, field in [(hubs.ActivityFactory(), "signup_opens_at"), (hubs.ActivityFactory(), "meetings-0-starts_at")]:
        fields = {field: typed}
        if field.startswith("meetings"):
            fields["meetings-0-ends_at"] = typed.replace(":00", ":30").replace(":59", ":59:30")
        assert "Vul een jaar tussen 2000 en 2100 in." in "".join(errors(change(office, row, **fields)))
    typed_day = typed.partition("T")[0]
    assert "tussen 2000 en 2100" in "".join(errors(change(office, content.NewsArticleFactory(), dated_on=typed_day)))


def test_the_form_offers_no_other_years(office):  # noqa: F811
    html = office.get(f"/beheer/hubs/activity/{hubs.ActivityFactory().pk}/change/").content.decode()
    assert 'min="2000-01-01T00:00" max="2099-12-31T23:59"' in html
    html = office.get(f"/beheer/content/milestone/{content.MilestoneFactory().pk}/change/").content.decode()
    assert 'min="1900-01-01"' in html


def test_a_meeting_lasts_a_day_at_most(office):  # noqa: F811
    start = datetime(2099, 3, 1, 9, tzinfo=UTC)
    hubs.MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=24))
    with pytest.raises(IntegrityError, match="at_most_a_day"), transaction.atomic():
        hubs.MeetingFactory(starts_at=start, ends_at=start + timedelta(hours=24, minutes=1))
    fields = {"meetings-0-ends_at": "2099-11-30T10:00"}
    assert "hoogstens 24 uur" in "".join(errors(change(office, hubs.ActivityFactory(), **fields)))


@pytest.mark.parametrize("slug", ["feed", "insluiten"])
def test_addresses_of_the_site_itself(office, slug):  # noqa: F811
    with pytest.raises(IntegrityError, match="not_reserved"), transaction.atomic():
        content.NewsArticleFactory(slug=slug)
    assert "Dit adres gebruikt de site zelf" in "".join(errors(change(office, content.NewsArticleFactory(), slug=slug)))


@pytest.mark.parametrize("factory", [partners.PartnerFactory, hubs.HubFactory])
@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://voorbeeld.example", "voorbeeld.example"])
def test_a_website_is_on_the_web(factory, website):
    factory(website="HTTPS://voorbeeld.example")
    with pytest.raises(IntegrityError, match="website_is_web"), transaction.atomic():
        factory(website=website)
