"""Routes of the partners' pages."""

from django.urls import path

from partners.views import pages

urlpatterns = [
    path("partners/", pages.partners, name="partners"),
    path("partners/<slug:slug>/", pages.partner, name="partner"),
]
