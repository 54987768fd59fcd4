"""The start page of the back office: what is on soon, and what asks for something, each one click from the thing.

Everything is read through `.managed_by(user)`. Lists end after a few rows, and say how many more there are and where.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs import occupancy
from hubs.models import Activity, Programme
from hubs.occupancy import Occupancy
from mkbdeal import upkeep
from mkbdeal.week import Departures, counted, more, week
from partners.models import MemberRole
from signups.domain.attention import attention
from signups.domain.demand import people_by_month
from signups.domain.small_numbers import FEWEST, Together
from signups.models import Delivery, OutboxMessage

MOST: Final = 5  # rows of a list
COLUMN: Final = 40  # height of the picture of demand


@dataclass(frozen=True)
class Row:
    """One thing: `about` says which one, `asks` what it asks, each a short sentence."""

    title: str
    url: str
    about: str
    asks: Sequence[str] = ()
    seats: Occupancy | None = None


@dataclass(frozen=True)
class Block:
    """A list with a heading. `rest` is folded; `more` rows are not shown, and `all_url` leads to all of them."""

    key: str
    heading: str
    rows: Sequence[Row]
    rest: Sequence[Row] = ()
    more: int = 0
    all_url: str = ""


@dataclass(frozen=True)
class Month:
    """People who miss a date in one month, None for too few to show; `height` of its column, `top` of what is above."""

    name: str
    long_name: str
    people: int | None
    is_more: bool
    height: int
    top: int


@dataclass(frozen=True)
class StartPage:
    """What one member of staff sees."""

    has_programmes: bool
    has_dates: bool
    parts_of_week: Sequence[Departures]
    blocks: Sequence[Block]
    demand: Sequence[Month] = field(default_factory=list)
    fewest: int = FEWEST


def start_page(user: Any, now: datetime) -> StartPage:
    """A dozen queries, however much there is."""
    managed: Any = Activity.objects.managed_by(user)
    made = Programme.objects.managed_by(user).aggregate(programmes=Count("pk"), dates=Count("activities"))
    blocks = [
        _attention(user, now),
        _failed_mails(user),
        _in_review(user),
        _of_texts("sent_back", _("Teruggestuurd: nog iets aan te doen"), upkeep.sent_back(user)),
        _dates("full", _("Bijna vol"), occupancy.nearly_full(managed, now)),
        _dates("empty", _("Begint binnen twee weken en is bijna leeg"), occupancy.nearly_empty(managed, now)),
        _stale(user, now),
    ]
    return StartPage(
        has_programmes=bool(made["programmes"]),
        has_dates=bool(made["dates"]),
        parts_of_week=week(user, now),
        blocks=[block for block in blocks if block.rows],
        demand=_demand(now),
    )


# --- Lists -----------------------------------------------------------------------------------------------------------


def _attention(user: Any, now: datetime) -> Block:
    found = list(counted(attention(user, now))[:MOST])
    rows = [
        Row(str(activity.programme), _participants(activity), _when(activity), asks=_asks(activity))
        for activity in found
    ]
    url = reverse("admin:signups_signup_changelist")
    return Block("attention", _("Aanmeldingen die op iets wachten"), rows, more=more(found), all_url=url)


def _asks(activity: Any) -> list[str]:
    """What runs out says when."""
    asks = (
        (activity.callers, activity.call_before, _callers),
        (activity.offers, activity.offers_until, _offers),
        (activity.unproven, activity.unproven_until, _unproven),
    )
    said = [words(number) % {"n": number, "until": _moment(until)} for number, until, words in asks if number]
    if activity.classes:
        said.append(ngettext("%(n)d klas wacht", "%(n)d klassen wachten", activity.classes) % {"n": activity.classes})
    return said


def _callers(number: int) -> str:
    return ngettext(
        "Bel %(n)d beller voor %(until)s: er is een plek", "Bel %(n)d bellers, de eerste voor %(until)s", number
    )


def _offers(number: int) -> str:
    return ngettext("%(n)d aanbod loopt tot %(until)s", "%(n)d aanbiedingen lopen, tot %(until)s", number)


def _unproven(number: int) -> str:
    return ngettext(
        "%(n)d aanmelding is nog niet bevestigd en vervalt %(until)s",
        "%(n)d aanmeldingen zijn nog niet bevestigd; de eerste vervalt %(until)s",
        number,
    )


def _failed_mails(user: Any) -> Block:
    """One row for each reason would tell staff nothing: they send again, or call."""
    failed = OutboxMessage.objects.managed_by(user).filter(state=Delivery.FAILED).count()
    url = reverse("admin:signups_outboxmessage_changelist") + f"?state__exact={Delivery.FAILED}"
    title = ngettext("%(n)d mail kwam niet aan", "%(n)d mails kwamen niet aan", failed) % {"n": failed}
    rows = [Row(title, url, _("Stuur ze opnieuw, of bel."))] if failed else []
    return Block("mails", _("Mails die niet aankwamen"), rows)


def _in_review(user: Any) -> Block:
    """For who publishes: to judge. Somebody who only edits sees what is waiting; who does both, both in one list."""
    roles = () if user.is_programme_office else user.roles
    if MemberRole.EDITOR not in roles:
        heading = _("Ter beoordeling: jij beslist")
    elif MemberRole.MANAGER in roles:
        heading = _("Ter beoordeling")
    else:
        heading = _("Ter beoordeling bij een beheerder")
    return _of_texts("review", heading, [*upkeep.in_review(user), *upkeep.proposals(user)])


def _stale(user: Any, now: datetime) -> Block:
    return _of_texts("stale", _("Klopt dit nog?"), upkeep.stale(user, now))


def _of_texts(key: str, heading: str, texts: Sequence[upkeep.Text]) -> Block:
    """Of several kinds together, so no list of one kind shows the rest."""
    rows = [Row(text.title, text.url, text.what, asks=[text.why]) for text in texts]
    return Block(key, heading, rows[:MOST], rest=rows[MOST:])


def _dates(key: str, heading: str, activities: QuerySet[Activity]) -> Block:
    found = list(counted(activities.select_related("programme__hub"))[:MOST])
    rows = [Row(str(one.programme), _participants(one), _when(one), seats=occupancy.occupancy(one)) for one in found]
    return Block(key, heading, rows, more=more(found), all_url=reverse("admin:signups_signup_changelist"))


def _participants(activity: Activity) -> str:
    return reverse("admin:participants", args=[activity.pk])


def _when(activity: Activity) -> str:
    """Activities in these lists have a date."""
    return f"{_moment(activity.first_starts_at)} · {activity.programme.hub}"


def _moment(at: datetime | None) -> str:
    return f"{dates.short_day(at)}, {dates.clock_time(at)}" if at else ""


# --- Demand ----------------------------------------------------------------------------------------------------------


def _demand(now: datetime) -> list[Month]:
    """A column for each month; nothing where nobody misses a date."""
    found = people_by_month(now)
    if not any(together.people != 0 for _month, together in found):
        return []
    most = max(together.people or 1 for _month, together in found)
    return [_month(month, together, most) for month, together in found]


def _month(month: date, together: Together, most: int) -> Month:
    people = together.people
    height = 0 if people == 0 else max(2, COLUMN * (people or 0) // most)
    names = dates.short_month(month), dates.month_and_year(month)
    return Month(*names, people, together.is_more, height, COLUMN - height)
