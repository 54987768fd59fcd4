"""The action that removes everything labelled as an example, after a question."""

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from content.admin.base import ClosedAdmin
from hubs.domain.examples import remove_examples
from hubs.models import Activity, Programme


class ExamplesAdmin(ClosedAdmin):
    """For lists that show examples; subclasses name the action in `actions`."""

    @admin.action(description=_("Verwijder alle voorbeelden van de site"), permissions=["delete"])
    def remove_all_examples(self, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        """All examples go, whatever was ticked; so it asks first."""
        if "confirmed" not in request.POST:
            return TemplateResponse(request, "admin/remove_examples.html", self._question(request))
        removed = remove_examples()
        sentence = gettext("Weg: %(activities)d voorbeelddata, %(programmes)d programma's en %(partners)d partners.")
        self.message_user(request, sentence % vars(removed), messages.SUCCESS)
        if removed.kept_activities:
            kept = ngettext(
                "%(count)d voorbeelddatum blijft staan: daar meldde iemand zich voor aan.",
                "%(count)d voorbeelddata blijven staan: daar meldde iemand zich voor aan.",
                removed.kept_activities,
            )
            self.message_user(request, kept % {"count": removed.kept_activities}, messages.WARNING)
        return None

    def _question(self, request: HttpRequest) -> dict[str, object]:
        return {
            **self.admin_site.each_context(request),
            "title": gettext("Alle voorbeelden verwijderen?"),
            "opts": self.opts,
            "activities": Activity.objects.filter(is_example=True).count(),
            "programmes": Programme.objects.filter(is_example=True).count(),
            "selected": request.POST.getlist("_selected_action")[:1],
        }
