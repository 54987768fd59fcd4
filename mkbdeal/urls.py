"""Every public route, in Dutch. Machine-readable routes stand outside the language prefix."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import URLPattern, URLResolver, include, path

from mkbdeal import health, pages, privacy, well_known
from mkbdeal.media import media
from mkbdeal.sitemaps import SITEMAPS, index

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap.xml", index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap_section"),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("statusz", health.statusz, name="statusz"),
    path("media/<path:path>", media, name="media"),
    path("account/", include("mkbdeal.account.urls")),
    path("account/", include("partners.account_urls")),
    path("beheer/", admin.site.urls),
    *i18n_patterns(
        path("", pages.home, name="home"),
        path("over-de-deal/", pages.deal, name="deal"),
        path("zij-instroom/", pages.lateral_entry, name="lateral_entry"),
        path("privacy/", privacy.privacy, name="privacy"),
        path("", include("signups.urls")),
        path("", include("hubs.urls")),
        path("", include("partners.urls")),
        path("", include("content.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "mkbdeal.errors.bad_request"
handler403 = "mkbdeal.errors.forbidden"
handler429 = "mkbdeal.account.views.too_many"  # the login library looks for it here
handler404 = "mkbdeal.errors.not_found"
handler500 = "mkbdeal.errors.server_error"
