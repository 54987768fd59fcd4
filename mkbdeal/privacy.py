"""The privacy page: the office's text, and below it what is kept, made from the inventory, so that it cannot lie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from content import onward
from content.models import Page
from signups import inventory


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we know of whom, why, and until when."""
    page = get_object_or_404(Page.objects.published(), slug="privacy")
    context = {"page": page, "signs": onward.signs(page.slug), "groups": inventory.GROUPS}
    return render(request, "mkbdeal/privacy.html", context)
