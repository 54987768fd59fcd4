"""Mails to colleagues about a text of the site: somebody asks to judge it, it came back, it was approved."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.domain import proposals
from content.models import Deed, PublicationState, Revision
from content.standing import standing
from content.structured_data import absolute
from partners.access import may_manage
from partners.models import User
from signups.mails.content import Content
from signups.mails.facts import one_line
from signups.mails.to_judge import to_judge
from signups.mails.wording import Words
from signups.models import MailKind, OutboxMessage

MOST_LISTED: Final = 20  # in one mail; all stand on the start page


def content(message: OutboxMessage, now: datetime) -> Content:
    """Names the text and who took the step: colleagues of one back office. The button leads to behind the login."""
    revision: Any = message.revision
    if message.kind == MailKind.REVIEW_ASKED and revision.told_at:  # not made up
        asked = to_judge(message) or [revision]
        if len(asked) > 1:
            return _several_asked(asked)
        (revision,) = asked
    title = one_line(str(revision.subject))
    match message.kind:
        case MailKind.REVIEW_ASKED:
            words, address = _review_asked(revision, title), back_office(revision.subject, "publication")
        case MailKind.TEXT_SENT_BACK:
            words, address = _came_back(revision, title), back_office(revision.subject, "change")
        case _:
            words, address = _published(revision, title, now)
    subject = f"{words.heading}{'' if words.heading.endswith('?') else ':'} {title}"
    return Content(words=words, subject=subject, button_url=address, is_personal=False)


def still_true(message: OutboxMessage, colleague: User) -> bool:
    """Not once somebody decided, or decided otherwise, or whoever it is to has nothing to do with it any more."""
    if not colleague.is_active:
        return False
    if message.kind == MailKind.REVIEW_ASKED:
        return bool(to_judge(message))
    revision: Any = message.revision
    subject = revision.subject
    if subject is None:
        return False
    change = proposals.of(subject)
    is_sent_back = bool(change and change.sent_back)
    match message.kind:
        case MailKind.TEXT_SENT_BACK:
            is_gone = revision.deed == Deed.WITHDRAWN and change is None
            is_back = is_gone or is_sent_back or subject.state in {PublicationState.DRAFT, PublicationState.EXPIRED}
            return is_back and may_manage(colleague, subject)
        case _:
            return subject.state == PublicationState.PUBLISHED and may_manage(colleague, subject)


def back_office(subject: Any, page: str) -> str:
    """The address of one of its pages there."""
    meta = subject._meta
    return absolute(reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[subject.pk]))


def _review_asked(revision: Revision, title: str) -> Words:
    if revision.deed == Deed.PROPOSED:
        asked = [
            _("%(who)s wil “%(title)s” veranderen.") % {"who": _who(revision), "title": title},
            _("De pagina blijft zoals hij is, tot iemand beslist."),
        ]
    else:
        asked = [_("%(who)s vraagt of “%(title)s” op de site mag.") % {"who": _who(revision), "title": title}]
    return Words(
        _("Kijk je dit na?"),
        [*asked, _("Zet het op de site, of stuur het terug en schrijf erbij wat er anders moet.")],
        _("Bekijk en beslis"),
        [_("Was een collega je voor? Dan hoef je niets te doen.")],
    )


def _several_asked(asked: list[Revision]) -> Content:
    """Each leads to its own page; the button to the start page, where all stands that waits."""
    listed, more = asked[:MOST_LISTED], len(asked) - MOST_LISTED
    left_out = ngettext(
        "En nog %(number)d tekst. Met de knop zie je ze allemaal.",
        "En nog %(number)d teksten. Met de knop zie je ze allemaal.",
        more,
    )
    words = Words(
        _("Kijk je deze %(number)d teksten na?") % {"number": len(asked)},
        [_("Zet ze op de site, of stuur ze terug en schrijf erbij wat er anders moet.")],
        _("Bekijk alles wat wacht"),
        [
            *([left_out % {"number": more}] if more > 0 else []),
            _("Was een collega je voor? Dan hoef je niets te doen."),
        ],
    )
    links = [
        {
            "title": one_line(str(step.subject)),
            "url": back_office(step.subject, "publication"),
            "for_whom": _("%(who)s wil dit veranderen.") % {"who": _who(step)}
            if step.deed == Deed.PROPOSED
            else _("%(who)s vraagt of dit op de site mag.") % {"who": _who(step)},
        }
        for step in listed
    ]
    address = absolute(reverse("admin:index"))
    return Content(words=words, subject=words.heading, button_url=address, is_personal=False, links=links)


def _came_back(revision: Revision, title: str) -> Words:
    """What was asked is not on the site, and no longer asked."""
    who = {"who": _who(revision), "title": title}
    match revision.deed:
        case Deed.WITHDRAWN:
            told = [
                _("%(who)s nam je wijziging van “%(title)s” niet over.") % who,
                _("De tekst blijft zoals hij nu is."),
            ]
            return Words(_("Je wijziging is niet overgenomen"), told, _("Bekijk de tekst"))
        case Deed.TAKEN_OFF:
            told = [
                _("%(who)s haalde “%(title)s” van de site voordat je wijziging er stond.") % who,
                _("De tekst is nu een concept. Moet hij terug? Laat hem dan opnieuw beoordelen."),
            ]
            return Words(_("Je tekst is van de site gehaald"), told, _("Bekijk de tekst"))
        case Deed.EXPIRED:
            told = [
                _("De tijd van “%(title)s” was om voordat je wijziging op de site stond.") % who,
                _("Bezoekers zien de tekst niet meer. Moet hij terug? Laat hem dan opnieuw beoordelen."),
            ]
            return Words(_("Je tekst staat niet meer op de site"), told, _("Bekijk de tekst"))
        case _:
            return _sent_back(revision, title)


def _sent_back(revision: Revision, title: str) -> Words:
    if revision.by:
        told = _("%(who)s stuurde “%(title)s” terug. Dit staat erbij:") % {"who": _who(revision), "title": title}
    else:
        told = _("“%(title)s” kon niet op de site op het moment dat was gepland. Dit is waarom:") % {"title": title}
    return Words(
        _("Je tekst kwam terug"),
        [told, f"“{one_line(revision.note)}”"],
        _("Pas je tekst aan"),
        [_("Klaar? Laat hem dan opnieuw beoordelen.")],
    )


def _published(revision: Revision, title: str, now: datetime) -> tuple[Words, str]:
    """What is not to be seen yet leads to where its author reads why."""
    subject: Any = revision.subject
    who = {"who": _who(revision), "title": title}
    stands = standing(subject, now)
    if not stands.is_visible:
        told = [_("%(who)s keurde “%(title)s” goed.") % who, stands.sentence]
        words = Words(_("Je tekst is goedgekeurd"), told, _("Bekijk hoe het ervoor staat"))
        return words, back_office(subject, "publication")
    if not revision.by:
        told = [_("Je wijziging van “%(title)s” staat op de site, zoals gepland.") % who]
    elif revision.deed == Deed.APPROVED:
        told = [_("%(who)s zette je wijziging van “%(title)s” op de site.") % who]
    else:
        told = [_("%(who)s zette “%(title)s” op de site.") % who]
    words = Words(_("Je tekst staat op de site"), [*told, _("Bezoekers zien dit nu.")], _("Bekijk de pagina"))
    return words, absolute(subject.get_absolute_url())


def _who(revision: Revision) -> str:
    return one_line(str(revision.by)) if revision.by else _("Een collega")
