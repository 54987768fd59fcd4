"""Finds the sign-up of whoever telephones, among those that a user may read. Nobody else's name can be found out."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Now

from signups.models import LIVE, Kind, SignUp

LEAST_DIGITS: Final = 6  # of a telephone number: fewer are a year, or a class
TRUNK: Final = re.compile(r"^(?:00|\+)31|^0")


def find(*, asked: str, user: Any) -> QuerySet[SignUp]:
    """By name, contact, address or telephone: only who is proven and not forgotten. What still comes stands first.

    An address is found as a whole: staff do not read a guardian's, so it must not be guessed letter by letter.
    """
    known = SignUp.objects.managed_by(user).proven().filter(emptied_at=None).exclude(kind=Kind.WALK_IN)
    words = asked.split()
    if not words:
        return known.none()
    condition = _all_in("name", words) | _all_in("contact_name", words) | Q(email=asked.strip().lower())
    digits = _digits(asked)
    if len(digits) >= LEAST_DIGITS:
        known = known.alias(digits=Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"))
        condition |= Q(digits__endswith=digits)
    is_over = Case(When(activity__last_ends_at__gt=Now(), then=0), default=1, output_field=IntegerField())
    has_ended = Case(When(state__in=LIVE, then=0), default=1, output_field=IntegerField())
    found = known.filter(condition).select_related("activity__programme__hub", "education_level", "school")
    return found.order_by(has_ended, is_over, "activity__first_starts_at", "queue_number")


def _all_in(column: str, words: Sequence[str]) -> Q:
    """Whatever their order, also without the accents."""
    condition = Q()
    for word in words:
        condition &= Q(**{f"{column}__unaccent__icontains": word})
    return condition


def _digits(asked: str) -> str:
    """Without the 0 or +31 in front, so that both are found; nothing for what is no number."""
    if not re.fullmatch(r"[\d\s()+.-]+", asked.strip()):
        return ""
    return re.sub(r"\D", "", TRUNK.sub("", re.sub(r"[\s().-]", "", asked.replace("(0)", ""))))
