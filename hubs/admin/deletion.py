"""What to do with what sign-ups keep in place: dates, what has such dates, and levels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.deletion import Way
from content.admin.usage import are_any_used
from hubs.availability import is_over
from hubs.domain.old_dates import REMEMBERED
from hubs.domain.series import MOST
from hubs.models import Activity

DATES_STAY: Final = Way(
    _("Er zijn datums bij waarvoor iemand zich aanmeldde. Die blijven bewaard, en daarmee ook dit.")
)
LEVEL_STAYS: Final = (
    # True of sign-ups, which are added up, and of wishes for a date, which stay without their address.
    Way(
        _(
            "Dit blijft bewaard: bezoekers kozen het. Wie dat waren, wordt vanzelf gewist. Hoe vaak het is gekozen, "
            "blijft staan."
        )
    ),
    Way(
        _(
            "Gebruik je het niveau niet meer? Haal het weg bij de hubs en programma's. Dan kiest niemand het nog bij "
            "het aanmelden en heeft het geen halte meer. Heet het anders? Verander dan de naam."
        )
    ),
)


def instead_of_emptying(dated: QuerySet[Activity], otherwise: Way) -> Way:
    """What keeps something with these dates in place: what can be deleted first, or what never can."""
    return DATES_STAY if are_any_used(dated) else otherwise


def instead_of_deleting(used: Sequence[Activity], now: datetime) -> list[Way]:
    """Who signed up for what is coming must hear of it; what has been is part of what the hub has done."""
    coming = [activity for activity in used if not is_over(activity, now)]
    to_cancel = [activity.pk for activity in coming if not activity.cancelled_at]
    kept = gettext(
        "Een datum waarvoor iemand zich aanmeldde, blijft bewaard. Wie het waren, wordt %(days)d dagen na de datum "
        "vanzelf gewist; alleen aantallen blijven."
    )
    said = [_to_cancel(to_cancel)] if to_cancel else []
    if coming and not to_cancel:
        are_all = len(coming) == len(used)
        said.append(Way(gettext("Het is al afgelast.") if are_all else gettext("Wat nog kwam, is al afgelast.")))
    if len(coming) < len(used):
        is_all = not coming
        sentence = gettext("Het is voorbij: je hoeft niets te doen.") if is_all else gettext("Wat voorbij is, laat je.")
        said.append(Way(sentence))
    return [*said, Way(kept % {"days": REMEMBERED.days})]


def _to_cancel(keys: list[int]) -> Way:
    text = gettext("Gaat het niet door? Gelast het dan af: wie zich aanmeldde, krijgt een mail.")
    if len(keys) > MOST:
        return Way(text + " " + gettext("Kies er in de lijst hoogstens %(most)d tegelijk.") % {"most": MOST})
    return Way(text, gettext("Gelast af"), reverse("admin:cancel_dates", args=[",".join(map(str, keys))]))
