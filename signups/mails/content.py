"""What one mail says, whoever gets it. Each sort of receiver fills it in a module of its own; rendering prints it."""

from dataclasses import dataclass, field

from content.facts import Fact
from signups.mails.wording import Words


@dataclass(frozen=True)
class Content:
    """In the active language. `is_personal` says that the button leads to something that is the receiver's alone.

    `lang` is set when heading and sentences are in another language than the rest.
    """

    words: Words
    subject: str
    button_url: str
    is_personal: bool
    lang: str = ""
    facts: list[Fact] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    reply_to: list[str] = field(default_factory=list)
    calendar: bytes | None = None
