"""Dutch clock times on other days, and the two nights a year in which an hour is missing or comes twice."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from content import dates
from content.clock import AMSTERDAM
from content.models import FIRST_YEAR, LAST_YEAR


class NoSuchMomentError(ValueError):
    """That night this clock time does not exist or comes twice, or the year is none of the portal's.

    `sentence` says to staff what to do.
    """

    def __init__(self, moment: datetime) -> None:
        self.sentence = _sentence(moment)
        super().__init__(self.sentence)


def dutch_moment(day: date, at: time) -> datetime:
    """This clock time in the Netherlands. Raises NoSuchMomentError where that is no single moment."""
    moment = datetime.combine(day, at, AMSTERDAM)
    if moment.utcoffset() != moment.replace(fold=1).utcoffset() or not FIRST_YEAR <= day.year < LAST_YEAR:
        raise NoSuchMomentError(moment)
    return moment


def days_later(moment: datetime, days: int) -> datetime:
    """The same clock time in the Netherlands on another day. Raises NoSuchMomentError."""
    local = moment.astimezone(AMSTERDAM)
    return dutch_moment(local.date() + timedelta(days=days), local.time())


def about_days_later(moment: datetime, days: int) -> datetime:
    """The same for what may be an hour off, such as when sign-up opens."""
    local = moment.astimezone(AMSTERDAM)
    return datetime.combine(local.date() + timedelta(days=days), local.time(), AMSTERDAM)


def _sentence(moment: datetime) -> str:
    if not FIRST_YEAR <= moment.year < LAST_YEAR:
        return _("Vul een jaar tussen %(first)d en %(last)d in.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
    told = {"day": dates.day(moment.date()), "time": f"{moment:%H.%M}"}
    if moment.utcoffset() < moment.replace(fold=1).utcoffset():  # type: ignore[operator]  # both are aware
        return _("Op %(day)s gaat de klok een uur vooruit: %(time)s uur bestaat dan niet. Kies een andere tijd.") % told
    return _("Op %(day)s gaat de klok een uur terug: %(time)s uur komt dan twee keer. Kies een andere tijd.") % told
