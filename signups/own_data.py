"""All that we know of one sign-up, for the person whom it is about. Nothing is left out but keys of the database."""

from typing import Any, Final

from django.db import models
from django.utils.translation import gettext

from partners.models import School, User
from signups.inventory import SIGN_UPS, Kept
from signups.models import Attendance, OutboxMessage, SignUp

INTERNAL: Final = {"id", "token_version"}
OF_SIGN_UP, OF_ATTENDANCE = SignUp._meta.label, Attendance._meta.label


def own_data(entry: SignUp) -> dict[str, Any]:
    """Ready for JSON, in the active language: every field, those about somebody with why and until when."""
    personal = {name for row in SIGN_UPS.rows for name in row.fields if row.model == OF_SIGN_UP}
    fields = [field for field in entry._meta.concrete_fields if field.name not in INTERNAL]
    return {
        "kept_until": str(SIGN_UPS.until),
        "personal": [{"what": str(row.what), "why": str(row.why), **_values(entry, row)} for row in SIGN_UPS.rows],
        "sign_up": {
            field.name: {"label": str(field.verbose_name), "value": _value(entry, field.name)}
            for field in fields
            if field.name not in personal
        },
        "mails": [_mail(mail) for mail in entry.messages.select_related("letter").order_by("pk")],
    }


def _mail(mail: OutboxMessage) -> dict[str, Any]:
    """What staff wrote stands in it once it went out; all other mails say what the portal says to everybody."""
    told = {"kind": mail.get_kind_display(), "state": mail.get_state_display(), "created_at": mail.created_at}
    written = {"subject": mail.letter.subject, "text": mail.letter.text} if mail.letter and mail.sent_at else {}
    return told | {"sent_at": mail.sent_at} | written


def _values(entry: SignUp, row: Kept) -> dict[str, Any]:
    """Of the sign-up itself, or a list of what was noted at the door."""
    if row.model == OF_ATTENDANCE:
        notes = entry.attendances.select_related("meeting", "noted_by")
        return {"attendances": [_note(note, row) for note in notes]}
    return {name: _value(entry, name) for name in row.fields}


def _note(note: Attendance, row: Kept) -> dict[str, Any]:
    """The sign-up is the whole file, and a meeting says little by its number: its start stands for it."""
    values = {name: _value(note, name) for name in row.fields if name != "sign_up"}
    return values | {"meeting": note.meeting.starts_at}


def _value(entry: models.Model, name: str) -> Any:
    """As a person reads it: the label of a choice, the name of a school."""
    value = getattr(entry, name)
    if isinstance(value, User):  # shows as an address where there is no name
        return value.name or gettext("een medewerker")
    if value and (label := getattr(entry, f"get_{name}_display", None)):
        return str(label())
    if isinstance(value, School):
        return value.with_place
    return str(value) if isinstance(value, models.Model) else value
