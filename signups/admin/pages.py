"""What the pages about sign-ups share: their frame, and that a foreign row answers like one that does not exist."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from hubs.models import Activity, Meeting
from partners.models import User
from signups.models import SignUp

View = Callable[..., HttpResponse]


class SignUpPages(admin.ModelAdmin):
    """Subclasses list their pages; each finds its subject by one of the three below, and so is closed to others."""

    def pages(self) -> list[tuple[str, View, str]]:
        """Route, view and name."""
        return []

    def site_urls(self) -> list[URLPattern]:
        """Beside the model's own addresses (mkbdeal/backoffice.py)."""
        return [path(route, self.open_to_staff(view), name=name) for route, view, name in self.pages()]

    def open_to_staff(self, view: View) -> View:
        """Behind the login; says whose it is, as Django's own pages do."""
        wrapped: Any = self.admin_site.admin_view(view)
        wrapped.model_admin = self
        return wrapped

    def page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        name = f"admin/signups/signup/{template}.html"
        return TemplateResponse(request, name, {**frame, **context}, status=status)


def staff_of(request: HttpRequest) -> User:
    """Who asks; these pages are behind the login."""
    user: Any = request.user
    return user


def activity_of(request: HttpRequest, activity_id: int) -> Activity:
    """404 unless this user manages it."""
    managed = Activity.objects.managed_by(request.user).select_related("programme__hub")
    return get_object_or_404(managed, pk=activity_id)


def meeting_of(request: HttpRequest, meeting_id: int) -> Meeting:
    """404 unless this user manages its activity."""
    managed = Meeting.objects.filter(activity__in=Activity.objects.managed_by(request.user).values("pk"))
    return get_object_or_404(managed.select_related("activity__programme__hub", "room"), pk=meeting_id)


def entry_of(request: HttpRequest, uuid: UUID) -> SignUp:
    """404 unless this user manages its activity."""
    managed = SignUp.objects.managed_by(request.user)
    return get_object_or_404(managed.select_related("activity__programme__hub", "education_level", "school"), uuid=uuid)
