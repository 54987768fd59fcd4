"""Where an object stands in its publication, in the words of the back office: what visitors see of it now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from content import dates
from content.domain import history, proposals
from content.models import Deed, PendingChange, PublicationState


@dataclass(frozen=True)
class Standing:
    """`mark` is the colour of the sign: "on", "off" or "waits". `change` is the proposal, if any."""

    mark: str
    title: str
    sentence: str
    sent_back: str
    change: PendingChange | None
    change_title: str
    is_live: bool
    is_visible: bool


def standing(subject: Any, now: datetime) -> Standing:
    """Four queries at most."""
    change = proposals.of(subject)
    live = subject.state == PublicationState.PUBLISHED
    visible = live and type(subject)._default_manager.published().filter(pk=subject.pk).exists()
    mark, title, sentence = _said(subject, now, visible=visible)
    return Standing(
        mark=mark,
        title=title,
        sentence=sentence,
        sent_back=change.sent_back if change else _sent_back(subject),
        change=change,
        change_title=_about(change) if change else "",
        is_live=live,
        is_visible=visible,
    )


def _said(subject: Any, now: datetime, *, visible: bool) -> tuple[str, str, str]:
    match subject.state:
        case PublicationState.DRAFT:
            return "off", _("Concept"), _("Bezoekers zien dit niet.")
        case PublicationState.IN_REVIEW:
            return "waits", _("Ter beoordeling"), _("Bezoekers zien dit nog niet. Een beheerder kijkt het na.")
        case PublicationState.EXPIRED:
            return "off", _("Verlopen"), _("Bezoekers zien dit niet meer: de tijd was om.")
    until = " " + _("Tot %(moment)s.") % {"moment": dates.moment(subject.expire_at)} if subject.expire_at else ""
    if visible:
        return "on", _("Op de site"), _("Bezoekers zien dit nu.") + until
    if subject.publish_at and subject.publish_at > now:
        sentence = _("Bezoekers zien dit vanaf %(moment)s.") % {"moment": dates.moment(subject.publish_at)}
        return "waits", _("Komt op de site"), sentence + until
    if subject.expire_at and subject.expire_at <= now:
        return "off", _("Verlopen"), _("Bezoekers zien dit niet meer: de tijd was om.")
    return "waits", _("Klaar voor de site"), _("Bezoekers zien dit zodra ook de hub op de site staat.")


def _sent_back(subject: Any) -> str:
    """The sentence that a draft came back with, until it goes up again."""
    if subject.state != PublicationState.DRAFT:
        return ""
    last = history.of(subject).filter(deed__in=history.STEPS).first()
    return last.note if last and last.deed == Deed.SENT_BACK else ""


def _about(change: PendingChange) -> str:
    if change.publish_at:
        return _("Goedgekeurd voorstel: komt op de site op %(moment)s") % {"moment": dates.moment(change.publish_at)}
    if change.sent_back:
        return _("Teruggestuurd voorstel")
    if change.author:
        return _("Voorstel van %(who)s") % {"who": change.author}
    return _("Voorstel")
