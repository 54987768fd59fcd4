"""Two pages beside the form: where an object stands, with the steps that this user may take, and its preview."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import clock, preview
from content.admin.base import ClosedAdmin
from content.admin.publication_form import PublicationForm
from content.differences import Difference, Reader
from content.domain import history, proposals, publishing, snapshots
from content.domain.errors import RefusedError
from content.domain.snapshots import Values
from content.models import Deed, PublicationState, Revision
from content.standing import Standing, standing
from content.structured_data import absolute

DECIDING: Final = {"publish", "send_back", "take_off", "retime", "approve"}
SAID: Final = {
    "submit": gettext_lazy("Verstuurd. Een beheerder kijkt het na en zet het op de site."),
    "send_back": gettext_lazy("Teruggestuurd. Wie het schreef, leest wat er anders moet."),
    "withdraw": gettext_lazy("Het voorstel is weggegooid. De site blijft zoals hij is."),
    "give_link": gettext_lazy("De link staat onderaan. Kopieer hem en stuur hem aan je collega."),
    "take_link": gettext_lazy("De link werkt niet meer."),
}
ON_SITE: Final = {Deed.PUBLISHED, Deed.APPROVED, Deed.RETIMED, Deed.TAKEN_OFF, Deed.EXPIRED}


@dataclass(frozen=True)
class Compared:
    """What would change on the site. `since` is False for what was never on it."""

    differences: list[Difference]
    since: bool


class PublicationPages(ClosedAdmin):
    """For models that are Published."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        return [
            path("<path:object_id>/publicatie/", wrap(self.publication_view), name=f"{name}_publication"),
            path("<path:object_id>/voorbeeld/", wrap(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def may_decide(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this user publishes this object; of one that is still to be made, see there."""
        if obj is None or obj.pk is None:
            return self.decides_on_new(request)
        looked_up: dict[Any, bool] = vars(request).get("decided", {}).get(self.opts.label, {})
        return looked_up[obj.pk] if obj.pk in looked_up else obj.pk in self._decided(request, [obj])

    def look_up(self, request: HttpRequest, objs: Collection[models.Model]) -> None:
        super().look_up(request, objs)
        decided = self._decided(request, objs)
        found = {obj.pk: obj.pk in decided for obj in objs}
        vars(request).setdefault("decided", {})[self.opts.label] = found

    def _decided(self, request: HttpRequest, objs: Collection[models.Model]) -> set[Any]:
        rows = self.model._default_manager.decided_by(request.user).filter(pk__in=[obj.pk for obj in objs])
        return set(rows.order_by().values_list("pk", flat=True))

    def before_taking_off(self, obj: Any, now: datetime) -> str:
        """A sentence about what stays behind when it goes off the site; nothing for most."""
        return ""

    def steps(self, request: HttpRequest, obj: Any) -> set[str]:
        """What this user may do with the object as it stands now."""
        change = proposals.of(obj)
        fitting = {
            "submit": publishing.fits(Deed.SUBMITTED, obj.state),
            "publish": publishing.fits(Deed.PUBLISHED, obj.state),
            "retime": publishing.fits(Deed.RETIMED, obj.state),
            "take_off": publishing.fits(Deed.TAKEN_OFF, obj.state),
            "send_back": change is not None or publishing.fits(Deed.SENT_BACK, obj.state),
            "approve": change is not None,
            "withdraw": change is not None,
            "give_link": True,
            "take_link": True,
        }
        decides = self.may_decide(request, obj)
        is_author = change is not None and change.author_id == request.user.pk
        return {
            step
            for step, fits in fitting.items()
            if fits and (decides or step not in DECIDING) and (step != "withdraw" or decides or is_author)
        }

    def publication_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Shows on GET; a post takes one step."""
        obj = self._managed(request, object_id)
        steps = self.steps(request, obj)
        form = PublicationForm(request.POST if request.method == "POST" else None, steps=steps)
        if request.method == "POST" and form.is_valid():
            self._take(request, obj, form.cleaned_data)
            return redirect(self.page_url("publication", obj.pk))
        if request.method == "POST" and "step" in form.errors:
            messages.error(request, _("Dit kun je nu niet doen. Kijk hieronder hoe het ervoor staat."))
            return redirect(self.page_url("publication", obj.pk))
        return self._page(request, obj, form, steps)

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The real page with the change in it."""
        obj = self._managed(request, object_id)
        try:
            return preview.page(request, obj, clock.now(), seen_by=request.user)
        except (RefusedError, IntegrityError, Http404):
            sentence = _("Deze voorvertoning kan nog niet. Kijk of alles klopt en sla het opnieuw op.")
            messages.error(request, sentence)
            return redirect(self.page_url("change", obj.pk))

    def _managed(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            raise Http404
        return obj

    def page_url(self, page: str, pk: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=[pk])

    def _take(self, request: HttpRequest, obj: Any, given: dict[str, Any]) -> None:
        """What happened, and what the public sees now."""
        now = clock.now()
        try:
            self._step(obj, given, request.user, now)
        except RefusedError as error:
            messages.error(request, error.sentence)
            return
        except IntegrityError as error:
            messages.error(request, self._refusal(error))
            return
        obj.refresh_from_db()
        messages.success(request, _told(given["step"], standing(obj, now)))

    def _step(self, obj: Any, given: dict[str, Any], by: Any, now: datetime) -> None:
        step: dict[str, Any] = {"subject": obj, "version": given["version"], "by": by, "now": now}
        window = {name: given[name] for name in ("publish_at", "expire_at")}
        match given["step"]:
            case "submit":
                publishing.submit(**step)
            case "publish":
                publishing.publish(**step, **window)
            case "retime":
                publishing.retime(**step, **window)
            case "take_off":
                publishing.take_off(**step)
            case "send_back":
                publishing.send_back(**step, note=given["note"])
            case "approve":
                publishing.approve(**step, publish_at=given["publish_at"])
            case "withdraw":
                publishing.withdraw(**step)
            case "give_link":
                preview.give_link(obj, now)
            case "take_link":
                preview.take_back(obj)

    def _page(self, request: HttpRequest, obj: Any, form: PublicationForm, steps: set[str]) -> HttpResponse:
        now = clock.now()
        link = preview.link_of(obj, now)
        stands: Standing = standing(obj, now)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publicatie"),
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "form": form,
            "steps": steps,
            "before_taking_off": self.before_taking_off(obj, now),
            "standing": stands,
            "compared": self._compared(request, obj, stands),
            "preview_link": absolute(reverse("preview_page", args=[preview.token(link)])) if link else "",
            "link_until": link.expires_at if link else None,
            "site_page": self.view_on_site(obj) if stands.is_visible else None,
            "moments": {name: getattr(obj, name) for name in ("publish_at", "expire_at")},
        }
        return TemplateResponse(request, "admin/publication.html", context)

    def _compared(self, request: HttpRequest, obj: Any, stands: Standing) -> Compared | None:
        """The proposal beside the page on the site; a draft beside what was last on it."""
        reader, now_stored = Reader(self.model, request.user), snapshots.stored(obj)
        if stands.change is not None:
            proposed = {**now_stored, **stands.change.fields}
            return Compared(reader.differences(snapshots.changes(now_stored, proposed)), since=True)
        if obj.state == PublicationState.PUBLISHED:
            return None
        last = history.of(obj).filter(deed__in=ON_SITE).first()
        if last is None:
            return Compared([], since=False)
        return Compared(reader.differences(snapshots.changes(_on_site(last), now_stored)), since=True)


def _told(step: str, stands: Standing) -> str:
    """What the step did, or what visitors see now. An approved proposal may still wait for its moment."""
    if step == "approve" and stands.change:
        return f"{stands.change_title}."
    return str(SAID.get(step) or stands.sentence)


def _on_site(last: Revision) -> Values:
    """How it stood: the step that took it from the site may have changed it, by a proposal that waited."""
    if last.deed not in {Deed.TAKEN_OFF, Deed.EXPIRED}:
        return last.values
    return {**last.values, **{name: old for name, (old, _new) in last.changes.items()}}
