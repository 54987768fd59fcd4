"""Routes of news and of the fixed pages that show their own text alone. A page's slug is the word in its address."""

from django.urls import path

from content import views

FIXED_PAGES = {
    "contact": "contact",
    "accessibility": "toegankelijkheid",
    "for_schools": "voor-scholen",
    "for_parents": "voor-ouders",
    "for_companies": "voor-bedrijven",
}

urlpatterns = [
    path("voorbeeld/<str:token>/", views.preview_page, name="preview_page"),
    path("nieuws/", views.news, name="news"),
    path("nieuws/<slug:slug>/", views.news_article, name="news_article"),
    *(path(f"{slug}/", views.page, {"slug": slug}, name=name) for name, slug in FIXED_PAGES.items()),
]
