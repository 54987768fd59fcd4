"""The sentences of the mails about the waiting list, for a participant, a guardian and a teacher. Nothing typed."""

from datetime import datetime

from django.utils.translation import gettext as _

from signups import standing
from signups.mails.wording import Words, elsewhere, in_words, look
from signups.models import SignUp, State
from signups.standing import Standing
from signups.to_whom import to_whom


def waiting(sign_up: SignUp) -> Words:
    confirmed = to_whom(
        sign_up,
        participant=_("Je aanmelding is bevestigd. Er is nu nog geen plek vrij."),
        guardian=_("De aanmelding is bevestigd. Er is nu nog geen plek vrij."),
        teacher=_("Je aanmelding is bevestigd. Er is nu te weinig plek voor je klas."),
    )
    turn = to_whom(
        sign_up,
        participant=_("Komt er een plek vrij en ben je aan de beurt? Dan krijg je meteen een mail."),
        guardian=_("Komt er een plek vrij en is je kind aan de beurt? Dan krijg je meteen een mail."),
        teacher=_("Komen er genoeg plekken vrij en zijn jullie aan de beurt? Dan krijg je meteen een mail."),
    )
    leave = to_whom(
        sign_up,
        participant=_("Wil je niet meer wachten? Bekijk dan je aanmelding en ga daar van de lijst af."),
        guardian=_("Wil je kind niet meer wachten? Bekijk dan de aanmelding en haal je kind daar van de lijst."),
        teacher=_("Kom je met minder leerlingen, of wil je niet wachten? Bekijk je aanmelding en geef het daar door."),
    )
    return Words(standing.heading(sign_up, Standing.WAITING), [confirmed, turn], look(sign_up), [leave])


def offer(sign_up: SignUp) -> Words:
    room = to_whom(
        sign_up,
        participant=_("Je stond op de wachtlijst. Er is nu plek."),
        guardian=_("Je kind stond op de wachtlijst. Er is nu plek."),
        teacher=_("Je klas stond op de wachtlijst. Er is nu plek voor jullie allemaal."),
    )
    choose = to_whom(
        sign_up,
        participant=_("Wil je die hebben? Zeg dan ja vóór %(deadline)s."),
        guardian=_("Wil je kind komen? Zeg dan ja vóór %(deadline)s."),
        teacher=_("Willen jullie komen? Zeg dan ja vóór %(deadline)s."),
    )
    let_go = _("Doe je niets? Dan houden we de plek niet meer vast.")
    gone = to_whom(
        sign_up,
        participant=let_go,
        guardian=let_go,
        teacher=_("Doe je niets? Dan houden we de plekken niet meer vast."),
    )
    chosen = choose % {"deadline": in_words(standing.runs_out_at(sign_up))}
    after = [standing.last_chance(sign_up) or gone]
    return Words(standing.heading(sign_up, Standing.OFFERED), [room, chosen], _("Zeg ja of nee"), after)


def offer_ran_out(sign_up: SignUp) -> Words:
    late = to_whom(
        sign_up,
        participant=_("We boden je een plek aan. Je zei niet op tijd ja. Daarom houden we hem niet meer vast."),
        guardian=_("We boden je kind een plek aan. Je zei niet op tijd ja. Daarom houden we hem niet meer vast."),
        teacher=_("We boden je klas plekken aan. Je zei niet op tijd ja. Daarom houden we ze niet meer vast."),
    )
    if sign_up.state == State.WAITING:
        now = to_whom(
            sign_up,
            participant=_("Je staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
            guardian=_("Je kind staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
            teacher=_("Je klas staat nu achteraan op de wachtlijst. Komt er weer plek, dan krijg je een mail."),
        )
        return Words(_("Het aanbod is verlopen"), [late, now], look(sign_up))
    now = to_whom(
        sign_up,
        participant=_("Je staat niet meer op de wachtlijst."),
        guardian=_("Je kind staat niet meer op de wachtlijst."),
        teacher=_("Je klas staat niet meer op de wachtlijst."),
    )
    return Words(_("Het aanbod is verlopen"), [late, now, elsewhere()], _("Bekijk andere datums"))


def list_closed(sign_up: SignUp, now: datetime) -> Words:
    none_came = to_whom(
        sign_up,
        participant=_("Er kwam helaas geen plek voor je vrij."),
        guardian=_("Er kwam helaas geen plek voor je kind vrij."),
        teacher=_("Er kwamen helaas niet genoeg plekken vrij voor je klas."),
    )
    sentences = [*filter(None, [none_came, standing.after_the_list(sign_up, now)]), elsewhere()]
    return Words(_("De wachtlijst is gesloten"), sentences, _("Bekijk andere datums"))
