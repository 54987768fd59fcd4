"""A made-up mail of every kind, for staff to look at. Nothing of it is stored or sent."""

from datetime import datetime, timedelta
from typing import Any, Final

from content import clock
from content.models import Deed, Revision
from hubs.models import Activity, EducationLevel
from partners.models import Invitation, Partner, User
from signups.models import AgeBand, DateInterest, Ending, Kind, Letter, MailKind, OutboxMessage, Proof, SignUp, State

ADDRESS: Final = "voorbeeld@portal.invalid"
STATES: Final = {
    MailKind.CONFIRMED: State.CONFIRMED,
    MailKind.WAITING: State.WAITING,
    MailKind.OFFER: State.OFFERED,
    MailKind.OFFER_RAN_OUT: State.WAITING,
    MailKind.LIST_CLOSED: State.EXPIRED,
    MailKind.CHANGED: State.CONFIRMED,
    MailKind.CANCELLED: State.CANCELLED,
    MailKind.DATE_CANCELLED: State.CANCELLED,
    MailKind.DATE_MOVED: State.CONFIRMED,
    MailKind.REMINDER: State.CONFIRMED,
    MailKind.THANKS: State.CONFIRMED,
    MailKind.LETTER: State.CONFIRMED,
    MailKind.LINKS: State.CONFIRMED,
}
LETTER: Final = {
    "subject": "Neem dichte schoenen mee",
    "text": "In de hal liggen krullen van metaal op de vloer.\n\nDraag daarom dichte schoenen.",
    "subject_en": "Wear closed shoes",
    "text_en": "There are metal shavings on the workshop floor.\n\nSo please wear closed shoes.",
}
DEEDS: Final = {
    MailKind.REVIEW_ASKED: Deed.SUBMITTED,
    MailKind.TEXT_SENT_BACK: Deed.SENT_BACK,
    MailKind.TEXT_PUBLISHED: Deed.PUBLISHED,
}
OF_A_CLASS: Final = {MailKind.PROVE_CLASS, MailKind.CHANGED}


def sample(kind: MailKind, language: str, activity: Activity, now: datetime) -> OutboxMessage:
    """As somebody would get it who signed up for this activity now, missed a date of it, is invited, or wrote of it."""
    match kind:
        case MailKind.INTEREST_PROVE | MailKind.INTEREST_MATCH:
            return OutboxMessage(kind=kind, date_interest=_interest(kind, language, activity, now))
        case MailKind.INVITATION:
            return OutboxMessage(kind=kind, invitation=_invitation(now))
        case MailKind.REVIEW_ASKED | MailKind.TEXT_SENT_BACK | MailKind.TEXT_PUBLISHED:
            return OutboxMessage(kind=kind, colleague=User(email=ADDRESS), revision=_step(kind, activity, now))
        case _:
            letter = Letter(**LETTER) if kind == MailKind.LETTER else None
            return OutboxMessage(kind=kind, sign_up=_sign_up(kind, language, activity, now), letter=letter)


def _sign_up(kind: MailKind, language: str, activity: Activity, now: datetime) -> SignUp:
    state = STATES.get(kind, State.REQUESTED)
    who: dict[str, Any] = {"kind": Kind.PERSON, "seats": 1, "name": "Leerling 0417", "age_band": AgeBand.FROM_16}
    if kind in OF_A_CLASS:
        who = {"kind": Kind.CLASS, "seats": 24, "name": "Klas 2B", "pupils": 24, "adults": 2}
    elif kind == MailKind.CONSENT:
        who |= {"age_band": AgeBand.UNDER_16, "contact_name": "Ouder 12"}
    return SignUp(
        **who,
        activity=activity,
        state=state,
        language=language,
        email=ADDRESS,
        proof_expires_at=now + timedelta(hours=24),
        offer_expires_at=now + timedelta(hours=48),
        proven_at=None if state == State.REQUESTED else now,
        proof="" if state == State.REQUESTED else Proof.OWN_LINK,
        ending=Ending.OWN,
    )


def _interest(kind: MailKind, language: str, activity: Activity, now: datetime) -> DateInterest:
    level = activity.programme.levels.first() or EducationLevel(code="havo", name="havo")
    return DateInterest(
        education_level=level,
        programme=activity.programme,
        language=language,
        email=ADDRESS,
        people=1,
        from_on=clock.local_date(now),
        until_on=clock.local_date(now + timedelta(days=90)),
        proof_expires_at=now + timedelta(hours=24),
        proven_at=now if kind == MailKind.INTEREST_MATCH else None,
    )


def _invitation(now: datetime) -> Invitation:
    partner = Partner(name="Voorbeeldbedrijf 7")
    return Invitation(partner=partner, email=ADDRESS, expires_at=now + timedelta(days=7))


def _step(kind: MailKind, activity: Activity, now: datetime) -> Revision:
    return Revision(
        subject=activity.programme,
        deed=DEEDS[kind],
        by=User(name="Medewerker 3"),
        made_at=now,
        note="Schrijf er nog bij wat je mee naar huis neemt.",
    )
