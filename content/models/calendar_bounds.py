"""The years that a date may have. A mistyped one gives moments that no page can show."""

from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from content.clock import AMSTERDAM

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


def moments_in_bounds(name: str, *fields: str) -> models.CheckConstraint:
    """A CHECK that these date-times, where given, lie in the years of the portal."""
    bounds = (datetime(FIRST_YEAR, 1, 1, tzinfo=AMSTERDAM), datetime(LAST_YEAR, 1, 1, tzinfo=AMSTERDAM))
    return _bounded(name, fields, bounds, FIRST_YEAR)


def days_in_bounds(name: str, *fields: str, first_year: int = FIRST_YEAR) -> models.CheckConstraint:
    """The same for dates; history may begin earlier."""
    return _bounded(name, fields, (date(first_year, 1, 1), date(LAST_YEAR, 1, 1)), first_year)


def _bounded(name: str, fields: tuple[str, ...], bounds: tuple[Any, Any], first_year: int) -> models.CheckConstraint:
    # An empty field makes its part NULL, which a CHECK lets pass.
    condition = models.Q(**{f"{field}__range": bounds for field in fields})
    sentence = format_lazy(_("Vul een jaar tussen {first} en {last} in."), first=first_year, last=LAST_YEAR)
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=sentence)
