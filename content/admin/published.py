"""The form of what is published: what is on the site is edited as a proposal, unless whoever publishes says at once."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import clock
from content.admin.deletion import Way
from content.admin.history import RecordedAdmin
from content.admin.publication import PublicationPages
from content.admin.usage import MOST_NAMED
from content.domain import proposals, publishing, snapshots
from content.domain.errors import RefusedError
from content.domain.snapshots import Values
from content.models import Deed, PublicationState
from content.standing import standing

PROPOSING: Final = {"_propose", "_continue"}  # buttons


class PublishedAdmin(PublicationPages, RecordedAdmin):
    """Stands before PartnerScopedAdmin: a proposal must not touch what is linked."""

    why_forbidden = gettext_lazy(
        "Het staat op de site, en daar haalt alleen een beheerder iets af. Vraag het een beheerder van je partner, of "
        "kies alleen wat nog niet op de site staat."
    )

    @property
    def change_form_template(self) -> list[str]:  # type: ignore[override]  # Django takes several
        """A model's own form extends admin/published_form.html."""
        return [f"admin/{self.opts.app_label}/{self.opts.model_name}/change_form.html", "admin/published_form.html"]

    def proposes(self, request: HttpRequest, obj: Any) -> bool:
        """Whether saving this now makes a proposal. Who goes on editing is not done: nothing goes on the site yet."""
        is_live = obj is not None and obj.state == PublicationState.PUBLISHED
        return is_live and (not PROPOSING.isdisjoint(request.POST) or not self.may_decide(request, obj))

    def filling(self, request: HttpRequest, obj: models.Model) -> Values:
        """Editing again goes on with what was proposed."""
        change = proposals.of(obj)
        return change.fields if change else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if not (change and self.proposes(request, obj)):
            super().save_model(request, obj, form, change)
            return
        request.stood = snapshots.stored(obj)  # type: ignore[attr-defined]
        self.claim(obj, form)
        links = self._chosen(form, self._waiting(request, obj))
        proposed = {**snapshots.of_columns(_with_stored_photo(obj)), **links}
        proposals.propose(subject=obj, proposed=proposed, by=request.user, now=clock.now())
        request.is_proposal = True  # type: ignore[attr-defined]

    def _waiting(self, request: HttpRequest, obj: models.Model) -> Values:
        """As it stood, with what waits."""
        stood: Values = request.stood  # type: ignore[attr-defined]
        return {**stood, **self.filling(request, obj)}

    def _chosen(self, form: Any, stands: Values) -> Values:
        """Relations as ids; what is linked and not this user's to choose was not in the form, and stays.

        As it stands, with what waits: an older version in the form brings back only what its user may choose.
        """
        chosen: Values = {}
        for field in snapshots.relations(self.model):
            if field.name in form.cleaned_data:
                linked = field.related_model._base_manager.filter(pk__in=stands[field.name])
                kept = linked.exclude(pk__in=form.fields[field.name].queryset.values("pk"))
                chosen[field.name] = sorted(row.pk for row in {*form.cleaned_data[field.name], *kept})
        return chosen

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Rows below a page on the site are not part of a proposal: they are saved, as their inline says."""
        if not _is_proposal(request):
            links = self._chosen(form, self._waiting(request, form.instance)) if change else {}
            super().save_related(request, form, formsets, change)
            for name, keys in links.items():
                getattr(form.instance, name).set(keys)
            proposals.settle(subject=form.instance, by=request.user, now=clock.now())
            return
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def view_on_site(self, obj: Any) -> str | None:
        """As the public reaches it, whatever a proposal says."""
        row = self.model._default_manager.published().filter(pk=obj.pk).first()
        address: str | None = row.get_absolute_url() if row else None
        return address

    def confirmable(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        """Confirming changes what visitors read: on the site only whoever publishes does it in one go."""
        decided = self.model._default_manager.decided_by(request.user).values("pk")
        return queryset.filter(~models.Q(state=PublicationState.PUBLISHED) | models.Q(pk__in=decided))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting what is on the site takes it off the site, which editors do not."""
        allowed = super().has_delete_permission(request, obj)
        is_live = obj is not None and obj.state == PublicationState.PUBLISHED
        return allowed and (not is_live or self.may_decide(request, obj))

    def instead(self, request: HttpRequest, used: Sequence[Any]) -> list[Way]:
        """Visitors need not see it, also where it cannot be deleted."""
        live = [obj for obj in used if obj.state == PublicationState.PUBLISHED]
        text = _("Je kunt de pagina ook van de site halen. Er gaat dan niets verloren:")
        ways = [
            Way(text, _("Publicatie") if len(used) == 1 else str(obj), self.page_url("publication", obj.pk))
            for obj in live[:MOST_NAMED]
        ]
        if not live:
            ways.append(Way(_("Je kunt het ook laten staan: bezoekers zien het niet.")))
        return [*super().instead(request, used), *ways]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        said = self._stepped(request, obj)
        response = super().response_add(request, obj, post_url_continue)
        self._say(request, said)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        said = self._stepped(request, obj)
        request.keeps_quiet = _is_proposal(request)  # type: ignore[attr-defined]  # else Django says: changed
        response = super().response_change(request, obj)
        self._say(request, said)
        return response

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        if not getattr(request, "keeps_quiet", False):
            super().message_user(request, message, *args, **kwargs)

    def _say(self, request: HttpRequest, said: tuple[str, int]) -> None:
        messages.add_message(request, said[1], said[0])

    def _stepped(self, request: HttpRequest, obj: Any) -> tuple[str, int]:
        """Take the step that the button asked for; then what the public sees now."""
        obj.refresh_from_db(fields=["state", "version", "publish_at", "expire_at"])
        if _is_proposal(request):
            return _of_proposal(obj), messages.SUCCESS
        step = {"subject": obj, "version": obj.version, "by": request.user, "now": clock.now()}
        try:
            if "_submit" in request.POST and publishing.fits(Deed.SUBMITTED, obj.state):
                publishing.submit(**step)
            elif "_publish" in request.POST and publishing.fits(Deed.PUBLISHED, obj.state):
                if not self.may_decide(request, obj):
                    return _("Opgeslagen, maar niet op de site gezet: dat doet een beheerder."), messages.WARNING
                publishing.publish(**step)
        except RefusedError as error:
            return error.sentence, messages.ERROR
        obj.refresh_from_db(fields=["state", "version", "publish_at", "expire_at"])
        return standing(obj, clock.now()).sentence, messages.INFO

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        decides = self.may_decide(request, obj)
        context |= {"decides": decides, "may_save": self.has_change_permission(request, obj)}
        if obj is not None:
            stored = self.model._default_manager.get(pk=obj.pk)  # the object itself may carry a proposal
            context |= {"standing": standing(stored, clock.now()), "subtitle": str(stored)}
            context["publication_url"] = self.page_url("publication", obj.pk)
            context["preview_url"] = self.page_url("preview", obj.pk)
        return super().render_change_form(request, context, *args, **kwargs)


def _is_proposal(request: HttpRequest) -> bool:
    return getattr(request, "is_proposal", False)


def _with_stored_photo(obj: Any) -> Any:
    """A new photo gets its file now: the proposal names it by its path."""
    for field in obj._meta.concrete_fields:
        if isinstance(field, models.FileField):
            field.pre_save(obj, add=False)
    return obj


def _of_proposal(obj: Any) -> str:
    if proposals.of(obj) is None:
        return _("Er is niets veranderd aan wat op de site staat.")
    return _("Je voorstel is bewaard. De site blijft zoals hij is, tot een beheerder het goedkeurt.")
