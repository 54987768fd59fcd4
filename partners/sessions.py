"""Django's session engine (SESSION_ENGINE): sessions in the database, each with its owner, moment and device."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from partners.models import StaffSession, User

BEGAN: Final = "began_at"
DEVICE: Final = "device"

# The first that fits: many a browser also names the ones that it descends from.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """What it keeps beside Django's own columns comes out of the session itself."""

    @classmethod
    def get_model_class(cls) -> Any:
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = User._meta.pk.to_python(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.began_at = datetime.fromisoformat(data[BEGAN]) if BEGAN in data else None
        row.device = data.get(DEVICE, "")
        return row


def describe(session: SessionBase, user_agent: str, now: datetime) -> None:
    """Note when a session began and on what sort of device, in words that its owner recognises."""
    session[BEGAN] = now.isoformat()
    session[DEVICE] = " · ".join(filter(None, (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))))


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
