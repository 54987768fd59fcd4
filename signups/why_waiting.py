"""Why an entry of the queue waits, in words for staff. What is true of it is decided in signups/domain/turns.py."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubs.models import Activity
from signups.domain.turns import MOST_PASSED_OVER, Turn, Verdict, seats_gather


def why_waiting(turn: Turn, activity: Activity, now: datetime, *, is_first: bool) -> str:
    """One or two sentences; `is_first` of those who can come to their turn."""
    numbers = {"needed": turn.entry.seats, "free": turn.free, "total": activity.capacity}
    match turn.verdict:
        case Verdict.OFFER:
            return _("Er is plek: het aanbod gaat er binnen een paar tellen uit.")
        case Verdict.FULL:
            return _full(numbers, is_first=is_first)
        case Verdict.DOES_NOT_FIT:
            return f"{_short(numbers)} {_passed_over(turn, gathers=seats_gather(activity, now))}"
        case Verdict.GATHERING:
            kept = _(
                "Al vaak genoeg overgeslagen. Alles wat vrijkomt, houden we hiervoor vast, tot een week voor de datum."
            )
            return f"{_short(numbers)} {kept}"
        case Verdict.BEHIND:
            return _("Een grotere groep vooraan gaat voor: daarvoor houden we plekken vast tot een week voor de datum.")
        case Verdict.TOO_LARGE:
            words = _(
                "Te groot: %(needed)d plekken nodig, en er zijn er in totaal %(total)d. Wie erachter staat, gaat voor."
            )
            return words % numbers
        case Verdict.UNPROVEN:
            return _("Nog niet bevestigd, en telt daarom nog niet mee.")
        case Verdict.TOO_LATE:
            return _("Er is geen tijd meer voor een aanbod. De wachtlijst sluit.")
        case Verdict.CANCELLED:
            return _("De activiteit gaat niet door. Wie wacht, krijgt daar een mail over.")


def _full(numbers: dict[str, Any], *, is_first: bool) -> str:
    if not is_first:
        return _("Alle plekken zijn bezet. Wie hoger op de lijst staat, gaat voor.")
    needed = ngettext(
        "Alle plekken zijn bezet. Komt er %(needed)d plek vrij, dan gaat het aanbod hierheen.",
        "Alle plekken zijn bezet. Komen er %(needed)d plekken vrij, dan gaat het aanbod hierheen.",
        numbers["needed"],
    )
    return needed % numbers


def _short(numbers: dict[str, Any]) -> str:
    return _("Past nog niet: %(needed)d plekken nodig en %(free)d vrij.") % numbers


def _passed_over(turn: Turn, *, gathers: bool) -> str:
    if not gathers:
        return _("In de laatste week voor de datum gaat voor wie wel past.")
    counted = {"times": turn.times_passed, "most": MOST_PASSED_OVER}
    return _("Overgeslagen: %(times)d van de %(most)d keer. Daarna houden we plekken vast.") % counted
