"""The sentences of the mails about the waiting list, for a participant, a guardian and a teacher. Nothing typed."""

from django.utils.translation import gettext as _

from signups import standing
from signups.mails.wording import Words, elsewhere, in_words, to_whom
from signups.models import Kind, SignUp, State
from signups.standing import Standing


def waiting(sign_up: SignUp) -> Words:
    heading, button = standing.heading(sign_up, Standing.WAITING), _("Bekijk je aanmelding")
    if sign_up.kind == Kind.CLASS:
        confirmed = _("Je aanmelding is bevestigd. Er is nu te weinig plek voor je klas.")
        turn = _("Komen er genoeg plekken vrij en zijn jullie aan de beurt? Dan krijg je meteen een mail.")
        leave = _("Kom je met minder leerlingen, of wil je niet wachten? Bekijk je aanmelding en geef het daar door.")
    elif sign_up.needs_guardian:
        confirmed = _("De aanmelding is bevestigd. Er is nu nog geen plek vrij.")
        turn = _("Komt er een plek vrij en is je kind aan de beurt? Dan krijg je meteen een mail.")
        leave = _("Wil je kind niet meer wachten? Bekijk dan de aanmelding en haal je kind daar van de lijst.")
    else:
        confirmed = _("Je aanmelding is bevestigd. Er is nu nog geen plek vrij.")
        turn = _("Komt er een plek vrij en ben je aan de beurt? Dan krijg je meteen een mail.")
        leave = _("Wil je niet meer wachten? Bekijk dan je aanmelding en ga daar van de lijst af.")
    return Words(heading, [confirmed, turn], button, [leave])


def offer(sign_up: SignUp) -> Words:
    if sign_up.kind == Kind.CLASS:
        room = _("Je klas stond op de wachtlijst. Er is nu plek voor jullie allemaal.")
        choose = _("Willen jullie komen? Zeg dan ja vóór %(deadline)s.")
        else_gone = _("Doe je niets? Dan gaan de plekken naar een ander.")
    elif sign_up.needs_guardian:
        room = _("Je kind stond op de wachtlijst. Er is nu plek.")
        choose = _("Wil je kind komen? Zeg dan ja vóór %(deadline)s.")
        else_gone = _("Doe je niets? Dan gaat de plek naar een ander.")
    else:
        room = _("Je stond op de wachtlijst. Er is nu plek.")
        choose = _("Wil je die hebben? Zeg dan ja vóór %(deadline)s.")
        else_gone = _("Doe je niets? Dan gaat de plek naar een ander.")
    heading, deadline = standing.heading(sign_up, Standing.OFFERED), in_words(sign_up.offer_expires_at)
    return Words(heading, [room, choose % {"deadline": deadline}], _("Zeg ja of nee"), [else_gone])


def offer_ran_out(sign_up: SignUp) -> Words:
    late = to_whom(
        sign_up,
        participant=_("We boden je een plek aan. Je zei niet op tijd ja. Daarom gaat de plek naar een ander."),
        guardian=_("We boden je kind een plek aan. Je zei niet op tijd ja. Daarom gaat de plek naar een ander."),
        teacher=_("We boden je klas plekken aan. Je zei niet op tijd ja. Daarom gaan de plekken naar een ander."),
    )
    if sign_up.state == State.WAITING:
        now = to_whom(
            sign_up,
            participant=_("Je staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
            guardian=_("Je kind staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
            teacher=_("Je klas staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
        )
        return Words(_("Het aanbod is verlopen"), [late, now], _("Bekijk je aanmelding"))
    now = to_whom(
        sign_up,
        participant=_("Je staat niet meer op de wachtlijst."),
        guardian=_("Je kind staat niet meer op de wachtlijst."),
        teacher=_("Je klas staat niet meer op de wachtlijst."),
    )
    return Words(_("Het aanbod is verlopen"), [late, now, elsewhere()], _("Bekijk andere datums"))


def list_closed(sign_up: SignUp) -> Words:
    none_came = to_whom(
        sign_up,
        participant=_("Aanmelden is gesloten. Er kwam helaas geen plek voor je vrij."),
        guardian=_("Aanmelden is gesloten. Er kwam helaas geen plek voor je kind vrij."),
        teacher=_("Aanmelden is gesloten. Er kwamen helaas niet genoeg plekken vrij voor je klas."),
    )
    sentences = [none_came, elsewhere()]
    return Words(_("De wachtlijst is gesloten"), sentences, _("Bekijk andere datums"))
