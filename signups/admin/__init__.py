"""The back office of sign-ups and their mails."""

from signups.admin import outbox

__all__ = ["outbox"]
