"""Which dates suit somebody who missed one: the one rule, as queries. Decides and writes nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate

from content.clock import AMSTERDAM
from hubs.availability import SHORTEST_OFFER
from hubs.models import Activity, Audience
from hubs.models.activity import ROOM
from signups.models import DateInterest, OutboxMessage

Known = DateInterest.known.through
NOT_AT_SCHOOL: Final = [Audience.CAREER_CHANGER, Audience.EMPLOYEE]  # whom a wish without a level is of
WITHOUT_LEVEL: Final = Q(programme__audiences__overlap=NOT_AT_SCHOOL)
COLUMNS: Final = {field.name: field for field in DateInterest._meta.concrete_fields}


def suiting(interest: DateInterest, now: datetime) -> QuerySet[Activity]:
    """Dates that this one could sign up for now, the first to start first."""

    def own(name: str) -> Value:
        field = COLUMNS[name]
        return Value(getattr(interest, field.attname), output_field=field)

    fits = Q(programme__levels=interest.education_level_id) if interest.education_level_id else WITHOUT_LEVEL
    return _suiting(now, own).filter(fits).order_by("first_starts_at", "pk")


def news(interest: DateInterest, now: datetime) -> QuerySet[Activity]:
    """Those of them that it does not know yet."""
    return suiting(interest, now).exclude(pk__in=Known.objects.filter(dateinterest=interest).values("activity"))


def with_news(interests: QuerySet[DateInterest], now: datetime) -> QuerySet[DateInterest]:
    """Those for whom there is a date that they do not know yet."""
    known = Known.objects.filter(dateinterest=OuterRef(OuterRef("pk")), activity=OuterRef("pk"))
    unknown = _suiting(now, OuterRef).filter(~Exists(known))
    of_level = Q(Exists(unknown.filter(programme__levels=OuterRef("education_level"))))
    return interests.filter(of_level | Q(Exists(unknown.filter(WITHOUT_LEVEL)), education_level=None))


def occasion(interest: DateInterest, now: datetime) -> str:
    """Names the mail about the next news: after which date it comes. Ask before the news is made known."""
    last = Known.objects.filter(dateinterest=interest).aggregate(last=Max("pk"))["last"] or 0
    return f"{now:%Y%m%d}.{last}"


def told_in(message: OutboxMessage, interest: DateInterest, now: datetime) -> QuerySet[Activity]:
    """The dates that this mail to it is about, as far as they still suit."""
    last = message.dedupe_key.rpartition(".")[2]
    told = Known.objects.filter(dateinterest=interest, pk__gt=last)
    return suiting(interest, now).filter(pk__in=told.values("activity"))


def _suiting(now: datetime, wish: Callable[[str], Any]) -> QuerySet[Activity]:
    """Whatever the level. `wish` gives a column of the interest: its value, or a reference to the query around this."""
    dated = Activity.objects.public(now).alias(day=TruncDate("first_starts_at", tzinfo=AMSTERDAM))
    return dated.filter(
        _takes_newcomers(now),
        day__gte=wish("from_on"),
        day__lte=wish("until_on"),
        programme=Coalesce(wish("programme"), F("programme")),  # narrowed to one, or to none
        programme__hub=Coalesce(wish("hub"), F("programme__hub")),
    )


def _takes_newcomers(now: datetime) -> Q:
    """A seat or a place in the queue, as `door` of hubs/availability says it of one activity; a test compares them."""
    seat = Q(waiting=0) & ROOM
    soonest = now + SHORTEST_OFFER
    in_time = Q(first_starts_at__gt=soonest) & (Q(signup_closes_at=None) | Q(signup_closes_at__gt=soonest))
    place = (Q(capacity=None) | Q(capacity__gt=0)) & (Q(waiting_limit=None) | Q(queued__lt=F("waiting_limit")))
    opened = Q(signup_opens_at=None) | Q(signup_opens_at__lte=now)
    not_closed = Q(signup_closes_at=None) | Q(signup_closes_at__gt=now)
    return Q(seat | place & in_time, opened, not_closed, first_starts_at__gt=now, cancelled_at=None)
