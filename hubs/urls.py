"""The public addresses of the catalogue; included under the language prefix."""

from django.urls import path

from hubs.views import activities, hubs, pathway, previews, programmes

urlpatterns = [
    path("hubs/", hubs.hubs, name="hubs"),
    path("hubs/<slug:slug>/", hubs.hub, name="hub"),
    path("programmas/", programmes.programmes, name="programmes"),
    path("programmas/<slug:slug>/", programmes.programme, name="programme"),
    path("agenda/", activities.activities, name="activities"),
    path("agenda/<int:pk>/", activities.activity, name="activity"),
    path("leerlijn/", pathway.pathway, name="pathway"),
    path("leerlijn/<slug:key>/", pathway.pathway_level, name="pathway_level"),
    path("deelbeeld/hub/<slug:slug>.png", previews.hub_preview, name="hub_preview"),
    path("deelbeeld/thema/<slug:slug>.png", previews.theme_preview, name="theme_preview"),
]
