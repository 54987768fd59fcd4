"""New rows come last: the first place is not taken by accident."""

from typing import Any, Final

from django.db.models import Max
from django.http import HttpRequest

from content.admin.base import ClosedAdmin

STEP: Final = 10  # so that a row can be put between two others
LAST: Final = 32_767


class OrderedAdmin(ClosedAdmin):
    """For models with a `position`."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        last = self.model._default_manager.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else min(last + STEP, LAST)
        return {"position": position, **super().get_changeform_initial_data(request)}
