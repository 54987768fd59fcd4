"""The tables of sign-ups, one noun a file."""

from signups.models.attendance import Attendance
from signups.models.date_interest import DateInterest
from signups.models.feedback import Feedback
from signups.models.letter import Letter
from signups.models.outbox_message import ABOUT_TEXTS, Addressee, Delivery, MailKind, OutboxMessage, Receiver
from signups.models.replayed_ledger import ReplayedLedger
from signups.models.sign_up import EMPTY, HOLDING, LIVE, AgeBand, Ending, Kind, Proof, SignUp, State
from signups.models.total import Total

__all__ = [
    "ABOUT_TEXTS",
    "EMPTY",
    "HOLDING",
    "LIVE",
    "Addressee",
    "AgeBand",
    "Attendance",
    "DateInterest",
    "Delivery",
    "Ending",
    "Feedback",
    "Kind",
    "Letter",
    "MailKind",
    "OutboxMessage",
    "Proof",
    "Receiver",
    "ReplayedLedger",
    "SignUp",
    "State",
    "Total",
]
