"""Routes of the partners' pages."""

from django.urls import path

from partners import views

urlpatterns = [
    path("partners/", views.partners, name="partners"),
    path("partners/<slug:slug>/", views.partner, name="partner"),
]
