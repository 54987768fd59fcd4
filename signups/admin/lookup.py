"""The page that finds a sign-up by what a caller says. It shows of each no more than the list of its date does."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from hubs.models import Activity
from signups.admin.pages import SignUpPages, View
from signups.admin.participant_rows import about, contact_of, name_of, people_of, standing_of
from signups.admin.participants import when
from signups.domain import lookup
from signups.forms.lookup import LookupForm
from signups.models import SignUp

MOST: Final = 50


class LookupPages(SignUpPages):
    """For whoever manages the dates."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [*super().pages(), ("signups/zoeken/", self.find_sign_up, "find_sign_up")]

    def find_sign_up(self, request: HttpRequest) -> HttpResponse:
        """A post only reads: what is asked stays out of the address."""
        form = LookupForm(request.POST if request.method == "POST" else None)
        found: list[SignUp] = []
        if form.is_valid():
            found = list(lookup.find(asked=form.cleaned_data["asked"], user=request.user)[: MOST + 1])
        context = {
            "form": form,
            "is_asked": form.is_bound and form.is_valid(),
            "rows": [_row(entry) for entry in found[:MOST]],
            "is_cut": len(found) > MOST,
            "most": MOST,
        }
        return self.page(request, "find_sign_up", gettext("Zoek een aanmelding"), context)


def _row(entry: SignUp) -> dict[str, Any]:
    activity: Activity = entry.activity
    return {
        "activity": activity,
        "when": when(activity),
        "name": name_of(entry),
        "about": about(entry),
        "people": people_of(entry),
        "standing": " · ".join(filter(None, [entry.get_state_display(), standing_of(entry)])),
        "contact": contact_of(entry),
    }
