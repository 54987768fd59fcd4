"""Who is spoken to: a participant, a guardian of the child, a teacher of the class; in both languages."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from signups.mails import about_sign_ups
from signups.models import Ending, MailKind, State
from signups.standing import place_in_queue
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AS_PARTICIPANT = {
    "nl": re.compile(
        r"\bje (bent|was al|staat|stond|plek|een plek|er moet|er was(?=\.)|hebt een andere)\b|\bben je\b"
        r"|\bmeld je(?! kind)\b|\bvoor je(?! kind| klas)|\bwil je (die|toch|komen|niet meer)\b|\bkun je (dan|toch)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\byou (are|were|came|stand|want the|need to be)\b|\byour (place|seat)\b|\bcan you not\b|\bcan't you\b"
        r"|\bfor you\b|\bif you cannot\b",
        re.IGNORECASE,
    ),
}
CHILD, CLASS = {"nl": "je kind", "en": "your child"}, {"nl": "je klas", "en": "your class"}
ITS_DATE_CANCELLED = {"state": State.CANCELLED, "ending": Ending.ACTIVITY_CANCELLED}
OF_OTHERS_THAN_PARTICIPANTS = [
    (MailKind.ALREADY, {}),
    (MailKind.ALREADY, {"state": State.REQUESTED}),
    (MailKind.CONFIRMED, {}),
    (MailKind.DATE_MOVED, {}),
    (MailKind.REMINDER, {}),
    (MailKind.THANKS, {}),
    (MailKind.WAITING, {"state": State.WAITING}),
    (MailKind.OFFER, {"state": State.OFFERED}),
    (MailKind.OFFER_RAN_OUT, {"state": State.WAITING, "offers_run_out": 1}),
    (MailKind.OFFER_RAN_OUT, {"state": State.EXPIRED, "ending": Ending.OFFER_RAN_OUT}),
    (MailKind.LIST_CLOSED, {"state": State.EXPIRED, "ending": Ending.LIST_CLOSED}),
    *[
        (MailKind.CANCELLED, {"state": State.CANCELLED, "ending": ending})
        for ending in (Ending.OWN, Ending.DECLINED, Ending.STAFF)
    ],
    (MailKind.DATE_CANCELLED, ITS_DATE_CANCELLED),  # and reinstated since
    (
        MailKind.DATE_CANCELLED,
        ITS_DATE_CANCELLED | {"activity__cancelled_at": NOW, "activity__cancel_reason": "Ziekte."},
    ),
]


def said(kind, entry, language):
    """The subject and every sentence of a mail."""
    with translation.override(language):
        content = about_sign_ups.content(kind, entry, NOW)
    words = content.words
    return " ".join([content.subject, words.heading, *words.sentences, words.button, *words.after])


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "given"), OF_OTHERS_THAN_PARTICIPANTS)
@pytest.mark.parametrize(("who", "about"), [({"under_16": True}, CHILD), ({"class_of": 24}, CLASS)])
def test_who_does_not_come_is_not_spoken_to_as_if(kind, given, who, about, language):
    """A guardian and a teacher read of their child and their class, unnamed; of a cancelled date that it is."""
    entry = SignUpFactory(**{"activity__capacity": 30, "name": "Leerling 0417"} | given | who)
    text = said(kind, entry, language)
    assert AS_PARTICIPANT[language].findall(text) == []
    assert "0417" not in text
    assert about[language] in text.lower() or kind == MailKind.DATE_CANCELLED


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("kind", "given"), [(MailKind.WAITING, {"state": State.WAITING}), (MailKind.REMINDER, {})])
def test_who_comes_reads_of_what_is_theirs(kind, given, language):
    """So that the patterns above find what they look for."""
    assert AS_PARTICIPANT[language].search(said(kind, SignUpFactory(**given), language))


@pytest.mark.parametrize(
    ("who", "first", "second"),
    [
        ({}, "Je staat vooraan.", "Er is 1 aanmelding vóór je."),
        ({"under_16": True}, "Je kind staat vooraan.", "Er is 1 aanmelding vóór je kind."),
        ({"class_of": 24}, "Je klas staat vooraan.", "Er is 1 aanmelding vóór je klas."),
    ],
)
def test_the_place_in_the_queue(who, first, second):
    activity = ActivityFactory(capacity=30)
    entries = [SignUpFactory(activity=activity, state=State.WAITING, **who) for _number in range(2)]
    assert [place_in_queue(entry) for entry in entries] == [first, second]
