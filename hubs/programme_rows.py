"""Programmes as rows of a list: every text ready to print."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from content.localised import localised
from hubs.availability import seats
from hubs.models import Activity, Hub, Pictogram, Programme, Theme
from hubs.taxonomy import Taxonomy

WithRowData = Any  # a Programme with what with_row_data() annotated, for which Django has no type


@dataclass(frozen=True)
class ProgrammeRow:
    """One programme in a list; the `_lang` fields are set when the text is in another language than the page.

    Without `url` where its page is not on the site yet.
    """

    url: str
    title: str
    title_lang: str | None
    summary: str
    summary_lang: str | None
    kind: str
    pictogram: str
    hub: Hub
    for_whom: str
    next_date: str
    seats_text: str
    is_example: bool


def with_row_data(programmes: models.QuerySet[Programme], now: datetime) -> models.QuerySet[Programme]:
    """Adds what a row prints, in the same query for any number of rows."""
    following = (
        Activity.objects.filter(programme=OuterRef("pk"), cancelled_at=None, first_starts_at__gt=now)
        .order_by("first_starts_at", "pk")
        .values("pk")[:1]
    )
    levels = Programme.levels.through.objects.filter(programme=OuterRef("pk")).values("educationlevel_id")
    themes = Theme.objects.filter(programmes=OuterRef("pk")).values("pk")
    return programmes.annotate(
        next_activity=Subquery(following), level_ids=ArraySubquery(levels), theme_ids=ArraySubquery(themes)
    )


def programme_rows(
    programmes: Iterable[WithRowData], taxonomy: Taxonomy, now: datetime, *, has_pages: bool = True
) -> list[ProgrammeRow]:
    """One query, for their next dates. A hub that was published after the taxonomy was read is left out."""
    shown = [programme for programme in programmes if programme.hub_id in taxonomy.hub_by_id]
    upcoming = Activity.objects.in_bulk([programme.next_activity for programme in shown if programme.next_activity])
    prefix = reverse("programmes")
    return [
        row(
            programme,
            taxonomy,
            now,
            url=f"{prefix}{programme.slug}/" if has_pages else "",
            upcoming=upcoming.get(programme.next_activity),
        )
        for programme in shown
    ]


def pictogram_of(programme: Programme, theme_ids: Sequence[int], taxonomy: Taxonomy) -> str:
    """The programme's own drawing, else that of its first theme."""
    return programme.pictogram or (taxonomy.theme_by_id[theme_ids[0]].pictogram if theme_ids else Pictogram.TOOL)


def programmes_text(count: int, *, is_capped: bool = False) -> str:
    """ "6 programma's" """
    if is_capped:
        return _("Meer dan %(count)d programma's") % {"count": count}
    return ngettext("%(count)d programma", "%(count)d programma's", count) % {"count": count}


def row(
    programme: WithRowData, taxonomy: Taxonomy, now: datetime, *, url: str, upcoming: Activity | None = None
) -> ProgrammeRow:
    """Makes no query; `upcoming` is the next date, where that is shown."""
    title, title_lang = localised(programme, "title")
    summary, summary_lang = localised(programme, "summary")
    starts = upcoming.first_starts_at if upcoming else None
    return ProgrammeRow(
        url=url,
        title=title,
        title_lang=title_lang,
        summary=summary,
        summary_lang=summary_lang,
        kind=programme.get_kind_display(),
        pictogram=pictogram_of(programme, programme.theme_ids, taxonomy),
        hub=taxonomy.hub_by_id[programme.hub_id],
        for_whom=taxonomy.for_whom(programme.level_ids, programme.audiences),
        next_date=dates.unbroken(dates.short_day(starts)) if starts else "",
        seats_text=seats(upcoming, now).text if upcoming else "",
        is_example=programme.is_example,
    )
