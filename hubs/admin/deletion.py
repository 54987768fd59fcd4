"""What to do with a date that somebody signed up for: it is never deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.deletion import Way
from hubs.availability import is_over
from hubs.domain.old_dates import REMEMBERED
from hubs.models import Activity

DATES_STAY: Final = Way(_("Een datum waarvoor iemand zich aanmeldde, kan niet weg: die blijft bewaard."))


def instead_of_deleting(used: Sequence[Activity], now: datetime) -> list[Way]:
    """Who signed up for what is coming must hear of it; what has been is part of what the hub has done."""
    coming = [activity for activity in used if not is_over(activity, now)]
    to_cancel = ",".join(str(activity.pk) for activity in coming if not activity.cancelled_at)
    kept = gettext(
        "Een datum waarvoor iemand zich aanmeldde, blijft bewaard. Wie het waren, wordt %(days)d dagen na de datum "
        "vanzelf gewist; alleen aantallen blijven."
    )
    stays = Way(kept % {"days": REMEMBERED.days})
    if to_cancel:
        text = gettext("Gaat het niet door? Gelast het dan af: wie zich aanmeldde, krijgt een mail.")
        return [Way(text, gettext("Gelast af"), reverse("admin:cancel_dates", args=[to_cancel])), stays]
    said = gettext("Het is al afgelast.") if coming else gettext("Het is voorbij: je hoeft niets te doen.")
    return [Way(said), stays]
