"""What takes a seat of a date, heads or classes, is fixed while there are sign-ups that were counted so."""

from django.utils.translation import gettext as _

from hubs.models import Activity


def why_counting_stays(activity: Activity) -> str:
    """What to do first, or nothing. A trigger refuses it too (migration 0004)."""
    if not activity.taken + activity.queued:
        return ""
    sentence = _(
        "Er zijn al aanmeldingen (bezette plekken: %(taken)d, op de wachtlijst: %(queued)d), dus dit ligt vast. "
        "Maak een nieuwe datum, of meld eerst iedereen af bij Deelnemers."
    )
    return sentence % {"taken": activity.taken, "queued": activity.queued}
