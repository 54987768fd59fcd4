"""How a sign-up stands now, in a visitor's words. Reads only; what the sweep has yet to end reads as ended."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import dates
from hubs.availability import are_offers_over, can_be_offered, closes_at, offers_until
from signups.models import Ending, Kind, SignUp, State
from signups.to_whom import to_whom


class Standing(StrEnum):
    """What the own page shows; each has a template of its name in templates/signups/own."""

    PROVE = "prove"
    CONSENT = "consent"
    WAITING = "waiting"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    OVER = "over"
    ENDED = "ended"


TITLES: Final[dict[Standing, Any]] = {
    Standing.PROVE: gettext_lazy("Bevestig je plek"),
    Standing.CONSENT: gettext_lazy("Mag je kind meedoen?"),
    Standing.WAITING: gettext_lazy("Je staat op de wachtlijst"),
    Standing.OFFERED: gettext_lazy("Er is plek voor je"),
    Standing.CONFIRMED: gettext_lazy("Je plek is zeker"),
    Standing.OVER: gettext_lazy("Deze activiteit is geweest"),
    Standing.ENDED: gettext_lazy("Deze aanmelding is voorbij"),
}
ENDINGS: Final[dict[Ending, Any]] = {
    Ending.OWN: gettext_lazy("Dank je dat je het laat weten."),
    Ending.REFUSED: gettext_lazy("Er is geen toestemming. De aanmelding is weg en alle gegevens zijn gewist."),
    Ending.DECLINED: gettext_lazy("Je wilde de plek niet. We houden hem niet meer vast."),
    Ending.STAFF: gettext_lazy("De organisatie heeft je afgemeld. Heb je een vraag? Neem dan contact op met de hub."),
    Ending.MOVED: gettext_lazy(
        "Deze aanmelding is verplaatst naar een andere datum. De link staat in de mail daarover."
    ),
    Ending.ACTIVITY_CANCELLED: gettext_lazy("De activiteit gaat niet door."),
    Ending.NOT_PROVEN: gettext_lazy("De aanmelding is niet op tijd bevestigd. Daarom is hij vervallen."),
    Ending.OFFER_RAN_OUT: gettext_lazy("Je hebt niet op tijd gekozen. We houden de plek niet meer vast."),
    Ending.LIST_CLOSED: gettext_lazy("De wachtlijst is gesloten. Er is geen plek voor je vrijgekomen."),
}
CLASS_TITLES: Final[dict[Standing, Any]] = {
    Standing.PROVE: gettext_lazy("Bevestig de plekken van je klas"),
    Standing.WAITING: gettext_lazy("Je klas staat op de wachtlijst"),
    Standing.OFFERED: gettext_lazy("Er is plek voor je klas"),
    Standing.CONFIRMED: gettext_lazy("De plekken van je klas zijn zeker"),
}
CLASS_ENDINGS: Final[dict[Ending, Any]] = {
    Ending.OWN: gettext_lazy("Je hebt je klas afgemeld. Dank je dat je het laat weten."),
    Ending.DECLINED: gettext_lazy("Je wilde de plekken niet. We houden ze niet meer voor jullie vast."),
    Ending.STAFF: gettext_lazy(
        "De organisatie heeft je klas afgemeld. Heb je een vraag? Neem dan contact op met de hub."
    ),
    Ending.NOT_PROVEN: gettext_lazy("De aanmelding van je klas is niet op tijd bevestigd. Daarom is hij vervallen."),
    Ending.OFFER_RAN_OUT: gettext_lazy(
        "Je hebt niet op tijd gekozen. We houden de plekken niet meer voor jullie vast."
    ),
    Ending.LIST_CLOSED: gettext_lazy(
        "De wachtlijst is gesloten. Er zijn niet genoeg plekken voor je klas vrijgekomen."
    ),
}
GUARDIAN_TITLES: Final[dict[Standing, Any]] = {
    Standing.WAITING: gettext_lazy("Je kind staat op de wachtlijst"),
    Standing.OFFERED: gettext_lazy("Er is plek voor je kind"),
    Standing.CONFIRMED: gettext_lazy("De plek van je kind is zeker"),
}
GUARDIAN_ENDINGS: Final[dict[Ending, Any]] = {
    Ending.STAFF: gettext_lazy(
        "De organisatie heeft je kind afgemeld. Heb je een vraag? Neem dan contact op met de hub."
    ),
    Ending.NOT_PROVEN: gettext_lazy("Er kwam niet op tijd toestemming. Daarom is de aanmelding vervallen."),
    Ending.LIST_CLOSED: gettext_lazy("De wachtlijst is gesloten. Er is geen plek voor je kind vrijgekomen."),
}
REINSTATED: Final = gettext_lazy(
    "De activiteit was afgelast, en gaat nu toch door. De oude aanmelding geldt niet meer. Past de datum nog? Dan is"
    " een nieuwe aanmelding nodig."
)


def standing(entry: SignUp, now: datetime) -> Standing:
    """Where it stands now, also when nothing has noted yet that its time ran out."""
    if ending(entry, now):
        return Standing.ENDED
    if entry.activity.last_ends_at and entry.activity.last_ends_at <= now:
        return Standing.OVER
    if not entry.is_proven:
        return Standing.CONSENT if entry.needs_guardian else Standing.PROVE
    match entry.state:
        case State.WAITING:
            return Standing.WAITING
        case State.OFFERED:
            return Standing.WAITING if _offer_ran_out(entry, now) else Standing.OFFERED
        case _:
            return Standing.CONFIRMED


def ending(entry: SignUp, now: datetime) -> Ending | None:
    """Why it ended, or will when the sweep comes (domain/waiting_list.py); None while it lives."""
    if entry.ending:
        return Ending(entry.ending)
    if entry.activity.cancelled_at:
        return Ending.ACTIVITY_CANCELLED
    if not entry.is_proven and entry.proof_expires_at and entry.proof_expires_at <= now:
        return Ending.NOT_PROVEN
    starts_at = entry.activity.first_starts_at
    has_begun = starts_at is not None and starts_at <= now
    is_last = entry.offers_run_out or not can_be_offered(entry.activity, now)
    if entry.state == State.OFFERED and (has_begun or (is_last and _offer_ran_out(entry, now))):
        return Ending.OFFER_RAN_OUT
    return Ending.LIST_CLOSED if entry.state == State.WAITING and are_offers_over(entry.activity, now) else None


def ending_text(entry: SignUp, now: datetime) -> str:
    """What its end means."""
    found = ending(entry, now)
    if found is Ending.REFUSED and entry.replaces and entry.replaces.is_live:
        return _("Er is geen toestemming voor deze datum. Deze aanmelding is gewist. Die voor de oude datum blijft.")
    if is_reinstated(entry):
        return str(REINSTATED)
    if found is None:
        return ""
    text = str((ENDINGS | _of_others(entry, CLASS_ENDINGS, GUARDIAN_ENDINGS))[found])
    return " ".join(filter(None, [text, after_the_list(entry, now) if found is Ending.LIST_CLOSED else ""]))


def after_the_list(entry: SignUp, now: datetime) -> str:
    """How to get a seat that comes free after the waiting list ended; nothing once nobody can sign up any more."""
    closes = closes_at(entry.activity)
    if closes is None or closes <= now or entry.activity.cancelled_at:
        return ""
    one = _("Komt er toch nog een plek vrij? Dan kun je je gewoon aanmelden, tot %(closes)s.")
    said = to_whom(
        entry,
        participant=one,
        guardian=_("Komt er toch nog een plek vrij? Dan kun je je kind gewoon aanmelden, tot %(closes)s."),
        teacher=_("Komen er toch genoeg plekken vrij? Dan kun je je klas gewoon aanmelden, tot %(closes)s."),
    )
    return said % {"closes": dates.moment(closes)}


def runs_out_at(entry: SignUp) -> datetime | None:
    """Until when its offer or its proof holds, also where the date was moved forward since.

    A closing that was moved forward ends a place in the queue sooner, never an offer that was made.
    """
    activity = entry.activity
    match entry.state:
        case State.OFFERED:
            moments = [entry.offer_expires_at, activity.first_starts_at]
        case State.WAITING:
            moments = [entry.proof_expires_at, offers_until(activity)]
        case _:
            moments = [entry.proof_expires_at, activity.first_starts_at]
    return min(filter(None, moments), default=None)


def last_chance(entry: SignUp) -> str:
    """Of an offer that is the second: a third does not come. Nothing of a first one."""
    if entry.state != State.OFFERED or not entry.offers_run_out:
        return ""
    return to_whom(
        entry,
        participant=_(
            "Dit is de tweede keer dat we een plek aanbieden. Kies je weer niet op tijd, dan sta je niet meer op de"
            " lijst."
        ),
        guardian=_(
            "Dit is de tweede keer dat we een plek aanbieden. Kies je weer niet op tijd, dan staat je kind niet meer"
            " op de lijst."
        ),
        teacher=_(
            "Dit is de tweede keer dat we plekken aanbieden. Kies je weer niet op tijd, dan staat je klas niet meer"
            " op de lijst."
        ),
    )


def is_reinstated(entry: SignUp) -> bool:
    """It ended with a date that takes place after all: the seat does not come back."""
    return entry.ending == Ending.ACTIVITY_CANCELLED and entry.activity.cancelled_at is None


def cancel_reason(entry: SignUp, now: datetime) -> str:
    """Why the date is cancelled that it ended with: in Dutch alone, as staff wrote it."""
    is_why = ending(entry, now) is Ending.ACTIVITY_CANCELLED and entry.activity.cancelled_at is not None
    return entry.activity.cancel_reason if is_why else ""


def place_in_queue(entry: SignUp) -> str:
    """In words, as a waiting visitor wants to know it."""
    queue = SignUp.objects.filter(activity=entry.activity_id).queued().proven()
    is_last = entry.state == State.OFFERED  # its offer ran out: it goes to the end
    count = (queue if is_last else queue.filter(queue_number__lt=entry.queue_number)).count()
    if not count:
        return to_whom(
            entry,
            participant=_("Je staat vooraan."),
            guardian=_("Je kind staat vooraan."),
            teacher=_("Je klas staat vooraan."),
        )
    before = to_whom(
        entry,
        participant=ngettext("Er is %(n)d aanmelding vóór je.", "Er zijn %(n)d aanmeldingen vóór je.", count),
        guardian=ngettext("Er is %(n)d aanmelding vóór je kind.", "Er zijn %(n)d aanmeldingen vóór je kind.", count),
        teacher=ngettext("Er is %(n)d aanmelding vóór je klas.", "Er zijn %(n)d aanmeldingen vóór je klas.", count),
    )
    return before % {"n": count}


def title(entry: SignUp, now: datetime) -> str:
    """The head of the own page."""
    found = standing(entry, now)
    if entry.ending == Ending.OWN and not entry.emptied_at:  # an emptied one has forgotten whose it was
        return signed_off(entry)
    if found is Standing.PROVE and entry.state == State.WAITING:
        return _("Wil je met je klas op de wachtlijst?") if entry.kind == Kind.CLASS else _("Wil je op de wachtlijst?")
    return heading(entry, found)


def heading(entry: SignUp, stands: Standing) -> str:
    """What it is called to a participant, a guardian or a teacher; their mails say the same."""
    return str((TITLES | _of_others(entry, CLASS_TITLES, GUARDIAN_TITLES))[stands])


def signed_off(entry: SignUp) -> str:
    """Who does not come any more."""
    if entry.kind == Kind.CLASS:
        return _("Je klas is afgemeld")
    return _("Je kind is afgemeld") if entry.needs_guardian else _("Je bent afgemeld")


def what_think(entry: SignUp) -> str:
    """The head of the three questions, for who passes them on too."""
    return to_whom(
        entry,
        participant=_("Wat vond je ervan?"),
        guardian=_("Wat vond je kind ervan?"),
        teacher=_("Wat vond je klas ervan?"),
    )


def _offer_ran_out(entry: SignUp, now: datetime) -> bool:
    """The first time it goes on waiting, at the end of the queue."""
    return entry.offer_expires_at is not None and entry.offer_expires_at <= now


def _of_others(entry: SignUp, of_class: dict[Any, Any], of_guardian: dict[Any, Any]) -> dict[Any, Any]:
    if entry.kind == Kind.CLASS:
        return of_class
    return of_guardian if entry.needs_guardian else {}
