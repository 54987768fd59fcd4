"""The sentences of the mails that ask for proof, and of the one that says it was asked already. Nothing typed."""

from django.utils.translation import gettext as _

from signups.mails.facts import date_of
from signups.mails.wording import Words, in_words, look
from signups.models import SignUp, State
from signups.standing import runs_out_at
from signups.to_whom import to_whom


def prove(sign_up: SignUp) -> Words:
    if sign_up.state == State.WAITING:
        asked = _("Er is nog geen plek voor je. Je vroeg een plek op de wachtlijst aan.")
        then = _("De knop opent je aanmelding. Druk daar op 'Zet me op de wachtlijst'. Dan tel je mee.")
    else:
        asked = _("Je vroeg een plek aan bij deze activiteit. We houden hem voor je vast.")
        then = _("De knop opent je aanmelding. Druk daar op 'Bevestig je plek'. Dan is je plek zeker.")
    return Words(_("Bevestig je aanmelding"), [asked, then], _("Open je aanmelding"), _in_time(sign_up))


def consent(sign_up: SignUp) -> Words:
    if sign_up.replaces and sign_up.replaces.is_live:
        return _consent_to_another_date(sign_up, date_of(sign_up.replaces, beside=sign_up.activity))
    return Words(
        _("Mag je kind meedoen?"),
        [
            _("Een kind van jonger dan 16 jaar wil meedoen. Jij bent opgegeven als ouder of verzorger."),
            _waits(
                sign_up,
                _("We houden een plek vast."),
                _("Er is nog geen plek. Zeg je ja, dan komt je kind op de wachtlijst."),
            ),
            _("Druk op de knop. Je ziet dan om wie het gaat en zegt daar ja of nee."),
        ],
        _("Zeg ja of nee"),
        _in_time(sign_up),
    )


def _consent_to_another_date(sign_up: SignUp, old: str) -> Words:
    deadline = in_words(runs_out_at(sign_up))
    return Words(
        _("Mag je kind op een andere datum meedoen?"),
        [
            _("Iemand vroeg om een andere datum voor je kind. Jouw toestemming gold voor: %(old)s.") % {"old": old},
            _("Hieronder staat de nieuwe datum. We houden daar een plek vast."),
            _("Zeg je ja, dan vervalt de aanmelding voor de oude datum. Zeg je nee, dan blijft alles zoals het was."),
        ],
        _("Zeg ja of nee"),
        [_("Doe dit vóór %(deadline)s. Anders blijft het bij de oude datum.") % {"deadline": deadline}],
    )


def prove_class(sign_up: SignUp) -> Words:
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


def already(sign_up: SignUp) -> Words:
    heading = to_whom(
        sign_up,
        participant=_("Je was al aangemeld"),
        guardian=_("Je kind was al aangemeld"),
        teacher=_("Je klas was al aangemeld"),
    )
    sentences = [
        to_whom(
            sign_up,
            participant=_("Deze aanmelding was er al. Je hoeft niets opnieuw in te vullen."),
            guardian=_("Je kind is nog een keer aangemeld. Dat was niet nodig: de eerste aanmelding is genoeg."),
            teacher=_("Deze aanmelding van je klas was er al. Je hoeft niets opnieuw in te vullen."),
        )
    ]
    if sign_up.is_proven:
        return Words(heading, sentences, look(sign_up))
    confirm = _("Je moet hem nog wel bevestigen. Bekijk daarvoor je aanmelding en druk daar op de knop.")
    choose = _("Je moet nog wel ja of nee zeggen. Bekijk daarvoor de aanmelding en kies daar.")
    sentences.append(to_whom(sign_up, participant=confirm, guardian=choose, teacher=confirm))
    return Words(heading, sentences, look(sign_up), _in_time(sign_up))


def _waits(sign_up: SignUp, seated: str, queued: str) -> str:
    return queued if sign_up.state == State.WAITING else seated


def _in_time(sign_up: SignUp) -> list[str]:
    """Until when, and what to do for who knows nothing of it: a guardian's page says the same."""
    unknown = _("Ken je deze aanmelding niet? Dan hoef je niets te doen.")
    refuse = _("Ken je deze aanmelding niet? Zeg dan nee of doe niets. Allebei is goed.")
    return [
        _("Doe dit vóór %(deadline)s. Anders vervalt de aanmelding.") % {"deadline": in_words(runs_out_at(sign_up))},
        to_whom(sign_up, participant=unknown, guardian=refuse, teacher=unknown),
    ]
