"""The sentences of the mail about a date that was moved, or of which meetings were taken out. Nothing typed."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import dates
from hubs.former_meetings import Span
from signups.known_plan import Plans, coming, plans
from signups.mails.wording import Words, look
from signups.models import SignUp
from signups.to_whom import to_whom


def moved(sign_up: SignUp, now: datetime) -> Words:
    found = plans(sign_up)
    gone, left = found.dropped(now), coming(found.current, now)
    if gone and not left:
        return Words(_("Gaat niet door"), [_off(gone), _("Er komen geen bijeenkomsten meer.")], look(sign_up))
    sentences = [_off(gone), _how_it_is(found, left)] if gone else _changed(found, now)
    return Words(_("Let op, er is iets veranderd"), sentences, look(sign_up), [_give_back(sign_up)])


def _off(gone: Sequence[Span]) -> str:
    said = ngettext(
        "Deze bijeenkomst gaat niet door: %(gone)s.", "Deze bijeenkomsten gaan niet door: %(gone)s.", len(gone)
    )
    return said % {"gone": "; ".join(dates.moment(span.starts_at) for span in gone)}


def _how_it_is(found: Plans, left: Sequence[Span]) -> str:
    """Beside what was taken out, of what remains the end, room or place may be another too."""
    if all(span in found.known for span in left):
        return _("Hieronder staat wat er overblijft.")
    return _("Ook de tijd of de plek van wat overblijft is veranderd. Hieronder staat hoe het nu is.")


def _changed(found: Plans, now: datetime) -> list[str]:
    changed = _("De tijd of de plek van deze activiteit is veranderd. Hieronder staat hoe het nu is.")
    old = found.replaced(now)
    return [changed, *([_("Eerst was het: %(old)s.") % {"old": dates.moment(old.starts_at)}] if old else [])]


def _give_back(sign_up: SignUp) -> str:
    return to_whom(
        sign_up,
        participant=_("Kun je dan niet? Bekijk dan je aanmelding en meld je daar af. Dan kan een ander mee."),
        guardian=_("Kan je kind dan niet? Bekijk dan de aanmelding en meld je kind daar af. Dan kan een ander mee."),
        teacher=_("Kan je klas dan niet? Bekijk dan je aanmelding en meld de klas daar af. Dan kan een ander mee."),
    )
