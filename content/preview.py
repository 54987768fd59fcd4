"""The real public page of what is not on the site: the change is applied, the page rendered, everything rolled back.

So there is no second way of rendering: the preview is the page. Whoever asks has been found entitled by the caller.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content import tokens
from content.domain import proposals, snapshots
from content.models import PreviewLink, PublicationState

LINK_LASTS: Final = timedelta(days=14)
NOT_ON_SITE: Final = _("Dit is een voorvertoning. Bezoekers zien deze pagina zo nog niet.")
AS_ON_SITE: Final = _("Dit is een voorvertoning. Zo staat deze pagina ook op de site.")
SHOWN: Final = {"state": PublicationState.PUBLISHED, "publish_at": None, "expire_at": None}
FROM_REQUEST: Final = ("SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme", "HTTP_HOST")


def page(request: HttpRequest, subject: Any, now: datetime, *, seen_by: Any = None) -> HttpResponse:
    """As the public would see it with its proposal applied; Http404 or RefusedError where there is no such page.

    What must be on the site before it and is not, is told to `seen_by` alone, as far as that user manages it.
    """
    with override("nl"), transaction.atomic():
        try:
            response = _rendered(request, subject, now, seen_by)
        finally:
            transaction.set_rollback(True)
    response.cookies.clear()
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address may hold a link's token
    return response


def leads_on(request: HttpRequest) -> bool:
    """Whether the pages below this one can be visited: not yet in the preview of what is not on the site."""
    return not getattr(request, "is_off_site", False)


def _rendered(request: HttpRequest, subject: Any, now: datetime, seen_by: Any) -> HttpResponse:
    _hold(subject)
    row = get_object_or_404(type(subject)._base_manager, pk=subject.pk)  # as it is by now
    change = proposals.of(row)
    is_reached = _is_public(row)
    if change is not None:
        proposals.apply(row, change, now)
    _show(row, {})
    for other in row.shown_with():
        if not _is_public(other):
            row.not_shown_with().update(state=PublicationState.DRAFT)
            told = {} if _may_see(seen_by, other) else _unseen(other)
            _show(other, {**told, "slug": ""})  # without an address nothing leads there
    path = row.get_absolute_url()
    match = resolve(path)
    visit = _visit(request, path)
    visit.preview = AS_ON_SITE if is_reached and change is None else NOT_ON_SITE  # type: ignore[attr-defined]  # base.html says it
    visit.is_off_site = not is_reached  # type: ignore[attr-defined]
    visit.resolver_match = match
    response: HttpResponse = match.func(visit, *match.args, **match.kwargs)
    return response


def _hold(subject: Any) -> None:
    """Every row that is changed until it is drawn, in the order in which a file and everybody else locks them.

    What is proposed may show it with something else: what stands there now and what would are held together.
    """
    rows = type(subject)._base_manager.filter(pk=subject.pk)
    hidden: dict[type[models.Model], set[Any]] = {}
    for row in _now_and_proposed(subject):
        found = [other for other in row.shown_with() if not _is_public(other)]
        rows |= row.not_shown_with() if found else rows.none()
        for other in found:
            hidden.setdefault(type(other), set()).add(other.pk)
    for held in (rows, *(kind._base_manager.filter(pk__in=keys) for kind, keys in hidden.items())):
        list(held.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))


def _now_and_proposed(subject: Any) -> list[Any]:
    """The row as it is, and as it would be; without the latter where that hangs on what is gone: it is refused."""
    now, proposed = (get_object_or_404(type(subject)._base_manager, pk=subject.pk) for _number in range(2))
    change = proposals.of(now)
    if change is None:
        return [now]
    snapshots.fill(proposed, change.fields)
    try:
        proposed.shown_with()
    except ObjectDoesNotExist:
        return [now]
    return [now, proposed]


def _is_public(row: Any) -> bool:
    return bool(type(row)._default_manager.published().filter(pk=row.pk).exists())


def _may_see(user: Any, row: Any) -> bool:
    return user is not None and bool(type(row)._default_manager.managed_by(user).filter(pk=row.pk).exists())


def _unseen(row: Any) -> dict[str, Any]:
    """Emptied of all that staff edit, whatever columns it will have, but for what it says itself."""
    empty = {field.name: None if field.null else field.get_default() for field in snapshots.columns(type(row))}
    return {**empty, **row.unseen()}


def _show(row: Any, values: dict[str, Any]) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**{**values, **SHOWN})


def _visit(request: HttpRequest, path: str) -> HttpRequest:
    """A stranger's: without session, cookies or query."""
    visit = HttpRequest()
    visit.method, visit.path, visit.path_info = "GET", path, path
    visit.META = {name: request.META[name] for name in FROM_REQUEST if name in request.META}
    visit.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": ""}
    visit.user = AnonymousUser()
    visit.htmx = False  # type: ignore[attr-defined]  # as the middleware of the list pages says it
    return visit


def link_of(subject: models.Model, now: datetime) -> PreviewLink | None:
    """The link that was given out and still works."""
    content_type = ContentType.objects.get_for_model(type(subject))
    return PreviewLink.objects.filter(content_type=content_type, object_id=subject.pk, expires_at__gt=now).first()


def give_link(subject: models.Model, now: datetime) -> PreviewLink:
    """A new one in the place of an earlier one, which stops working."""
    take_back(subject)
    content_type = ContentType.objects.get_for_model(type(subject))
    return PreviewLink.objects.create(content_type=content_type, object_id=subject.pk, expires_at=now + LINK_LASTS)


def take_back(subject: models.Model) -> None:
    """Whoever has the link sees nothing any more."""
    content_type = ContentType.objects.get_for_model(type(subject))
    PreviewLink.objects.filter(content_type=content_type, object_id=subject.pk).delete()


def token(link: PreviewLink) -> str:
    """What stands in the address."""
    return tokens.make(tokens.Claim(tokens.Purpose.PREVIEW, link.uuid, 0))


def subject_of(given: str, now: datetime) -> Any:
    """What a link shows; None when it was taken back, ran out or was never given."""
    claim = tokens.read(given)
    if claim is None or claim.purpose != tokens.Purpose.PREVIEW:
        return None
    link = PreviewLink.objects.filter(uuid=claim.uuid, expires_at__gt=now).first()
    return link.subject if link else None
