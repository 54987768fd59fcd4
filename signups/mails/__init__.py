"""What a mail says and how it looks, made from the rows as they are now. Sends nothing, writes nothing."""

from hubs.calendar import calendar_file
from signups.mails.facts import mail_facts, numbers
from signups.mails.rendering import Parts, parts, render
from signups.mails.truth import still_true

__all__ = ["Parts", "calendar_file", "mail_facts", "numbers", "parts", "render", "still_true"]
