"""PartnerScopedAdmin opens an admin class to a partner's staff: for what `.managed_by(user)` gives, nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.admin import RelatedOnlyFieldListFilter
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest

from content.admin.base import ClosedAdmin, ClosedInline, is_programme_office
from content.domain.exchange.columns import Column
from partners.models import MemberRole


def is_partner_staff(request: HttpRequest) -> bool:
    """The programme office too: it may do whatever a partner may."""
    user: Any = request.user
    return is_programme_office(request) or bool(user.is_active and user.is_authenticated and user.is_member)


class PartnerScopedAdmin(ClosedAdmin):
    """Whoever derives from this says what partners may add and delete, and which fields are the office's.

    A relation offers a partner's staff what they manage; `choices` says where it is more.
    """

    partners_add = False
    partners_delete = False
    office_fields: Sequence[str] = ()
    office_fields_once_made: Sequence[str] = ()  # a partner fills them in once

    def _opens(self, request: HttpRequest, subject: models.Model | None) -> bool:
        if is_programme_office(request):
            return True
        if subject is None:
            return is_partner_staff(request)
        return self._is_managed(request, subject)

    def _is_managed(self, request: HttpRequest, subject: models.Model) -> bool:
        """Read once per request: a form asks it some forty times."""
        found, key = self._found(request), (self.opts.label, subject.pk)
        if key not in found:
            self.look_up(request, [subject])
        return found[key]

    def look_up(self, request: HttpRequest, objs: Collection[models.Model]) -> None:
        super().look_up(request, objs)
        keys = {obj.pk for obj in objs}
        managed = set(self.get_queryset(request).filter(pk__in=keys).order_by().values_list("pk", flat=True))
        self._found(request).update({(self.opts.label, key): key in managed for key in keys})

    def _found(self, request: HttpRequest) -> dict[tuple[str, Any], bool]:
        found: dict[tuple[str, Any], bool] = vars(request).setdefault("managed", {})
        return found

    def decides_on_new(self, request: HttpRequest) -> bool:
        """Managers: what they make is run by their own partner."""
        user: Any = request.user
        return is_programme_office(request) or (is_partner_staff(request) and MemberRole.MANAGER in user.roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_partner_staff(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_programme_office(request) or (self.partners_add and is_partner_staff(request))

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return is_programme_office(request) or (self.partners_delete and self._opens(request, obj))

    def choices(self, name: str, request: HttpRequest) -> models.QuerySet:
        """Of a model of which nobody says who manages what, such as accounts, the office alone chooses."""
        manager: Any = self.model._meta.get_field(name).related_model._default_manager
        if is_programme_office(request):
            return manager.all()
        return manager.managed_by(request.user) if hasattr(manager, "managed_by") else manager.none()

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """What is only shown has no field in the form, so that nothing posted can change it."""
        fields = tuple(super().get_readonly_fields(request, obj))
        if is_programme_office(request):
            return fields
        return (*fields, *self.office_fields, *(self.office_fields_once_made if obj else ()))

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        fixed = self.get_readonly_fields(request, obj)
        fields = super().get_prepopulated_fields(request, obj)
        return {name: sources for name, sources in fields.items() if name not in fixed}

    def open_columns(self, request: HttpRequest, columns: Iterable[Column]) -> list[Column]:
        """Of an import: what this user may not fill in, in a form, may be in a file but not differ."""
        if is_programme_office(request):
            return list(columns)
        fixed, once = set(self.office_fields), set(self.office_fields_once_made)
        return [
            replace(
                column,
                is_fixed=column.is_fixed or column.name in fixed,
                is_fixed_once_made=column.is_fixed_once_made or column.name in once,
            )
            for column in columns
        ]

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Filters on a relation offer what occurs in the user's own rows."""
        return [
            (entry, RelatedOnlyFieldListFilter) if isinstance(entry, str) and self._is_relation(entry) else entry
            for entry in super().get_list_filter(request)
        ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field.name, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", self.choices(db_field.name, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """What is linked but not this user's to choose was not in the form, and stays linked."""
        kept = {name: self._not_to_choose(form.instance, name, request) for name in self._many_in(form) if change}
        super().save_related(request, form, formsets, change)
        for name, rows in kept.items():
            getattr(form.instance, name).add(*rows)

    def _many_in(self, form: Any) -> list[str]:
        return [field.name for field in self.opts.many_to_many if field.name in form.fields]

    def _not_to_choose(self, subject: models.Model, name: str, request: HttpRequest) -> list[models.Model]:
        return list(getattr(subject, name).exclude(pk__in=self.choices(name, request).values("pk")))

    def _is_relation(self, path: str) -> bool:
        model: Any = self.model
        try:
            for name in path.split("__"):
                field = model._meta.get_field(name)
                model = field.related_model
        except FieldDoesNotExist:
            return False
        return bool(field.is_relation)


class OfficeInline(ClosedInline):
    """Rows that a partner's staff see and the programme office alone changes, such as who has which role."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return is_programme_office(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return is_programme_office(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return is_programme_office(request)
