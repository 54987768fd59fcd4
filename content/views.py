"""Fixed pages and news. Pages that show more than content's own tables are in mkbdeal/pages.py."""

from http import HTTPStatus

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import clock, onward, preview, structured_data
from content.domain.errors import RefusedError
from content.models import NewsArticle, Page
from content.news_items import news_items
from content.paging import paginate
from content.photos import photo

OTHER_NEWS = 3
PICTOGRAMS = {"voor-scholen": "school", "voor-ouders": "robot_arm", "voor-bedrijven": "factory"}  # others have an arrow


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A fixed page; its slug comes from the route, not from the visitor."""
    shown = get_object_or_404(Page.objects.published(), slug=slug)
    context = {"page": shown, "pictogram": PICTOGRAMS.get(slug), "signs": onward.signs(slug)}
    return render(request, "content/page.html", context)


@require_safe
def preview_page(request: HttpRequest, token: str) -> HttpResponse:
    """What is not on the site yet, for who was given a link by staff. Changes nothing, sets no cookie."""
    now = clock.now()
    subject = preview.subject_of(token, now)
    if subject is None:
        return _no_preview(request)
    try:
        return preview.page(request, subject, now)
    except (Http404, RefusedError, IntegrityError):
        return _no_preview(request)


def _no_preview(request: HttpRequest) -> HttpResponse:
    response = render(request, "content/no_preview.html", status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # the path may be a token
    return response


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The news, newest first."""
    found = paginate(NewsArticle.objects.published(), request.GET.get("pagina"))
    context = {"page": found, "items": news_items(found.rows), "elsewhere": onward.links("deal", "activities")}
    return render(request, "content/news.html", context)


@require_safe
def news_article(request: HttpRequest, slug: str) -> HttpResponse:
    """One news item, and the newest others."""
    published = NewsArticle.objects.published()
    article = get_object_or_404(published, slug=slug)
    context = {
        "article": article,
        "photo": photo(article),
        "signs": onward.signs("nieuws"),
        "others": news_items(published.exclude(pk=article.pk)[:OTHER_NEWS]),
        "structured_data": structured_data.news_article(article),
    }
    return render(request, "content/news_article.html", context)
