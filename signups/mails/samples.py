"""A made-up mail of every kind, for staff to look at. Nothing of it is stored or sent."""

from datetime import datetime, timedelta
from typing import Any, Final

from hubs.models import Activity
from signups.models import AgeBand, Ending, Kind, MailKind, OutboxMessage, Proof, SignUp, State

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
    MailKind.LINKS: State.CONFIRMED,
}
OF_A_CLASS: Final = {MailKind.PROVE_CLASS, MailKind.CHANGED}


def sample(kind: MailKind, language: str, activity: Activity, now: datetime) -> OutboxMessage:
    """As somebody would get it who signed up for this activity now."""
    state = STATES.get(kind, State.REQUESTED)
    who: dict[str, Any] = {"kind": Kind.PERSON, "seats": 1, "name": "Leerling 0417", "age_band": AgeBand.FROM_16}
    if kind in OF_A_CLASS:
        who = {"kind": Kind.CLASS, "seats": 24, "name": "Klas 2B", "pupils": 24, "adults": 2}
    elif kind == MailKind.CONSENT:
        who |= {"age_band": AgeBand.UNDER_16, "contact_name": "Ouder 12"}
    sign_up = SignUp(
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
    return OutboxMessage(kind=kind, sign_up=sign_up)
