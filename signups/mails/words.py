"""The sentences of every kind of mail, short and plain: children and parents read them. Nothing a visitor typed."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from signups import standing
from signups.consent import kept_until
from signups.mails import moved_words, proof_words, waiting_words
from signups.mails.facts import date_of, title_of
from signups.mails.wording import Words, elsewhere, look
from signups.models import Ending, MailKind, SignUp
from signups.to_whom import to_whom


def words_of(kind: MailKind, sign_up: SignUp, now: datetime) -> Words:
    """In the active language, of the sign-up as it is now."""
    return SAYS_NOW[kind](sign_up, now) if kind in SAYS_NOW else SAYS[kind](sign_up)


def subject_of(kind: MailKind, sign_up: SignUp, words: Words) -> str:
    """Names the activity, never who it is about."""
    if kind == MailKind.LINKS:
        return words.heading
    return f"{words.heading}{'' if words.heading.endswith('?') else ':'} {title_of(sign_up.activity)}"


def _confirmed(sign_up: SignUp) -> Words:
    certain = to_whom(
        sign_up,
        participant=_("Je plek is zeker. Tot dan!"),
        guardian=_("De plek van je kind is zeker."),
        teacher=_("De plekken voor je klas zijn zeker. Tot dan!"),
    )
    calendar = _("Open het bestand bij deze mail om de datum in je agenda te zetten.")
    if sign_up.replaces and sign_up.replaces.ending == Ending.MOVED:
        old_calendar = _("Stond de oude datum in je agenda? Haal hem daar dan uit.")
        return Words(
            _other_date(sign_up),
            [certain, _instead(sign_up, sign_up.replaces), calendar, old_calendar],
            look(sign_up),
            [_give_back(sign_up)],
        )
    seat = _("De plek is zeker")
    heading = to_whom(sign_up, participant=seat, guardian=seat, teacher=_("De plekken zijn zeker"))
    return Words(heading, [certain, calendar], look(sign_up), [_give_back(sign_up)])


def _other_date(sign_up: SignUp) -> str:
    return to_whom(
        sign_up,
        participant=_("Je hebt een andere datum"),
        guardian=_("Je kind heeft een andere datum"),
        teacher=_("Je klas heeft een andere datum"),
    )


def _instead(sign_up: SignUp, old: SignUp) -> str:
    """True of a seat and of a place in the queue: which of them it was the row does not remember."""
    said = _("Dit komt in de plaats van: %(old)s. Die aanmelding is vervallen.")
    return said % {"old": date_of(old, beside=sign_up.activity)}


def _changed(sign_up: SignUp) -> Words:
    return Words(
        _("Je aanmelding is veranderd"),
        [_("We hebben de aantallen aangepast. Hieronder staat hoe het nu is.")],
        look(sign_up),
        [_("Klopt het niet? Bekijk dan je aanmelding en verander het daar.")],
    )


def _cancelled(sign_up: SignUp) -> Words:
    match sign_up.ending:
        case Ending.DECLINED:
            why = to_whom(
                sign_up,
                participant=_("Je wilde de plek niet. Je staat niet meer op de lijst."),
                guardian=_("Je wilde de plek niet. Je kind staat niet meer op de lijst."),
                teacher=_("Je wilde de plekken niet. Je klas staat niet meer op de lijst."),
            )
        case Ending.STAFF:
            why = _("De organisatie heeft de aanmelding ingetrokken.")
        case _:
            why = _("De aanmelding is ingetrokken. Bedankt dat je het laat weten.")
    return Words(standing.signed_off(sign_up), [why, elsewhere()], _("Bekijk andere datums"))


def _date_cancelled(sign_up: SignUp) -> Words:
    if standing.is_reinstated(sign_up):  # while this waited; else nobody would tell that the seat went
        return Words(_("De aanmelding is vervallen"), [str(standing.REINSTATED)], _("Bekijk de datums"))
    sentences = [_("Deze activiteit gaat helaas niet door."), sign_up.activity.cancel_reason, elsewhere()]
    return Words(_("Gaat niet door"), [*filter(None, sentences)], _("Bekijk andere datums"))


def _reminder(sign_up: SignUp) -> Words:
    where = to_whom(
        sign_up,
        participant=_("Hieronder staat waar en wanneer je er moet zijn. Tot dan!"),
        guardian=_("Hieronder staat waar en wanneer je kind er moet zijn."),
        teacher=_("Hieronder staat waar en wanneer je klas er moet zijn. Tot dan!"),
    )
    return Words(_("Het is bijna zover"), [where], look(sign_up), [_give_back(sign_up)])


def _thanks(sign_up: SignUp) -> Words:
    thanks = to_whom(
        sign_up,
        participant=_("Bedankt dat je er was. We hopen dat het leuk en leerzaam was."),
        guardian=_("Bedankt dat je kind er was. We hopen dat het leuk en leerzaam was."),
        teacher=_("Bedankt dat je er was met je klas. We hopen dat het leuk en leerzaam was."),
    )
    wiped = kept_until(sign_up.activity)
    return Words(
        _("Bedankt voor het meedoen"),
        [
            thanks,
            _("Met de knop vind je het bewijs van deelname, drie korte vragen en wat er hierna komt."),
        ],
        _("Haal het bewijs op"),
        [_("Dat kan tot %(day)s. Daarna wissen we je gegevens.") % {"day": wiped}] if wiped else [],
    )


def _links(sign_up: SignUp) -> Words:
    return Words(
        _("Je links"),
        [_("Je vroeg om je links. Met een link bekijk of verander je een aanmelding.")],
        after=[_("Heb je hier niet om gevraagd? Dan hoef je niets te doen.")],
    )


SAYS: Final[dict[MailKind, Callable[[SignUp], Words]]] = {
    MailKind.PROVE: proof_words.prove,
    MailKind.CONSENT: proof_words.consent,
    MailKind.PROVE_CLASS: proof_words.prove_class,
    MailKind.ALREADY: proof_words.already,
    MailKind.CONFIRMED: _confirmed,
    MailKind.WAITING: waiting_words.waiting,
    MailKind.OFFER: waiting_words.offer,
    MailKind.OFFER_RAN_OUT: waiting_words.offer_ran_out,
    MailKind.CHANGED: _changed,
    MailKind.CANCELLED: _cancelled,
    MailKind.DATE_CANCELLED: _date_cancelled,
    MailKind.REMINDER: _reminder,
    MailKind.THANKS: _thanks,
    MailKind.LINKS: _links,
}
# Those that speak of what is still to come.
SAYS_NOW: Final[dict[MailKind, Callable[[SignUp, datetime], Words]]] = {
    MailKind.DATE_MOVED: moved_words.moved,
    MailKind.LIST_CLOSED: waiting_words.list_closed,
}


def _give_back(sign_up: SignUp) -> str:
    return to_whom(
        sign_up,
        participant=_("Kun je toch niet komen? Bekijk dan je aanmelding en meld je af. Dan kan een ander mee."),
        guardian=_("Kan je kind toch niet komen? Bekijk dan de aanmelding en meld je kind af. Dan kan een ander mee."),
        teacher=_(
            "Veranderen de aantallen, of kan de klas niet komen? Bekijk dan je aanmelding en geef het daar door."
        ),
    )
