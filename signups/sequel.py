"""What became of a sign-up, for the browser that sent it in: what its receiver did, and what its date tells anyway."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from hubs.models import Activity
from signups import standing
from signups.domain import seats
from signups.models import Ending, Kind, SignUp
from signups.standing import Standing
from signups.visitor import Posted

OVER: Final = {Standing.ENDED, Standing.OVER}


@dataclass(frozen=True)
class Sequel:
    """In words; `state` is the page's, as on the own page."""

    state: str
    title: str
    text: str
    is_over: bool


def sequel(posted: Posted, activity: Activity, now: datetime) -> Sequel | None:
    """None while the mail waits to be answered. A double, which made no row, is told the same as a new one.

    So what only time does to a row is not told of an unproven one: that would tell the two apart. Nor is a seat that
    was given back unproven, as a correction does into an address that is signed up already.
    """
    entry = seats.by_uuid(posted.made)
    if entry and entry.is_proven:
        stands = standing.standing(entry, now)
        return _over(posted) if stands in OVER else _going_on(posted, entry, stands)
    was_refused = entry and (entry.ending == Ending.REFUSED or entry.emptied_at)
    has_begun = activity.first_starts_at is not None and activity.first_starts_at <= now
    return _over(posted) if was_refused or has_begun or activity.cancelled_at else None


def _over(posted: Posted) -> Sequel:
    text = _("We houden geen plek meer vast.")
    if posted.application.by_guardian:
        text = _("We houden geen plek meer vast. Vraag thuis hoe het zit.")
    return Sequel("ended", _("Deze aanmelding is voorbij"), text, is_over=True)


def _going_on(posted: Posted, entry: SignUp, stands: Standing) -> Sequel:
    by_guardian, is_class = posted.application.by_guardian, posted.application.kind == Kind.CLASS
    match stands:
        case Standing.WAITING:
            title = _("Je klas staat op de wachtlijst") if is_class else _("Je staat op de wachtlijst")
            text = _("Komt er plek vrij? Dan sturen we een mail.")
        case Standing.OFFERED:
            title = _("Er is plek voor je klas") if is_class else _("Er is plek voor je")
            text = _("We stuurden een mail. Daarin staat tot wanneer je kunt kiezen.")
        case _:
            title = _("De plekken van je klas zijn zeker") if is_class else _("Je plek is zeker")
            text = _("In onze mail staan de dag en het adres.")
    if by_guardian and stands is Standing.CONFIRMED:
        text = _("Je ouder of verzorger gaf toestemming en krijgt een mail met de dag en het adres.")
    return Sequel(entry.state, title, text, is_over=False)
