"""What people thought of a date: each who came answers once, and no answer leads back to anybody."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Avg, Count
from django.utils.translation import gettext as _

from hubs.models import Activity
from signups.domain.errors import Reason, RefusedError
from signups.domain.presence import presence
from signups.domain.small_numbers import shown
from signups.models import Feedback, SignUp


@dataclass(frozen=True)
class Opinions:
    """The averages of `answers` people, each from 1 to 5."""

    answers: int
    liked: float
    learned: float
    wants_more: float


@transaction.atomic
def give(*, sign_up_id: int, liked: int, learned: int, wants_more: int, now: datetime) -> None:
    """Write the answers and note that this sign-up gave its own, under its lock.

    Raises RefusedError for a second time, and for who did not come.
    """
    entry = SignUp.objects.select_for_update(of=("self",)).select_related("activity").get(pk=sign_up_id)
    if entry.gave_feedback:
        raise RefusedError(Reason.NO_LONGER, _("Je gaf je mening al. Eén keer is genoeg."))
    if presence(entry, now) is None:
        raise RefusedError(Reason.NO_LONGER, _("Alleen wie er was, kan een mening geven."))
    Feedback.objects.create(activity=entry.activity, liked=liked, learned=learned, wants_more=wants_more)
    entry.gave_feedback = True
    entry.save(update_fields=["gave_feedback"])


def opinions(activity: Activity) -> Opinions | None:
    """What staff may see of an activity; None while an average would tell too much about each. One query."""
    found = Feedback.objects.filter(activity=activity).aggregate(
        answers=Count("uuid"), liked=Avg("liked"), learned=Avg("learned"), wants_more=Avg("wants_more")
    )
    return Opinions(**found) if shown(found["answers"]) else None
