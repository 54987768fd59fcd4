"""The invented year: repeatable, made once, labelled in every row, gone without a trace."""

import hashlib
from argparse import ArgumentTypeError
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from content.models import LoadedItem, NewsArticle, PublicationState
from hubs.domain.examples import remove_examples
from hubs.models import Activity, Audience, Hub, HubPartner, Meeting, Programme, ProgrammePartner, Sector
from mkbdeal.demo.activities import make_calendar
from mkbdeal.demo.year import DemoError, load_year
from mkbdeal.management.commands.demo_data import number_of_dates
from partners.models import Partner, PartnerRole
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubFactory,
    LevelGroupFactory,
    ProgrammeFactory,
    ProgressionFactory,
    RoomFactory,
    ThemeFactory,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIZE = 300

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Hub:
    """Two hubs from primary school to mbo, with a theme in common; the first has a room and comes back."""
    theme = ThemeFactory(slug="lassen", name="Lassen", name_en="Welding")
    vmbo = LevelGroupFactory(code="vmbo", name="vmbo", name_en="pre-vocational education")
    primary = EducationLevelFactory(code="po_3_8", name="groep 3-8", name_en="primary years 3-8", sector=Sector.PRIMARY)
    kb, tl = (EducationLevelFactory(code=code, name=code, group=vmbo) for code in ("vmbo_kb", "vmbo_tl"))
    mbo = EducationLevelFactory(code="mbo_3", name="mbo 3", name_en="mbo 3", sector=Sector.MBO)
    for level in (kb, tl):
        ProgressionFactory(from_level=primary, to_level=level)
        ProgressionFactory(from_level=level, to_level=mbo)
    HubFactory(slug="tweede", levels=[mbo], themes=[theme], audiences=[Audience.STUDENT, Audience.EMPLOYEE])
    hub: Hub = HubFactory(slug="eerste", levels=[primary, kb, tl], themes=[theme], audiences=[Audience.PUPIL])
    RoomFactory(hub=hub)
    return hub


def digest() -> str:
    """All that the year consists of, without the database's own numbers."""
    rows = [
        Partner.objects.order_by("slug").values_list("uuid", "slug", "kind", "town"),
        HubPartner.objects.order_by("partner__slug").values_list("hub__slug", "partner__slug", "role"),
        Programme.objects.order_by("slug").values_list("uuid", "slug", "title_en", "hub__slug", "track", "state"),
        Programme.objects.order_by("slug", "levels__code").values_list("slug", "levels__code", "themes__slug"),
        Programme.objects.order_by("slug", "leads_to__slug").values_list("slug", "leads_to__slug"),
        ProgrammePartner.objects.order_by("programme__slug", "role").values_list("programme__slug", "partner__slug"),
        Activity.objects.order_by("uuid").values_list(
            "uuid", "programme__slug", "capacity", "waiting_limit", "price", "cancelled_at", "signup_opens_at"
        ),
        Meeting.objects.order_by("activity__uuid", "starts_at").values_list("activity__uuid", "starts_at", "place"),
        NewsArticle.objects.order_by("slug").values_list("slug", "title", "dated_on"),
    ]
    return hashlib.sha256(repr([list(each) for each in rows]).encode()).hexdigest()


def test_the_same_seed_makes_the_same_year(hub: Hub) -> None:
    digests = []
    for seed in (1, 1, 2):
        load_year(activities=SIZE, now=NOW, seed=seed)
        digests.append(digest())
        remove_examples()
    assert digests[0] == digests[1] != digests[2]


def test_a_second_run_changes_nothing(hub: Hub) -> None:
    assert load_year(activities=SIZE, now=NOW)
    before = digest()
    assert load_year(activities=SIZE, now=NOW + timedelta(days=40)) is None
    assert digest() == before


def test_another_size_is_refused_until_the_first_is_removed(hub: Hub) -> None:
    load_year(activities=SIZE, now=NOW)
    with pytest.raises(DemoError, match="300 dates is there already"):
        load_year(activities=20, now=NOW)
    remove_examples()
    assert load_year(activities=20, now=NOW)


def test_every_row_is_labelled_and_has_its_english(hub: Hub) -> None:
    made = load_year(activities=SIZE, now=NOW)

    assert made
    assert Activity.objects.filter(is_example=True).count() == made.activities == SIZE
    assert Programme.objects.filter(is_example=True).count() == made.programmes == 30
    assert Partner.objects.filter(is_example=True, name__startswith="Voorbeeld").count() == made.partners == 6
    news = NewsArticle.objects.filter(title__startswith="Voorbeeld", slug__startswith="voorbeeld")
    assert news.count() == made.news_articles
    for model in (Partner, Programme, NewsArticle):
        assert not model.objects.filter(summary_en=None).exists()
    assert not Programme.objects.filter(title_en=None).exists()
    for row in [*Partner.objects.all(), *Programme.objects.all(), *NewsArticle.objects.all()]:
        row.full_clean()


def test_the_year_has_every_state_of_a_date(hub: Hub) -> None:
    load_year(activities=SIZE, now=NOW)

    dates = Activity.objects.all()
    assert dates.filter(first_starts_at__lt=NOW).exists()
    assert dates.filter(first_starts_at__gt=NOW + timedelta(days=100)).exists()
    assert not dates.filter(first_starts_at=None).exists()
    assert dates.filter(capacity=0).exists()
    assert dates.filter(capacity=None).exists()
    assert dates.filter(cancelled_at__lt=NOW).exists()
    assert not dates.filter(cancelled_at__gt=NOW).exists()
    assert dates.filter(for_classes=True).exists()
    assert dates.filter(price__gt=0).exists()
    assert dates.filter(signup_opens_at__gt=NOW).exists()
    assert {0, 5, None} <= set(dates.values_list("waiting_limit", flat=True))
    assert Meeting.objects.count() > SIZE
    assert Meeting.objects.filter(room__hub=hub).exists()
    assert dates.filter(programme__hub=hub, programme__levels__code="vmbo_kb").exists()


def test_programmes_stay_within_what_the_hub_offers_and_lead_onward(hub: Hub) -> None:
    load_year(activities=SIZE, now=NOW)

    offered = set(hub.levels.values_list("code", flat=True))
    assert set(hub.programmes.values_list("levels__code", flat=True)) == offered
    assert set(Programme.objects.values_list("state", flat=True)) == {
        PublicationState.PUBLISHED,
        PublicationState.DRAFT,
    }
    assert Programme.objects.filter(title="Lassen: les voor vmbo", title_en__contains="pre-vocational").exists()
    onward = Programme.objects.filter(levels__code="vmbo_kb", leads_to__levels__code="mbo_3")
    assert onward.exists()
    assert not Programme.objects.filter(levels__code="mbo_3", leads_to__isnull=False).exists()


def test_no_invented_partner_runs_a_real_hub(hub: Hub) -> None:
    load_year(activities=SIZE, now=NOW)
    assert HubPartner.objects.exists()
    assert not HubPartner.objects.filter(role=PartnerRole.RUNS).exists()


def test_removal_leaves_the_rest_untouched(hub: Hub) -> None:
    real = ActivityFactory(programme=ProgrammeFactory(hub=hub))
    before = digest()
    load_year(activities=SIZE, now=NOW)

    removed = remove_examples()

    assert (removed.activities, removed.programmes, removed.partners) == (SIZE, 30, 6)
    assert digest() == before
    assert list(Activity.objects.all()) == [real]
    assert not LoadedItem.objects.exists()


def test_what_staff_built_on_is_kept_and_named(hub: Hub) -> None:
    load_year(activities=20, now=NOW)
    ActivityFactory(programme=Programme.objects.published(NOW).first())
    assert remove_examples().kept_programmes == 1
    with pytest.raises(DemoError, match="in the way"):
        load_year(activities=20, now=NOW)
    assert not LoadedItem.objects.exists()


def test_without_hubs_it_says_what_to_do() -> None:
    with pytest.raises(DemoError, match="load_starting_content"):
        load_year(activities=20, now=NOW)
    assert not LoadedItem.objects.exists()


def test_the_calendar_covers_twelve_months_around_now() -> None:
    for month in range(1, 13):
        now = datetime(2026, month, 15, tzinfo=UTC)
        days = sorted(day for days in make_calendar(now).values() for day in days)
        assert days[0] < now.date() < days[-1]
        assert 300 < (days[-1] - days[0]).days < 366


def test_the_command_shows_progress_and_repeats_politely(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_data", activities=30)
    call_command("demo_data", activities=30)
    out = capsys.readouterr().out
    assert "] 30 of 30" in out
    assert "Made 5 partners, 6 programmes, 30 dates and 12 news items." in out
    assert out.rstrip().endswith("It is there already.")
    with pytest.raises(CommandError, match="30 dates is there already"):
        call_command("demo_data", activities=31)
    call_command("demo_data")  # whatever its size
    assert Activity.objects.count() == 30


@pytest.mark.parametrize("text", ["0", "-1", "100001", "x", "", "1e3", "٣", "9" * 5000])
def test_odd_sizes_are_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        number_of_dates(text)
