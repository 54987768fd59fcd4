"""All that we know of one sign-up, for the person whom it is about. Nothing is left out but keys of the database."""

from typing import Any, Final

from django.db import models

from signups.inventory import SIGN_UPS
from signups.models import SignUp

INTERNAL: Final = {"id", "token_version"}


def own_data(entry: SignUp) -> dict[str, Any]:
    """Ready for JSON, in the active language: every field, those about somebody with why and until when."""
    personal = {name: row for row in SIGN_UPS.rows for name in row.fields}
    fields = [field for field in entry._meta.concrete_fields if field.name not in INTERNAL]
    return {
        "kept_until": str(SIGN_UPS.until),
        "personal": [
            {"what": str(row.what), "why": str(row.why), **{name: _value(entry, name) for name in row.fields}}
            for row in SIGN_UPS.rows
        ],
        "sign_up": {
            field.name: {"label": str(field.verbose_name), "value": _value(entry, field.name)}
            for field in fields
            if field.name not in personal
        },
        "mails": [
            {"kind": mail.get_kind_display(), "state": mail.get_state_display(), "created_at": mail.created_at}
            | {"sent_at": mail.sent_at}
            for mail in entry.messages.order_by("pk")
        ],
    }


def _value(entry: SignUp, name: str) -> Any:
    """As a person reads it: the label of a choice, the name of a school."""
    value = getattr(entry, name)
    if value and (label := getattr(entry, f"get_{name}_display", None)):
        return str(label())
    return str(value) if isinstance(value, models.Model) else value
