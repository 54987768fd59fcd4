"""The back office's site: title, order, who may enter. The apps' admin packages register themselves with it."""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from content import clock, dates
from mkbdeal import guide
from mkbdeal.autocomplete import Choices
from mkbdeal.start_page import start_page
from partners.models import MemberRole

BACK_FROM_REVIEW: Final = _("Wat naar je terugkwam, en wat is goedgekeurd voor later.")
# What staff do often comes first; each sentence says what a visitor gets from it.
ORDER: Final[list[tuple[Any, dict[str, Any]]]] = [
    (
        _("Programma's en datums"),
        {
            "PendingChange": _("Concepten en voorstellen waarover jij beslist, en wat naar je terugkwam."),
            "Activity": _("Datums waarop mensen en klassen zich aanmelden; de agenda van de site."),
            "Programme": _("Wat je bij een hub kunt leren of doen."),
            "Hub": _("De praktijkhallen: adres, openingstijden, ruimtes en partners."),
        },
    ),
    (
        _("Aanmeldingen"),
        {
            "SignUp": _("Wie er komt, wie er wacht en waarom, en de lijst voor aan de deur."),
            "OutboxMessage": _("Wat er aan mails uitging, en wat niet aankwam."),
            "DateInterest": _("Hoeveel mensen een datum missen, per niveau en maand."),
        },
    ),
    (
        _("Nieuws en teksten"),
        {
            "NewsArticle": _("Berichten op de nieuwspagina en de voorpagina."),
            "Page": _("De deal, contact, privacy en andere vaste teksten."),
            "Milestone": _("De tijdlijn van de deal."),
            "Figure": _("De deal in een paar cijfers."),
        },
    ),
    (
        _("Partners en scholen"),
        {
            "Partner": _("Wie er meedoen, met hun eigen pagina."),
            "PartnerPerson": _("Wie bij een partner welke rol had, met het jaar."),
            "School": _("Scholen waaruit een klas komt."),
            "SchoolHoliday": _("Vakanties per regio."),
        },
    ),
    (
        _("Indeling van de site"),
        {
            "Theme": _("Onderwerpen met hun pictogram."),
            "EducationLevel": _("De haltes van de leerlijn en de lijnen ertussen."),
            "LevelGroup": _("Namen voor niveaus samen, zoals vmbo."),
            "Synonym": _("Andere woorden waarop bezoekers zoeken."),
        },
    ),
    (_("Toegang"), {"User": _("Wie in dit beheer mag en voor welke partner.")}),
]


class BackOffice(AdminSite):
    """The Django admin at /beheer/."""

    site_title = _("MKB-deal beheer")
    site_header = _("MKB-deal beheer")
    index_title = _("Wat wil je bijwerken?")
    empty_value_display = "–"
    enable_nav_sidebar = False  # the start page says what is where; forms and lists get the width

    def has_permission(self, request: HttpRequest) -> bool:
        """The programme office, and whoever works for a partner. What they find there each admin class decides."""
        user: Any = request.user
        return bool(user.is_active and user.is_authenticated and (user.is_programme_office or user.is_member))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one way in. Whoever is in and may not come here reads so, and is not sent round in circles."""
        onward = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: onward})}")
        if not self.has_permission(request):
            return render(request, "account/no_partner.html", status=HTTPStatus.FORBIDDEN)
        return redirect(onward if url_has_allowed_host_and_scheme(onward, None) else "admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Asks and does it where everybody logs out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Choices.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What asks for something today, above the list of what one may edit."""
        now = clock.now()
        page = {"start": start_page(request.user, now), "today": dates.day(now)}
        context = {**page, "title": _("Voorpagina"), "list_title": self.index_title}
        return super().index(request, {**context, **(extra_context or {})})

    def guide(self, request: HttpRequest) -> HttpResponse:
        """How to do what, in ten lines for each role; the own role comes first."""
        title = _("Zo werkt het beheer")
        context = {**self.each_context(request), "title": title, "chapters": guide.chapters(request.user)}
        return TemplateResponse(request, "admin/guide.html", context)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without r/<type>/<object>/: it would tell whether an object exists. With what a class has beside its own."""
        beside = [page for owner in self._registry.values() for page in getattr(owner, "site_urls", list)()]
        beside.append(path("uitleg/", self.admin_view(self.guide), name="guide"))
        return beside + [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In our own groups; a registered model that no group names comes last."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            _group(name, [{**models.pop(key), "about": about} for key, about in entries.items() if key in models])
            for name, entries in _order(request.user)
        ]
        return [group for group in [*groups, _group(_("Overig"), list(models.values()))] if group["models"]]


def _order(user: Any) -> list[tuple[Any, dict[str, Any]]]:
    """Who only edits decides on nothing."""
    if user.is_programme_office or MemberRole.MANAGER in user.roles:
        return ORDER
    return [
        (name, {**abouts, **{key: BACK_FROM_REVIEW for key in abouts if key == "PendingChange"}})
        for name, abouts in ORDER
    ]


def _group(name: Any, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "app_label": "", "app_url": "", "has_module_perms": True, "models": models}
