"""Pages beside the list of mails: a sample of every kind, and on the embedded default the mails that became files."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext

from content import clock
from content.admin.base import is_programme_office
from hubs.models import Activity
from signups import mails
from signups.mails import written
from signups.mails.samples import sample
from signups.models import MailKind

View = Callable[..., HttpResponse]


class MailPages(admin.ModelAdmin):
    """Reads only. Whoever may see the list may see the samples; mails in files hold anybody's, for the office alone."""

    def pages(self) -> list[tuple[str, View, str]]:
        """Route, view and name."""
        return [
            ("voorbeelden/", self.samples, "mail_samples"),
            ("voorbeelden/<str:kind>/<str:language>/", self.sample, "mail_sample"),
            ("voorbeelden/<str:kind>/<str:language>/html/", self.sample_html, "mail_sample_html"),
            ("bestanden/", self.written_mails, "written_mails"),
            ("bestanden/<str:name>/", self.written_mail, "written_mail"),
        ]

    def open_to_staff(self, view: View) -> View:
        """Behind the login and the rights of the list."""

        def guarded(request: HttpRequest, **kwargs: str) -> HttpResponse:
            if not self.has_module_permission(request):
                raise PermissionDenied
            return view(request, **kwargs)

        return self.admin_site.admin_view(guarded)

    def samples(self, request: HttpRequest) -> HttpResponse:
        context = {"kinds": MailKind.choices, "languages": settings.LANGUAGES, "has_activity": bool(_activity())}
        return self._page(request, "mail_samples", gettext("Voorbeelden van elke mail"), context)

    def sample(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        parts = _parts(kind, language)
        context = {"kind": kind, "language": language, "parts": parts, "from_email": settings.DEFAULT_FROM_EMAIL}
        return self._page(request, "mail_sample", str(MailKind(kind).label), context)

    def sample_html(self, request: HttpRequest, kind: str, language: str) -> HttpResponse:
        return HttpResponse(_parts(kind, language).html)

    def written_mails(self, request: HttpRequest) -> HttpResponse:
        if not may_read_files(request):
            raise Http404
        return self._page(request, "written_mails", gettext("Mails in bestanden"), {"mails": written.newest()})

    def written_mail(self, request: HttpRequest, name: str) -> HttpResponse:
        mail = written.read(name) if may_read_files(request) else None
        if mail is None:
            raise Http404
        return self._page(request, "written_mail", mail.subject, {"mail": mail})

    def _page(self, request: HttpRequest, template: str, title: str, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"admin/signups/outboxmessage/{template}.html", {**frame, **context})


def may_read_files(request: HttpRequest) -> bool:
    return written.are_written() and is_programme_office(request)


def _activity() -> Activity | None:
    """A real one that is coming: its sentences are what staff want to see."""
    now = clock.now()
    return Activity.objects.public(now).upcoming(now).select_related("programme__hub").first()


def _parts(kind: str, language: str) -> mails.Parts:
    activity = _activity()
    if kind not in MailKind.values or language not in dict(settings.LANGUAGES) or activity is None:
        raise Http404
    now = clock.now()
    with translation.override(language):
        return mails.parts(sample(MailKind(kind), language, activity, now), now=now)
