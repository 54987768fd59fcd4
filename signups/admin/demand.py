"""The page that shows where dates are missed, by level and month: numbers for all staff, nobody's address."""

from typing import Any, Final

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext

from content import clock, dates
from content.admin.base import ClosedAdmin
from content.localised import localised
from signups.domain import demand
from signups.domain.demand import LevelDemand, PlaceDemand
from signups.domain.small_numbers import FEWEST
from signups.models import DateInterest

WIDEST: Final = 40  # of a bar, in the units of its drawing


@admin.register(DateInterest)
class DateInterestAdmin(ClosedAdmin):
    """One page and no other: the rows themselves may hold an address."""

    def get_urls(self) -> list[URLPattern]:
        """Under the name of the list, where the start page leads."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="signups_dateinterest_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        found = demand.demand(clock.now())
        most = max((number or 0 for level in found.levels for number in level.by_month), default=0)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Datumwensen"),
            "opts": self.opts,
            "months": [
                (f"{dates.short_month(month)} ’{month:%y}", dates.month_and_year(month)) for month in found.months
            ],
            "rows": [_row(level, most) for level in found.levels],
            "places": [_place(place) for place in found.places],
            "widest": WIDEST,
            "fewest": FEWEST,
        }
        return TemplateResponse(request, "admin/signups/dateinterest/demand.html", context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return obj is None and self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def _row(level: LevelDemand, most: int) -> dict[str, Any]:
    """`bar` is how wide the number is drawn: the largest of the table fills its cell."""
    named = level.level
    return {
        "level": localised(named, "alias" if named.alias else "name")[0] if named else gettext("niet op school"),
        "people": level.people.people,
        "is_more": level.people.is_more,
        "cells": [
            {"people": number, "bar": max(1, WIDEST * number // most) if number else 0} for number in level.by_month
        ],
    }


def _place(place: PlaceDemand) -> dict[str, Any]:
    return {"name": str(place.place), "kind": place.place._meta.verbose_name, "people": place.people}
