"""What the words of every mail to a visitor are made of."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from content import dates


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
    return _("Wil je toch meedoen? Kijk dan of er een andere datum is.")
