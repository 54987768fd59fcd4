"""The tables of sign-ups, one noun a file."""

from signups.models.outbox_message import Delivery, MailKind, OutboxMessage
from signups.models.replayed_ledger import ReplayedLedger
from signups.models.sign_up import EMPTY, HOLDING, LIVE, AgeBand, Ending, Kind, Proof, SignUp, State
from signups.models.total import Total

__all__ = [
    "EMPTY",
    "HOLDING",
    "LIVE",
    "AgeBand",
    "Delivery",
    "Ending",
    "Kind",
    "MailKind",
    "OutboxMessage",
    "Proof",
    "ReplayedLedger",
    "SignUp",
    "State",
    "Total",
]
