"""The page that says why one cannot sign up, and where one still can."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from content import dates, onward
from hubs import facts
from hubs.availability import ENTERED, Door, door, why_full
from hubs.models import Activity
from signups.models import Kind
from signups.other_dates import other_dates
from signups.seat_pass import seat_pass


def closed(request: HttpRequest, activity: Any, kind: Kind, now: datetime, sentence: str = "") -> HttpResponse:
    """With the domain's own sentence where it refused; other dates of the programme that take who asked.

    The activity comes with the places of its meetings, as the form's view reads it.
    """
    context = {
        "activity": activity,
        "pass": seat_pass(activity, activity.places, is_decided=True),
        "sentence": sentence or _sentence(activity, now),
        "for_other_kind": door(activity, now) in ENTERED and not sentence,
        "contact": facts.contact_facts(activity.programme.hub, ""),
        "is_class": kind == Kind.CLASS,
        "others": other_dates(activity, kind, now),
        "elsewhere": onward.links("activities", "programmes"),
    }
    return render(request, "signups/closed.html", context)


def _sentence(activity: Activity, now: datetime) -> str:
    match door(activity, now):
        case Door.CANCELLED:
            return activity.cancel_reason or _("Deze activiteit gaat niet door.")
        case Door.CLOSED:
            return _("Aanmelden is gesloten.")
        case Door.NOT_OPEN_YET if activity.signup_opens_at:
            opens = {"day": dates.day(activity.signup_opens_at), "time": dates.clock_time(activity.signup_opens_at)}
            return _("Aanmelden kan vanaf %(day)s, %(time)s.") % opens
        case Door.FULL:
            return why_full(activity, now)
        case _:
            return (
                _("Deze activiteit is voor klassen. Je docent meldt de klas aan.")
                if activity.for_classes
                else _("Voor deze activiteit meld je je alleen aan, niet met een klas.")
            )
