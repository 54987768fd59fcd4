"""The back office of sign-ups and their mails."""

from signups.admin import demand, outbox, sign_ups

__all__ = ["demand", "outbox", "sign_ups"]
