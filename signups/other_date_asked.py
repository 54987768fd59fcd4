"""A move that waits for a guardian's yes: which date stays until then, and which one was asked for. Reads only."""

from datetime import datetime

from django.utils.translation import gettext as _

from content import dates
from signups import standing
from signups.domain import transfers
from signups.mails.facts import date_of
from signups.models import SignUp


def instead_of(entry: SignUp) -> str:
    """The date that stays as it is until a guardian agrees to this one."""
    old = entry.replaces
    return date_of(old, beside=entry.activity) if old and old.is_live else ""


def open_question(entry: SignUp, now: datetime) -> tuple[str, str] | None:
    """On the page of the date that stays: what was asked, and how to answer; None when nothing waits for an answer."""
    may_wait = entry.needs_guardian and entry.is_proven and entry.is_live
    asked = transfers.asked(entry) if may_wait else None
    if asked is None or standing.ending(asked, now):
        return None
    runs_out = standing.runs_out_at(asked)
    until = dates.moment(runs_out) if runs_out else ""
    return (
        _("Er is een andere datum gevraagd: %(date)s") % {"date": date_of(asked, beside=entry.activity)},
        _(
            "Je kreeg daar een mail over. Zeg via die mail ja of nee, vóór %(until)s. Kies je nee of doe je niets, dan"
            " blijft het bij deze datum."
        )
        % {"until": until},
    )
