"""Puts the whole invented year into the database, in one transaction: all of it or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from random import Random

from django.db import IntegrityError, connection, transaction
from django.db.models import prefetch_related_objects

from content.clock import local_date
from content.models import LoadedItem, NewsArticle, PublicationState
from hubs.domain.examples import GENERATED_NEWS, GENERATED_YEAR
from hubs.models import Activity, HubPartner, Meeting, Programme, ProgrammePartner
from hubs.taxonomy import Taxonomy
from mkbdeal.demo.activities import Planned, make_calendar, plan_activities
from mkbdeal.demo.chance import SEED, stream
from mkbdeal.demo.news import make_news
from mkbdeal.demo.offers import Offer, make_offers
from mkbdeal.demo.partners import make_hub_roles, make_partners
from mkbdeal.demo.programmes import make_programmes, make_steps
from partners.models import Partner, PartnerRole

MOST_PROGRAMMES, MOST_PARTNERS = 150, 30
CHUNK = 2_000


class DemoError(Exception):
    """The year cannot be made; one sentence for whoever typed the command."""


@dataclass(frozen=True)
class Made:
    """How many rows of each came."""

    partners: int
    programmes: int
    activities: int
    news_articles: int


def load_year(
    *, activities: int, now: datetime, seed: int = SEED, progress: Callable[[int], None] = lambda done: None
) -> Made | None:
    """Make a year with this many dates; None when just that year is there already. `progress` hears the dates done.

    Raises DemoError without hubs and levels to build on, or beside a generated year of another size.
    """
    try:
        with transaction.atomic():
            return _load_year(activities, now, seed, progress) if _claim(activities) else None
    except IntegrityError as error:
        raise DemoError(
            "Rows of an earlier demo year are in the way: run `remove_examples`, and delete in the back office what it "
            f"keeps ({str(error).splitlines()[0]})."
        ) from error


def is_there() -> bool:
    """A generated year of any size."""
    return LoadedItem.objects.filter(kind=GENERATED_YEAR).exists()


def _claim(activities: int) -> bool:
    earlier = LoadedItem.objects.filter(kind=GENERATED_YEAR).exclude(key=str(activities)).first()
    if earlier:
        raise DemoError(f"A demo year with {earlier.key} dates is there already; run `remove_examples` first.")
    return LoadedItem.objects.get_or_create(kind=GENERATED_YEAR, key=str(activities))[1]


def _load_year(activities: int, now: datetime, seed: int, progress: Callable[[int], None]) -> Made:
    taxonomy = Taxonomy.load()
    prefetch_related_objects(taxonomy.hubs, "themes", "rooms")
    offers = make_offers(min(MOST_PROGRAMMES, max(6, activities // 10)), taxonomy, stream(seed, "offers"))
    if not offers:
        raise DemoError("There are no published hubs with levels and themes yet: run `load_starting_content` first.")
    chance = stream(seed, "partners")
    partners = make_partners(min(MOST_PARTNERS, max(5, activities // 50)), taxonomy.hubs, chance)
    Partner.objects.bulk_create(partners)
    HubPartner.objects.bulk_create(make_hub_roles(partners, taxonomy.hubs, chance))
    programmes = _save_programmes(offers, partners, stream(seed, "programmes"))
    news = make_news(local_date(now), stream(seed, "news"))
    NewsArticle.objects.bulk_create(news)
    LoadedItem.objects.bulk_create(LoadedItem(kind=GENERATED_NEWS, key=item.slug) for item in news)
    public = [programme for programme in programmes if programme.state == PublicationState.PUBLISHED]
    dates = plan_activities(activities, public, make_calendar(now), now, stream(seed, "activities"))
    _save_dates(dates, progress)
    with connection.cursor() as cursor:  # so many new rows would mislead the planner until the next autovacuum
        cursor.execute("ANALYZE hubs_programme, hubs_activity, hubs_meeting")
    return Made(len(partners), len(programmes), activities, len(news))


def _save_programmes(offers: Sequence[Offer], partners: Sequence[Partner], chance: Random) -> list[Programme]:
    programmes = Programme.objects.bulk_create(make_programmes(offers, chance))
    pairs = list(zip(programmes, offers, strict=True))
    in_level, in_theme, leads_to = (getattr(Programme, name).through for name in ("levels", "themes", "leads_to"))
    in_level.objects.bulk_create(
        in_level(programme=programme, educationlevel=level) for programme, offer in pairs for level in offer.levels
    )
    in_theme.objects.bulk_create(in_theme(programme=programme, theme=offer.theme) for programme, offer in pairs)
    leads_to.objects.bulk_create(
        leads_to(from_programme=one, to_programme=other) for one, other in make_steps(offers, programmes, chance)
    )
    roles = (PartnerRole.RUNS, PartnerRole.TEACHES, PartnerRole.SUPPORTS)
    ProgrammePartner.objects.bulk_create(
        ProgrammePartner(programme=programme, partner=partner, role=role)
        for programme in programmes
        for partner, role in zip(chance.sample(partners, chance.randint(1, 3)), roles, strict=False)
    )
    return programmes


def _save_dates(dates: Iterable[Planned], progress: Callable[[int], None]) -> None:
    """In chunks; the triggers of meetings fill in each activity's first and last moment."""
    dates, done = iter(dates), 0
    while chunk := list(islice(dates, CHUNK)):
        Activity.objects.bulk_create([planned.activity for planned in chunk])
        Meeting.objects.bulk_create([meeting for planned in chunk for meeting in planned.meetings])
        done += len(chunk)
        progress(done)
