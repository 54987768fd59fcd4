"""The sentences of the mails about the waiting list, for a person and for a class. Nothing a visitor typed."""

from django.utils.translation import gettext as _

from signups.mails.wording import Words, elsewhere, in_words
from signups.models import Kind, SignUp, State


def waiting(sign_up: SignUp) -> Words:
    if sign_up.kind == Kind.CLASS:
        return Words(
            _("Je klas staat op de wachtlijst"),
            [
                _("Je aanmelding is bevestigd. Er is nu te weinig plek voor je klas."),
                _("Komen er genoeg plekken vrij en zijn jullie aan de beurt? Dan krijg je meteen een mail."),
            ],
            _("Bekijk je aanmelding"),
            [_("Kom je met minder leerlingen, of wil je niet wachten? Bekijk je aanmelding en geef het daar door.")],
        )
    return Words(
        _("Je staat op de wachtlijst"),
        [
            _("Je aanmelding is bevestigd. Er is nu nog geen plek vrij."),
            _("Komt er een plek vrij en ben je aan de beurt? Dan krijg je meteen een mail."),
        ],
        _("Bekijk je aanmelding"),
        [_("Wil je niet meer wachten? Bekijk dan je aanmelding en ga daar van de lijst af.")],
    )


def offer(sign_up: SignUp) -> Words:
    deadline = in_words(sign_up.offer_expires_at)
    if sign_up.kind == Kind.CLASS:
        return Words(
            _("Er is plek voor je klas"),
            [
                _("Je klas stond op de wachtlijst. Er is nu plek voor jullie allemaal."),
                _("Willen jullie komen? Zeg dan ja vóór %(deadline)s.") % {"deadline": deadline},
            ],
            _("Zeg ja of nee"),
            [_("Doe je niets? Dan gaan de plekken naar een ander.")],
        )
    return Words(
        _("Er is plek"),
        [
            _("Je stond op de wachtlijst. Er is nu plek."),
            _("Wil je die hebben? Zeg dan ja vóór %(deadline)s.") % {"deadline": deadline},
        ],
        _("Zeg ja of nee"),
        [_("Doe je niets? Dan gaat de plek naar een ander.")],
    )


def offer_ran_out(sign_up: SignUp) -> Words:
    is_class = sign_up.kind == Kind.CLASS
    late = (
        _("We boden je klas plekken aan. Je zei niet op tijd ja. Daarom gaan de plekken naar een ander.")
        if is_class
        else _("We boden je een plek aan. Je zei niet op tijd ja. Daarom gaat de plek naar een ander.")
    )
    if sign_up.state == State.WAITING:
        now = (
            _("Je klas staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail.")
            if is_class
            else _("Je staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail.")
        )
        return Words(_("Het aanbod is verlopen"), [late, now], _("Bekijk je aanmelding"))
    now = _("Je klas staat niet meer op de wachtlijst.") if is_class else _("Je staat niet meer op de wachtlijst.")
    return Words(_("Het aanbod is verlopen"), [late, now, elsewhere()], _("Bekijk andere datums"))


def list_closed(sign_up: SignUp) -> Words:
    none_came = (
        _("Aanmelden is gesloten. Er kwamen helaas niet genoeg plekken vrij voor je klas.")
        if sign_up.kind == Kind.CLASS
        else _("Aanmelden is gesloten. Er kwam helaas geen plek voor je vrij.")
    )
    sentences = [none_came, elsewhere()]
    return Words(_("De wachtlijst is gesloten"), sentences, _("Bekijk andere datums"))
