"""The page that removes everything labelled as an example, after a question."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext

from content.admin.base import ClosedAdmin, is_programme_office
from hubs.domain.examples import remove_examples
from hubs.models import Activity, Programme
from partners.models import Partner


class ExamplesAdmin(ClosedAdmin):
    """For lists that show examples: above the list is a link to the page."""

    change_list_template = "admin/examples_list.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_examples"
        page = path("voorbeelden/", self.admin_site.admin_view(self.examples_view), name=name)
        return [page, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shown = is_programme_office(request) and any(_numbers().values())
        return super().changelist_view(request, {"has_examples": shown, **(extra_context or {})})

    def examples_view(self, request: HttpRequest) -> HttpResponse:
        """All examples of the site go, not only those of this list; so it asks first."""
        if not is_programme_office(request):
            raise PermissionDenied
        if request.method == "POST":
            self._remove(request)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        question = {"title": gettext("Alle voorbeelden verwijderen?"), "opts": self.opts, **_numbers()}
        return TemplateResponse(
            request, "admin/remove_examples.html", {**self.admin_site.each_context(request), **question}
        )

    def _remove(self, request: HttpRequest) -> None:
        removed = remove_examples()
        sentence = gettext("Weg: %(activities)d voorbeelddatums, %(programmes)d programma's en %(partners)d partners.")
        self.message_user(request, sentence % vars(removed), messages.SUCCESS)
        if removed.kept_activities:
            kept = ngettext(
                "%(count)d voorbeelddatum blijft staan: daar meldde iemand zich voor aan.",
                "%(count)d voorbeelddatums blijven staan: daar meldde iemand zich voor aan.",
                removed.kept_activities,
            )
            self.message_user(request, kept % {"count": removed.kept_activities}, messages.WARNING)


def _numbers() -> dict[str, int]:
    return {
        "activities": Activity.objects.filter(is_example=True).count(),
        "programmes": Programme.objects.filter(is_example=True).count(),
        "partners": Partner.objects.filter(is_example=True).count(),
    }
