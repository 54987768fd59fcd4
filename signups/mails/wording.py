"""What the words of every mail to a visitor are made of."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from content import dates
from signups.models import Kind, SignUp


@dataclass(frozen=True)
class Words:
    """`heading` is the subject's first half too. Without `button` there is nothing to do or to look at."""

    heading: str
    sentences: list[str]
    button: str = ""
    after: list[str] = field(default_factory=list)


def in_words(moment: datetime | None) -> str:
    return dates.moment(moment) if moment else ""


def to_whom(sign_up: SignUp, *, participant: str, guardian: str, teacher: str) -> str:
    """The sentence for who reads it: only a participant is the one that comes."""
    if sign_up.kind == Kind.CLASS:
        return teacher
    return guardian if sign_up.needs_guardian else participant


def elsewhere() -> str:
    return _("Kijk ook of er een andere datum is die past.")
