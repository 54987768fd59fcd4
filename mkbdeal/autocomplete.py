"""What the pickers of the back office look up: never more than the form itself would accept."""

from typing import Any

from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest


class Choices(AutocompleteJsonView):
    """Django asks who may see the related model; here the form that is being filled in says what may be chosen."""

    def get_queryset(self) -> QuerySet:
        choices = self._owner().choices(self.source_field.name, self.request)
        choices = choices.complex_filter(self.source_field.get_limit_choices_to())
        found, has_doubles = self.model_admin.get_search_results(self.request, choices, self.term)
        return found.distinct() if has_doubles else found

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        try:
            owner = self._owner()
        except NotRegistered:
            return False
        return bool(owner.has_view_permission(request))

    def _owner(self) -> Any:
        site: Any = self.admin_site
        return site.get_model_admin(self.source_field.model)
