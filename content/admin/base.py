"""ClosedAdmin: only what `.managed_by(user)` gives. Every admin class derives from it; no model is known here."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import IntegrityError, OperationalError, models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.admin.deletion import Way, consequences, delete_selected, used_meanwhile
from content.admin.faults import faults
from content.admin.fields import FORMFIELD_OVERRIDES, Picker, SeveralPicker
from content.admin.forgiving import ForgivingAdmin
from content.admin.forms import ClosedForm, LabelledFormSet
from content.models import PublicationState, Published
from content.outage import is_lock_wait

BUSY: Final = _("Iemand anders is hier net mee bezig, bijvoorbeeld met een bestand. Sla zo opnieuw op.")


def is_programme_office(request: HttpRequest) -> bool:
    """Sees and edits everything."""
    return bool(request.user.is_active and getattr(request.user, "is_programme_office", False))


class PlainChoices:
    """Choices without Django's icons to edit what is chosen: a form changes one object."""

    # What the public will see of a field, where the model's own text does not say it. No migration for a word.
    help_texts: Mapping[str, Any] = {}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.help_texts:
            kwargs["help_text"] = self.help_texts[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field and field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class ClosedAdmin(PlainChoices, ForgivingAdmin):
    """Closed by default: a model without `.managed_by` cannot be listed."""

    form = ClosedForm
    formfield_overrides = FORMFIELD_OVERRIDES
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    goes_along = False  # rows that are deleted with what they belong to, never by hand
    # Many-to-many fields with so few choices that ticking is easier than picking with the control key.
    ticked_fields: Sequence[str] = ()
    why_forbidden: Any = _("Dat doet alleen het programmabureau. Vraag het daar.")  # to delete these
    first_step: Any = ""  # what to do first, in a list that is still empty

    class Media:
        js = ["backoffice/choices.js"]

    def scope(self, queryset: models.QuerySet, request: HttpRequest) -> models.QuerySet:
        """The part that this user manages."""
        managed: models.QuerySet = queryset.managed_by(request.user)  # type: ignore[attr-defined]
        return managed

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.scope(super().get_queryset(request), request)

    def _opens(self, request: HttpRequest, subject: models.Model | None) -> bool:
        """To the programme office alone, unless a subclass opens it to others (partners/admin/scoped.py)."""
        return is_programme_office(request)

    def choices(self, name: str, request: HttpRequest) -> models.QuerySet:
        """What this user may choose in the relation `name`."""
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.all() if is_programme_office(request) else related._default_manager.none()

    def decides_on_new(self, request: HttpRequest) -> bool:
        """Whether this user may put on the site what is still to be made."""
        return is_programme_office(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_programme_office(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_programme_office(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.display(description=_("voorbeeld"), ordering="is_example")
    def example(self, obj: Any) -> str:
        """A word for examples and nothing for the rest: a red cross would look like a mistake."""
        return gettext("voorbeeld") if obj.is_example else ""

    def view_on_site(self, obj: models.Model) -> str | None:
        """The public page itself, never Django's redirect by content type; none for what the public cannot see."""
        if isinstance(obj, Published) and obj.state != PublicationState.PUBLISHED:
            return None
        address = getattr(obj, "get_absolute_url", None)
        return address() if address else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What only the database can see, such as a seat taken this very second, comes back as an error of the form.

        So does a row that somebody else holds, such as a file that is being read in: the form comes back as typed.
        """
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            if request.method != "POST":
                raise
            request.refusal = self._refusal(error)  # type: ignore[attr-defined]
        except OperationalError as error:
            if request.method != "POST" or not is_lock_wait(error):
                raise
            request.refusal = BUSY  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _refusal(self, error: IntegrityError) -> str:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for model in [self.model, *(inline.model for inline in self.inlines)]:
            for constraint in model._meta.constraints:
                if constraint.name == broken:
                    return str(constraint.get_violation_error_message())
        return gettext("Intussen is er iets veranderd waardoor dit niet past. Kijk de gegevens na en sla opnieuw op.")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Picker(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.ticked_fields:
            kwargs["widget"] = CheckboxSelectMultiple()
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SeveralPicker(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context["errors"]:
            found = faults(context["adminform"].form, context["inline_admin_formsets"])
            context["faults"] = [fault for fault in found if not fault.is_asked]
            context["asked"] = [fault for fault in found if fault.is_asked]
        return super().render_change_form(request, context, *args, **kwargs)

    def look_up(self, request: HttpRequest, objs: Collection[models.Model]) -> None:
        """Where it takes a query to say what this user may do with one, this asks it once for all of them."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        return consequences(objs, request, self.admin_site)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError:
            return used_meanwhile(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Deleting several says what stands in the way, as deleting one does."""
        actions: dict[str, Any] = super().get_actions(request)
        if stock := actions.get("delete_selected"):
            actions["delete_selected"] = (delete_selected, *stock[1:])
        return actions

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        """What to do with objects that cannot be deleted, because something needs them."""
        return [Way(gettext("Haal dat eerst weg."))]

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        if context["protected"]:
            context["instead"] = self.instead(request, [context["object"]])
        return super().render_delete_form(request, context)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: Any = None, **kwargs: Any
    ) -> type[Any]:
        form = super().get_form(request, obj, change=bool(change), **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form


class ClosedInline(PlainChoices, admin.TabularInline):
    """Rows of the object above them: whoever may change that may change these."""

    form = ClosedForm
    formset = LabelledFormSet
    formfield_overrides = FORMFIELD_OVERRIDES
    extra = 0
    about: Any = ""  # a sentence above the rows

    def _opens(self, request: HttpRequest, parent: models.Model | None) -> bool:
        owner = self.admin_site.get_model_admin(self.parent_model)
        return owner.has_change_permission(request, parent)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._opens(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The choices are read once for all rows."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            choices: Any = field.choices
            field.choices = list(choices)
        return field
