"""Addresses that nobody should type, such as a filter on the year 9999: the page without it, and a sentence."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import SimpleTemplateResponse
from django.utils.translation import gettext

# What Python and the database say about a value that is no number, no date, or too large to be one.
MALFORMED = (ValueError, TypeError, OverflowError, ValidationError, DataError)


logger = logging.getLogger(__name__)


class ForgivingAdmin(admin.ModelAdmin):
    """The list and the form of every model. Only what came in by the address or a list's form is forgiven."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return self._forgiving(request, lambda: super(ForgivingAdmin, self).changelist_view(request, extra_context))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return self._forgiving(
            request, lambda: super(ForgivingAdmin, self).changeform_view(request, object_id, form_url, extra_context)
        )

    def _forgiving(self, request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            response = answer()
            if isinstance(response, SimpleTemplateResponse):
                response.render()  # here, because a list is read and a choice is looked up while the page is written
        except MALFORMED:
            if not ((request.method == "GET" and request.GET) or "_selected_action" in request.POST):
                raise  # then it is a fault of ours
            logger.warning("A malformed address or choice in the back office.", exc_info=True)
            sentence = gettext("Een deel van het adres of de keuze klopte niet. Dat is weggelaten.")
            self.message_user(request, sentence, messages.WARNING)
            return HttpResponseRedirect(request.path)
        return response
