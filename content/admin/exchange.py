"""Lists as files and files as changes: download, template, upload, differences, confirmation. Knows no model.

What a file may hold each admin class says with a Sheet; what is read and written is in content/domain/exchange.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext, ngettext

from content import clock
from content.admin.base import ClosedAdmin
from content.admin.exchange_form import UploadForm
from content.admin.exchange_log import note
from content.admin.forgiving import MALFORMED
from content.domain.exchange import files
from content.domain.exchange.applying import apply
from content.domain.exchange.columns import Column
from content.domain.exchange.errors import FileError
from content.domain.exchange.planning import plan_of
from content.domain.exchange.plans import Plan
from content.domain.exchange.sheets import Sheet
from content.domain.exchange.tables import MOST_ROWS, Table, most_rows
from content.domain.exchange.uploads import Shelf, Upload
from content.domain.exchange.writing import CONTENT_TYPES, CSV, XLSX, rows_of, written
from content.models import Published

SHOWN: Final = 200  # rows of each sort on the page of differences


class ExchangeAdmin(ClosedAdmin):
    """For lists that can be downloaded and filled from a file."""

    change_list_template = "admin/exchange_list.html"

    def sheet(self, request: HttpRequest) -> Sheet:
        """The list for this user."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("importeren/", self.import_view, "import"),
            ("importeren/<uuid:number>/", self.differences_view, "differences"),
        ]
        for suffix in (XLSX, CSV):
            pages += [
                (f"downloaden/{suffix}/", self._in(self.export_view, suffix), f"export_{suffix}"),
                (f"sjabloon/{suffix}/", self._in(self.template_view, suffix), f"template_{suffix}"),
            ]
        urls = [path(route, self.admin_site.admin_view(view), name=f"{name}_{page}") for route, view, page in pages]
        return [*urls, *super().get_urls()]

    def _in(self, view: Callable[..., HttpResponse], suffix: str) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest) -> HttpResponse:
            return view(request, suffix)

        return page

    # --- Out ---

    def export_view(self, request: HttpRequest, suffix: str) -> HttpResponse:
        """The list as it is filtered, all its pages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        sheet = self.sheet(request)
        try:
            found = list(sheet.ready(self._filtered(request))[: MOST_ROWS + 1])
        except (IncorrectLookupParameters, *MALFORMED):
            return self._no_file(request, gettext("Een deel van het adres of de keuze klopte niet. Dat is weggelaten."))
        if len(found) > MOST_ROWS:
            sentence = gettext("Dit zijn meer dan %(most)s rijen. Filter de lijst eerst.")
            return self._no_file(request, sentence % {"most": most_rows()})
        try:
            content = self._written(suffix, sheet.columns, rows_of(sheet.columns, found, suffix))
        except FileError as error:
            return self._no_file(request, error.sentence)
        return self._file(content, suffix, str(self.opts.verbose_name_plural))

    def _no_file(self, request: HttpRequest, sentence: str) -> HttpResponse:
        messages.warning(request, sentence)
        return redirect(self._exchange_address("changelist"))

    def _filtered(self, request: HttpRequest) -> Any:
        chosen = request.GET.copy()
        chosen.pop("p", None)  # the page that somebody looked at
        request.GET = chosen  # type: ignore[assignment]
        return self.get_changelist_instance(request).get_queryset(request)

    def template_view(self, request: HttpRequest, suffix: str) -> HttpResponse:
        """An empty list of what can be filled in, with its explanation."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        name = gettext("sjabloon %(list)s") % {"list": self.opts.verbose_name_plural}
        columns = [column for column in self.sheet(request).columns if not column.is_shown_only]
        return self._file(self._written(suffix, columns, ()), suffix, name)

    def _written(self, suffix: str, columns: Sequence[Column], rows: Any) -> bytes:
        title = str(capfirst(self.opts.verbose_name_plural))
        return written(suffix, title=title, columns=columns, rows=rows, explained=True)

    def _file(self, content: bytes, suffix: str, name: str) -> HttpResponse:
        headers = {"Content-Disposition": f'attachment; filename="{slugify(name)}.{suffix}"'}
        return HttpResponse(content, content_type=CONTENT_TYPES[suffix], headers=headers)

    # --- In ---

    def _open(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied

    def _shelf(self, request: HttpRequest) -> Shelf:
        return Shelf(request.user, self.opts.label)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Takes a file; what is in it is read on the next page."""
        self._open(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method == "POST" and form.is_valid():
            number = self._shelf(request).keep(form.upload())
            if number:
                return redirect(self._exchange_address("differences"), number)
            form.add_error(None, gettext("Het bestand kan nu even niet worden bewaard. Probeer het zo nog eens."))
        return self._upload_page(request, form)

    def differences_view(self, request: HttpRequest, number: UUID) -> HttpResponse:
        """Shows what the file would do; on POST it is read and compared once more, and done when nothing differs."""
        self._open(request)
        upload = self._shelf(request).find(number)
        if upload is None:
            sentence = gettext("Dit bestand is er niet meer: het wordt een uur bewaard. Kies het opnieuw.")
            messages.warning(request, sentence)
            return redirect(self._exchange_address("import"))
        try:
            table = files.read(upload.content, upload.name)
        except FileError as error:
            return self._upload_page(request, UploadForm(), error.sentence)
        if request.method == "POST":
            return self._confirm(request, number, upload, table)
        return self._differences_page(request, upload, plan_of(table, self.sheet(request)))

    def _confirm(self, request: HttpRequest, number: UUID, upload: Upload, table: Table) -> HttpResponse:
        shelf = self._shelf(request)
        if not shelf.claim(number):
            messages.warning(request, gettext("Dit bestand wordt al ingelezen."))
            return redirect(self._exchange_address("changelist"))
        is_done = False
        try:
            plan, is_done = self._apply(request, table)
        except (IntegrityError, OperationalError) as error:
            messages.error(request, _refusal(error))
            return redirect(self._exchange_address("differences"), number)
        finally:
            if not is_done:
                shelf.release(number)
        if not is_done:
            return self._differences_page(request, upload, plan, is_stale=True)
        shelf.forget(number)
        messages.success(request, _told(plan))
        return redirect(self._exchange_address("changelist"))

    def _apply(self, request: HttpRequest, table: Table) -> tuple[Plan, bool]:
        return apply(
            table=table,
            sheet=self.sheet(request),
            fingerprint=request.POST.get("seen", ""),
            author=request.user,
            now=clock.now(),
            then=lambda plan: note(plan, request.user),
        )

    # --- Pages ---

    def _upload_page(self, request: HttpRequest, form: UploadForm, refusal: str = "") -> HttpResponse:
        sheet = self.sheet(request)
        context = {"form": form, "refusal": refusal, "most": most_rows(), "may_add": sheet.may_add}
        context["key_heading"] = sheet.key_column.heading
        return self._exchange_page(request, "import", context)

    def _differences_page(
        self, request: HttpRequest, upload: Upload, plan: Plan, *, is_stale: bool = False
    ) -> HttpResponse:
        parts = [plan.faulty, *(sorted(rows, key=lambda row: not row.note) for rows in (plan.changed, plan.new))]
        shown = [(rows[:SHOWN], max(0, len(rows) - SHOWN)) for rows in parts]
        context = {"plan": plan, "file_name": upload.name, "is_stale": is_stale}
        context["are_drafts"] = issubclass(plan.model, Published)
        return self._exchange_page(
            request, "differences", context | dict(zip(("faulty", "changed", "new"), shown, strict=True))
        )

    def _exchange_page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        title = gettext("%(list)s importeren") % {"list": capfirst(self.opts.verbose_name_plural)}
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
        return TemplateResponse(request, f"admin/exchange/{template}.html", {**frame, **context})

    def _exchange_address(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"


def _refusal(error: DatabaseError) -> str:
    if isinstance(error, OperationalError):
        return gettext("Er is niets ingelezen: het is even te druk. Probeer het zo nog eens.")
    if isinstance(error, ProtectedError):
        return gettext(
            "Er is niets ingelezen: een bijeenkomst die zou verdwijnen, is al in gebruik. Laat die in het bestand."
        )
    return gettext("Er is niets ingelezen: intussen veranderde er iets. Kijk de verschillen na.")


def _told(plan: Plan) -> str:
    new = ngettext("%(count)d nieuw", "%(count)d nieuw", len(plan.new)) % {"count": len(plan.new)}
    changed = ngettext("%(count)d gewijzigd", "%(count)d gewijzigd", len(plan.changed)) % {"count": len(plan.changed)}
    return gettext("Ingelezen: %(new)s, %(changed)s.") % {"new": new, "changed": changed}
