"""Writing to who signed up for a date: a form, the mail as it goes out, one post that sends, and what went before."""

from dataclasses import asdict
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext, ngettext

from content import clock
from content.paging import paginate
from signups import mails, submit_token, tasks
from signups.admin.pages import SignUpPages, View, activity_of
from signups.admin.participant_rows import moment
from signups.admin.participants import when
from signups.domain import letters
from signups.domain.errors import RefusedError
from signups.domain.letters import Reach
from signups.forms.letter import TICKS, LetterForm
from signups.mails.about_letters import paragraphs
from signups.mails.samples import sample
from signups.models import Delivery, Letter, MailKind, SignUp
from signups.submit_token import SubmitToken

PER_PAGE: Final = 20


class LetterPages(SignUpPages):
    """For whoever manages the date."""

    def pages(self) -> list[tuple[str, View, str]]:
        return [
            *super().pages(),
            ("signups/deelnemers/<int:activity_id>/berichten/", self.letters, "letters"),
            ("signups/deelnemers/<int:activity_id>/berichten/opmaak/<str:language>/", self.letter_html, "letter_html"),
        ]

    def letters(self, request: HttpRequest, activity_id: int) -> HttpResponse:
        """The form on GET; a post shows the preview, goes back to the form, or sends."""
        activity = activity_of(request, activity_id)
        form = LetterForm(request.POST if request.method == "POST" else None, activity=activity)
        step = request.POST.get("step")
        if request.method != "POST" or step == "change" or not form.is_valid():
            return self._written(request, form)
        if step == "send" and (token := submit_token.read(_form_name(form), request.POST.get("submit_token", ""))):
            return self._send(request, form, token)
        reach = form.reached()
        return self._preview(request, form, reach) if reach else self._written(request, form)

    def letter_html(self, request: HttpRequest, activity_id: int, language: str) -> HttpResponse:
        """The mail itself, of what was posted; nothing is kept."""
        activity = activity_of(request, activity_id)
        form = LetterForm(request.POST if request.method == "POST" else None, activity=activity)
        known = language in dict(settings.LANGUAGES)
        if known and form.is_valid() and (reach := form.reached()):
            return HttpResponse(_parts(form, reach, language).html)
        return redirect("admin:letters", activity.pk)

    def _written(self, request: HttpRequest, form: LetterForm) -> HttpResponse:
        """The form, and below it what was written before."""
        activity = form.activity
        found = paginate(_with_deliveries(activity.letters.all()), request.GET.get("pagina"), PER_PAGE)
        context = {
            "activity": activity,
            "when": when(activity),
            "form": form,
            "most_ticks": TICKS,
            "not_now": letters.why_not_now(activity, clock.now()),
            "rows": [(letter, moment(letter.written_at), paragraphs(letter.text)) for letter in found.rows],
            "paging": found,
        }
        return self.page(request, "letters", gettext("Berichten"), context)

    def _preview(self, request: HttpRequest, form: LetterForm, reach: Reach) -> HttpResponse:
        languages = [pair for pair in settings.LANGUAGES if any(one.language == pair[0] for one in reach.receivers)]
        context = {
            "activity": form.activity,
            "when": when(form.activity),
            "form": form,
            "reach": reach,
            "number": len(reach.receivers),
            "unproven": SignUp.objects.filter(activity=form.activity).live().unproven().count(),
            "previews": [(code, name, _parts(form, reach, code)) for code, name in languages],
            "from_email": settings.DEFAULT_FROM_EMAIL,
            "reply_to": form.activity.programme.hub.contact_email,
            "token": submit_token.make(_form_name(form), now=clock.now()),
        }
        return self.page(request, "letter_preview", gettext("Zo gaat het bericht uit"), context)

    def _send(self, request: HttpRequest, form: LetterForm, token: SubmitToken) -> HttpResponse:
        user: Any = request.user
        given: dict[str, Any] = {
            "draft": form.draft,
            "sign_up_ids": [entry.pk for entry in form.chosen],
            "submit_token": token.uuid,
        }
        try:
            letter = letters.send(activity_id=form.activity.pk, by=user, now=clock.now(), **given)
        except RefusedError as error:
            form.add_error(None, error.sentence)
            return self._written(request, form)
        tasks.nudge()
        sentence = ngettext(
            "Het bericht gaat uit naar %(n)d adres.", "Het bericht gaat uit naar %(n)d adressen.", letter.receivers
        )
        messages.success(request, sentence % {"n": letter.receivers})
        return redirect("admin:letters", form.activity.pk)


def _form_name(form: LetterForm) -> str:
    return f"letter:{form.activity.pk}"


def _parts(form: LetterForm, reach: Reach, language: str) -> mails.Parts:
    """As the first receiver gets it, but for name and link: the real link is theirs alone."""
    now = clock.now()
    message = sample(MailKind.LETTER, language, form.activity, now)
    message.letter = Letter(**asdict(form.draft))
    if message.sign_up:
        message.sign_up.state = reach.receivers[0].state
    with translation.override(language):
        return mails.parts(message, now=now)


def _with_deliveries(found: QuerySet[Letter]) -> QuerySet[Any]:
    """With how many of its mails stand how. Those of who was erased are gone."""
    underway = Q(messages__state__in=[Delivery.QUEUED, Delivery.SENDING])
    return found.select_related("written_by").annotate(
        mails=Count("messages"),
        sent=Count("messages", filter=Q(messages__state=Delivery.SENT)),
        failed=Count("messages", filter=Q(messages__state=Delivery.FAILED)),
        dropped=Count("messages", filter=Q(messages__state=Delivery.DROPPED)),
        underway=Count("messages", filter=underway),
    )
