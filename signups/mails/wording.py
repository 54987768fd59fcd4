"""What the words of every mail to a visitor are made of."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from content import dates
from signups.models import SignUp
from signups.to_whom import to_whom


@dataclass(frozen=True)
class Words:
    """`heading` is the subject's first half too. Without `button` there is nothing to do or to look at."""

    heading: str
    sentences: list[str]
    button: str = ""
    after: list[str] = field(default_factory=list)


def in_words(moment: datetime | None) -> str:
    return dates.moment(moment) if moment else ""


def elsewhere() -> str:
    return _("Kijk ook of er een andere datum is die past.")


def look(sign_up: SignUp) -> str:
    """The button to the own page: a guardian did not sign up, the child did."""
    mine = _("Bekijk je aanmelding")
    return to_whom(sign_up, participant=mine, guardian=_("Bekijk de aanmelding"), teacher=mine)
