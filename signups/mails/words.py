"""The sentences of every kind of mail, short and plain: children and parents read them. Nothing a visitor typed."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from signups import standing
from signups.consent import kept_until
from signups.mails import waiting_words
from signups.mails.facts import date_of, earlier_moment, title_of
from signups.mails.wording import Words, elsewhere, in_words, to_whom
from signups.models import Ending, Kind, MailKind, SignUp, State


def words_of(kind: MailKind, sign_up: SignUp) -> Words:
    """In the active language, of the sign-up as it is now."""
    return SAYS[kind](sign_up)


def subject_of(kind: MailKind, sign_up: SignUp, words: Words) -> str:
    """Names the activity, never who it is about."""
    if kind == MailKind.LINKS:
        return words.heading
    return f"{words.heading}{'' if words.heading.endswith('?') else ':'} {title_of(sign_up.activity)}"


def _prove(sign_up: SignUp) -> Words:
    if sign_up.state == State.WAITING:
        asked = _("Er is nog geen plek voor je. Je vroeg een plek op de wachtlijst aan.")
        then = _("De knop opent je aanmelding. Druk daar op 'Zet me op de wachtlijst'. Dan tel je mee.")
    else:
        asked = _("Je vroeg een plek aan bij deze activiteit. We houden hem voor je vast.")
        then = _("De knop opent je aanmelding. Druk daar op 'Bevestig je plek'. Dan is je plek zeker.")
    return Words(_("Bevestig je aanmelding"), [asked, then], _("Open je aanmelding"), _in_time(sign_up))


def _consent(sign_up: SignUp) -> Words:
    if sign_up.replaces and sign_up.replaces.is_live:
        return _consent_to_another_date(sign_up, date_of(sign_up.replaces, beside=sign_up.activity))
    return Words(
        _("Mag je kind meedoen?"),
        [
            _("Een kind van jonger dan 16 jaar wil meedoen. Jij bent opgegeven als ouder of verzorger."),
            _waits(sign_up, _("We houden een plek vast."), _("Er is nog geen plek. Je kind komt op de wachtlijst.")),
            _("Druk op de knop. Je ziet dan om wie het gaat en zegt daar ja of nee."),
        ],
        _("Zeg ja of nee"),
        _in_time(sign_up),
    )


def _consent_to_another_date(sign_up: SignUp, old: str) -> Words:
    deadline = in_words(sign_up.proof_expires_at)
    return Words(
        _("Mag je kind op een andere datum meedoen?"),
        [
            _("Iemand vroeg om een andere datum voor je kind. Jouw toestemming gold voor: %(old)s.") % {"old": old},
            _("Hieronder staat de nieuwe datum. We houden daar een plek vast."),
            _("Zeg je ja, dan komt de oude plek vrij. Zeg je nee, dan blijft alles zoals het was."),
        ],
        _("Zeg ja of nee"),
        [_("Doe dit vóór %(deadline)s. Anders blijft het bij de oude datum.") % {"deadline": deadline}],
    )


def _prove_class(sign_up: SignUp) -> Words:
    return Words(
        _("Bevestig je klas"),
        [
            _("Je vroeg plekken aan voor een klas."),
            _waits(
                sign_up,
                _("We houden ze vast. De knop opent je aanmelding. Bevestig daar de plekken. Dan zijn ze zeker."),
                _("Er is nu te weinig plek. De knop opent je aanmelding. Zet daar je klas op de wachtlijst."),
            ),
        ],
        _("Open je aanmelding"),
        _in_time(sign_up),
    )


def _already(sign_up: SignUp) -> Words:
    sentences = [_("Deze aanmelding was er al. Je hoeft niets opnieuw in te vullen.")]
    after = []
    if not sign_up.is_proven:
        sentences.append(_("Je moet hem nog wel bevestigen. Bekijk daarvoor je aanmelding en druk daar op de knop."))
        after = _in_time(sign_up)
    return Words(_("Je was al aangemeld"), sentences, _("Bekijk je aanmelding"), after)


def _confirmed(sign_up: SignUp) -> Words:
    if sign_up.kind == Kind.CLASS:
        certain = _("De plekken voor je klas zijn zeker. Tot dan!")
        give_back = _(
            "Veranderen de aantallen, of kan de klas niet komen? Bekijk dan je aanmelding en geef het daar door."
        )
    elif sign_up.needs_guardian:
        certain = _("De plek van je kind is zeker.")
        give_back = _(
            "Kan je kind toch niet komen? Bekijk dan de aanmelding en meld je kind af. Dan kan een ander mee."
        )
    else:
        certain = _("Je plek is zeker. Tot dan!")
        give_back = _("Kun je toch niet komen? Bekijk dan je aanmelding en meld je af. Dan kan een ander mee.")
    calendar = _("Open het bestand bij deze mail om de datum in je agenda te zetten.")
    if sign_up.replaces and sign_up.replaces.ending == Ending.MOVED:
        old = {"old": date_of(sign_up.replaces, beside=sign_up.activity)}
        instead = _("Dit komt in de plaats van: %(old)s. Die plek is weer vrij.") % old
        tidy = _("Stond de oude datum in je agenda? Haal hem daar dan uit.")
        return Words(
            _("Je hebt een andere datum"), [certain, instead, calendar, tidy], _("Bekijk je aanmelding"), [give_back]
        )
    return Words(_("De plek is zeker"), [certain, calendar], _("Bekijk je aanmelding"), [give_back])


def _changed(sign_up: SignUp) -> Words:
    return Words(
        _("Je aanmelding is veranderd"),
        [_("We hebben de aantallen aangepast. Hieronder staat hoe het nu is.")],
        _("Bekijk je aanmelding"),
        [_("Klopt het niet? Bekijk dan je aanmelding en verander het daar.")],
    )


def _cancelled(sign_up: SignUp) -> Words:
    match sign_up.ending:
        case Ending.REFUSED:
            why = _("Je gaf geen toestemming. Je kind is niet meer aangemeld.")
        case Ending.DECLINED:
            why = to_whom(
                sign_up,
                participant=_("Je wilde de plek niet. Je staat niet meer op de lijst."),
                guardian=_("Je wilde de plek niet. Je kind staat niet meer op de lijst."),
                teacher=_("Je wilde de plekken niet. Je klas staat niet meer op de lijst."),
            )
        case Ending.ACTIVITY_CANCELLED:
            return _date_cancelled(sign_up)
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


def _date_moved(sign_up: SignUp) -> Words:
    old = earlier_moment(sign_up)
    return Words(
        _("Let op, er is iets veranderd"),
        [
            _("De tijd of de plek van deze activiteit is veranderd. Hieronder staat hoe het nu is."),
            *([_("Eerst was het: %(old)s.") % {"old": old}] if old else []),
        ],
        _("Bekijk je aanmelding"),
        [_("Kun je dan niet? Bekijk dan je aanmelding en geef het daar door. Dan kan een ander mee.")],
    )


def _reminder(sign_up: SignUp) -> Words:
    return Words(
        _("Het is bijna zover"),
        [_("Hieronder staat waar en wanneer je er moet zijn. Tot dan!")],
        _("Bekijk je aanmelding"),
        [_("Kun je toch niet komen? Bekijk dan je aanmelding en geef het daar door. Dan kan een ander mee.")],
    )


def _thanks(sign_up: SignUp) -> Words:
    if sign_up.kind == Kind.CLASS:
        thanks = _("Bedankt dat je er was met je klas. We hopen dat het leuk en leerzaam was.")
    elif sign_up.needs_guardian:
        thanks = _("Bedankt dat je kind er was. We hopen dat het leuk en leerzaam was.")
    else:
        thanks = _("Bedankt dat je er was. We hopen dat het leuk en leerzaam was.")
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
    MailKind.PROVE: _prove,
    MailKind.CONSENT: _consent,
    MailKind.PROVE_CLASS: _prove_class,
    MailKind.ALREADY: _already,
    MailKind.CONFIRMED: _confirmed,
    MailKind.WAITING: waiting_words.waiting,
    MailKind.OFFER: waiting_words.offer,
    MailKind.OFFER_RAN_OUT: waiting_words.offer_ran_out,
    MailKind.LIST_CLOSED: waiting_words.list_closed,
    MailKind.CHANGED: _changed,
    MailKind.CANCELLED: _cancelled,
    MailKind.DATE_CANCELLED: _date_cancelled,
    MailKind.DATE_MOVED: _date_moved,
    MailKind.REMINDER: _reminder,
    MailKind.THANKS: _thanks,
    MailKind.LINKS: _links,
}


def _waits(sign_up: SignUp, seated: str, queued: str) -> str:
    return queued if sign_up.state == State.WAITING else seated


def _in_time(sign_up: SignUp) -> list[str]:
    return [
        _("Doe dit vóór %(deadline)s. Anders vervalt de aanmelding.")
        % {"deadline": in_words(sign_up.proof_expires_at)},
        _("Ken je deze aanmelding niet? Dan hoef je niets te doen."),
    ]
