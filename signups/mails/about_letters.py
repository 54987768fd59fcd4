"""Mails with what staff wrote to who signed up for a date: their words as plain text, in the frame of every mail."""

import re

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content.localised import localised
from content.structured_data import absolute
from signups.mails import facts
from signups.mails.content import Content
from signups.mails.links import own_link
from signups.mails.wording import Words, look
from signups.models import Ending, Letter, SignUp


def content(letter: Letter, sign_up: SignUp) -> Content:
    """To the address of this sign-up, with the way to every sign-up that it has for this date."""
    live = list(_of_the_address(letter, sign_up)) or [sign_up]
    entry, several = live[0], len(live) > 1
    is_live = entry.is_live
    typed, foreign = localised(letter, "subject")
    subject = facts.one_line(typed)
    return Content(
        words=_words(letter, entry, button="" if several else _button(entry)),
        subject=f"{subject}{'' if subject.endswith(('?', '!', '.', ':')) else ':'} {facts.title_of(entry.activity)}",
        lang=foreign or "",
        button_url=own_link(entry) if is_live else absolute(entry.activity.programme.get_absolute_url()),
        is_personal=is_live,
        facts=[] if several else facts.mail_facts(entry, is_coming=False),
        links=[_link(one) for one in live] if several else [],
        reply_to=list(filter(None, [entry.activity.programme.hub.contact_email])),
    )


def still_true(letter: Letter, sign_up: SignUp) -> bool:
    """Not once all of the address ended, or moved to another date; unless it was written to who had lost the seat."""
    if sign_up.activity_id != letter.activity_id:
        return False
    had_ended = sign_up.ending == Ending.ACTIVITY_CANCELLED and sign_up.ended_at <= letter.written_at  # type: ignore[operator]  # a CHECK: ended at a moment
    return had_ended or _of_the_address(letter, sign_up).exists()


def paragraphs(text: str) -> list[str]:
    """What empty lines divide."""
    return [part for part in re.split(r"\n\s*\n", text.strip()) if part]


def _words(letter: Letter, sign_up: SignUp, *, button: str) -> Words:
    subject, foreign = localised(letter, "subject")
    activity = sign_up.activity
    why = _("Dit bericht is van %(who)s. Je krijgt het omdat er op dit adres een aanmelding is voor: %(title)s.")
    names = {
        "who": ", ".join(facts.organisers(activity)) or str(activity.programme.hub),
        "title": facts.title_of(activity),
    }
    after = [why % names]
    if foreign:
        after.insert(0, _("Dit bericht is alleen in het Nederlands geschreven."))
    return Words(subject, paragraphs(localised(letter, "text")[0]), button, after)


def _button(sign_up: SignUp) -> str:
    return look(sign_up) if sign_up.is_live else _("Bekijk andere datums")


def _of_the_address(letter: Letter, sign_up: SignUp) -> QuerySet[SignUp]:
    """Siblings share a guardian's address, and so one mail."""
    same = SignUp.objects.filter(activity=letter.activity_id, email=sign_up.email).exclude(email="")
    return same.live().proven().select_related("activity__programme__hub").order_by("queue_number")


def _link(entry: SignUp) -> dict[str, str]:
    return {
        "title": facts.title_of(entry.activity),
        "when": facts.moment(entry.activity),
        "for_whom": facts.for_whom(entry),
        "url": own_link(entry),
    }
