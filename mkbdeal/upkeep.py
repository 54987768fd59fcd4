"""Texts of the site that ask for somebody: submitted for review, or so old that they may no longer be true."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.domain import due
from content.models import NewsArticle, Page, PublicationState
from hubs.models import Hub, Programme
from partners.models import Partner

STALE: Final = timedelta(days=365)  # since the last edit
AT_MOST: Final = 100  # rows are read, so that one query also tells how many there are

# The expression of a title. News tells what was true that day, so it grows old without harm.
NAMED: Final[dict[type[Any], Any]] = {
    Programme: F("title"),
    Hub: Concat("name", Value(" "), "town"),
    Partner: F("name"),
    Page: F("title"),
    NewsArticle: F("title"),
}
BY_NAME: Final = {model.__name__: model for model in NAMED}


@dataclass(frozen=True)
class Text:
    """A page of the site: its title, what it is, the address of its form, and why it stands in the list."""

    title: str
    what: str
    url: str
    why: str


def in_review(user: Any) -> list[Text]:
    """What was submitted and nobody judged yet, the longest waiting first. One query."""
    found = _texts(user, list(NAMED), Q(state=PublicationState.IN_REVIEW))
    return [_text(row, _("laatst bewerkt op %(day)s") % {"day": _day(row)}) for row in found]


def proposals(user: Any) -> list[Text]:
    """Changes to what is on the site that nobody decided on yet."""
    return [_waiting(waiting, _("voorstel voor wat al op de site staat")) for waiting in due.to_judge(user)]


def sent_back(user: Any) -> list[Text]:
    """Proposals and drafts that came back, with the sentence that says what should be different."""
    return [_waiting(waiting, waiting.why) for waiting in due.to_mend(user)]


def stale(user: Any, now: datetime) -> list[Text]:
    """What is on the site and was not looked at for a year, or holds values to confirm. One query."""
    models = [model for model in NAMED if model is not NewsArticle]
    asks = Q(changed_at__lt=now - STALE) | ~Q(to_confirm=[])
    found = _texts(user, models, Q(state=PublicationState.PUBLISHED) & asks)
    return [_text(row, _why_stale(row, now)) for row in found]


def _texts(user: Any, models: list[type[Any]], condition: Q) -> QuerySet[Any, dict[str, Any]]:
    """The oldest first, of every kind in one list."""
    parts = [_columns(model, model.objects.managed_by(user).filter(condition)) for model in models]
    return parts[0].union(*parts[1:], all=True).order_by("changed_at", "sort", "pk")[:AT_MOST]


def _columns(model: type[Any], rows: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    unsure = F("to_confirm") if hasattr(model, "to_confirm") else Value([], ArrayField(CharField()))
    named = rows.order_by().annotate(
        sort=Value(model.__name__, CharField()), called=Cast(NAMED[model], TextField()), unsure=unsure
    )
    return named.values("sort", "pk", "called", "changed_at", "unsure")


def _text(row: dict[str, Any], why: str) -> Text:
    options = BY_NAME[row["sort"]]._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row["pk"]])
    return Text(row["called"], str(options.verbose_name), url, why)


def _waiting(waiting: due.Waiting, why: str) -> Text:
    options = waiting.subject._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[waiting.subject.pk])
    return Text(str(waiting.subject), str(options.verbose_name), url, why)


def _why_stale(row: dict[str, Any], now: datetime) -> str:
    number = len(row["unsure"])
    unsure = ngettext("%(n)d gegeven nog te bevestigen", "%(n)d gegevens nog te bevestigen", number) % {"n": number}
    old = _("laatst bewerkt op %(day)s") % {"day": _day(row)}
    is_old = row["changed_at"] < now - STALE
    return ", ".join(part for part, is_so in ((unsure, number), (old, is_old)) if is_so)


def _day(row: dict[str, Any]) -> str:
    return dates.dated(row["changed_at"], "day")
