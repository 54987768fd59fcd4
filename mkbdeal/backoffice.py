"""The back office's site: title, order, who may enter. The apps' admin packages register themselves with it."""

from typing import Any, Final

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

# What staff do often comes first; each sentence says what a visitor gets from it.
ORDER: Final[list[tuple[Any, dict[str, Any]]]] = [
    (
        _("Programma's en data"),
        {
            "Activity": _("Data waarop mensen en klassen zich aanmelden; de agenda van de site."),
            "Programme": _("Wat je bij een hub kunt leren of doen."),
            "Hub": _("De praktijkhallen: adres, openingstijden, ruimtes en partners."),
        },
    ),
    (_("Aanmeldingen"), {"OutboxMessage": _("Wat er aan mails uitging, en wat niet aankwam.")}),
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
            "EducationLevel": _("De haltes van de leerlijn."),
            "LevelGroup": _("Namen voor niveaus samen, zoals vmbo."),
            "Progression": _("De lijnen tussen de haltes."),
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
        """Only the programme office, until pages are opened to partners."""
        return bool(request.user.is_active and getattr(request.user, "is_programme_office", False))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without r/<type>/<object>/: it would tell whether an object exists."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In our own groups; a registered model that no group names comes last."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            _group(name, [{**models.pop(key), "about": about} for key, about in entries.items() if key in models])
            for name, entries in ORDER
        ]
        return [group for group in [*groups, _group(_("Overig"), list(models.values()))] if group["models"]]


def _group(name: Any, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "app_label": "", "app_url": "", "has_module_perms": True, "models": models}


class BackOfficeConfig(AdminConfig):
    """Makes BackOffice the site that `@admin.register` means."""

    default = False
    default_site = "mkbdeal.backoffice.BackOffice"
