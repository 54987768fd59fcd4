"""The meetings in the form of a date. What is probably a mistake is asked once; a tick overrules it."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from content import clock
from content.admin.base import ClosedInline
from content.admin.faults import ASKED
from content.admin.forms import LabelledFormSet
from content.outage import is_lock_wait
from hubs.admin.help_texts import MEETING_HELP
from hubs.bookings import clashes
from hubs.domain import duplicates
from hubs.domain.doubts import doubts
from hubs.domain.old_dates import why_not_again
from hubs.models import Activity, Meeting, Programme, Room


class MeetingFormSet(LabelledFormSet):
    """Warns of what changes: a date that is there already, a room taken, a day in the past, people who will be mailed.

    `sure` is what the tick posts: it names the warnings, so that new ones are asked anew.
    """

    user: Any = None
    sure = ""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        if sentence := why_not_again(self.instance, self._changed(), clock.now()):
            raise ValidationError(sentence, code="too_old")
        if self._leaves_people_without_a_date():
            sentence = gettext(
                "Hier zijn mensen aangemeld, en zonder bijeenkomst horen zij niets. Laat één bijeenkomst staan, of "
                "gelast de datum af: dan krijgt iedereen een mail."
            )
            raise ValidationError(sentence, code="last_one")
        warnings = self._warnings()
        self.sure = sha256(repr(warnings).encode()).hexdigest() if warnings else ""
        if self.sure and self.data.get("sure") != self.sure:
            raise ValidationError([ValidationError(warning, code=ASKED) for warning in warnings])

    def _leaves_people_without_a_date(self) -> bool:
        left = [form for form in self.forms if form not in self.deleted_forms and form.instance.starts_at]
        return bool(self.deleted_forms) and not left and self.instance.taken + self.instance.queued > 0

    def _warnings(self) -> list[str]:
        meetings, doubted = self._changed(), self._doubted()
        if not meetings and not self.deleted_forms:
            return doubted
        said = [
            *doubted,
            *self._there_already(meetings),
            *self._past(meetings),
            *self._taken_rooms(meetings),
            *self._told(),
        ]
        return list(dict.fromkeys(said))

    def _first_start(self) -> datetime | None:
        kept = [form.instance for form in self.forms if form not in self.deleted_forms]
        return min((meeting.starts_at for meeting in kept if meeting.starts_at), default=None)

    def _changed(self) -> list[Meeting]:
        changed = [form.instance for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        return [meeting for meeting in changed if meeting.starts_at and meeting.ends_at]

    def _doubted(self) -> list[str]:
        """What stood on the date already was decided then."""
        stored = Activity.objects.filter(pk=self.instance.pk).first()
        known = doubts(stored, stored.first_starts_at) if stored else []
        return [doubt for doubt in doubts(self.instance, self._first_start()) if doubt not in known]

    def _there_already(self, meetings: list[Meeting]) -> list[str]:
        """Two groups may come at once, but a button that is pressed twice makes one date: saving is one transaction."""
        activity: Activity = self.instance
        if activity.pk or not activity.programme_id or not meetings:
            return []
        _hold_dates_of(activity.programme_id)
        if min(meeting.starts_at for meeting in meetings) not in duplicates.starts_of(activity.programme_id):
            return []
        return [
            gettext("Dit programma heeft dan al een datum. Misschien heb je twee keer opgeslagen: kijk in de lijst.")
        ]

    def _past(self, meetings: list[Meeting]) -> list[str]:
        now = clock.now()
        return [gettext("Het begin is al geweest.") for meeting in meetings if meeting.starts_at <= now]

    def _taken_rooms(self, meetings: list[Meeting]) -> list[str]:
        own = [self.instance.pk] if self.instance.pk else []
        return [said for found in clashes([[m] for m in meetings], user=self.user, leaving_out=own) for said in found]

    def _told(self) -> list[str]:
        """The sweep of the app above mails everybody when what is still to come changed, or was taken out."""
        activity: Activity = self.instance
        number, now = activity.taken + activity.queued, clock.now()
        if not activity.pk or not number or activity.cancelled_at or not self._is_news(now):
            return []
        if self._ends_before(now):
            return [_nothing_left(number)]
        return [
            ngettext(
                "Er is %(n)d plek bezet of gewenst. Wie zich aanmeldde, krijgt een mail dat tijd of plek veranderd is.",
                "Er zijn %(n)d plekken bezet of gewenst. Wie zich aanmeldde, krijgt een mail dat tijd of plek "
                "veranderd is.",
                number,
            )
            % {"n": number}
        ]

    def _is_news(self, now: datetime) -> bool:
        """Was a meeting that is changed or taken out still to come, or is it now? Nobody is told of what has been."""
        changed = [form for form in self.forms if form.has_changed() or form in self.deleted_forms]
        ends = [moment for form in changed for moment in (form.initial.get("ends_at"), form.instance.ends_at)]
        return any(ends_at > now for ends_at in ends if ends_at)

    def _ends_before(self, now: datetime) -> bool:
        left = [form.instance.ends_at for form in self.forms if form not in self.deleted_forms]
        return all(ends_at <= now for ends_at in left if ends_at)


def _hold_dates_of(programme: int) -> None:
    """In a step of its own: waiting in vain must leave the form's transaction as it was."""
    try:
        with transaction.atomic():
            duplicates.hold_dates_of(programme)
    except OperationalError as error:
        if not is_lock_wait(error):
            raise
        sentence = gettext("Er worden net datums van dit programma ingelezen of gemaakt. Sla zo opnieuw op.")
        raise ValidationError(sentence, code="busy") from error


def _nothing_left(number: int) -> str:
    """What has been stays as it was; cancelling the date would say of all of it that it did not take place."""
    said = ngettext(
        "Hierna komt er geen bijeenkomst meer. Er is %(n)d plek bezet of gewenst: wie zich aanmeldde, krijgt een mail "
        "dat het niet doorgaat. Wie geen mailadres gaf, bel je zelf: kijk bij Deelnemers.",
        "Hierna komt er geen bijeenkomst meer. Er zijn %(n)d plekken bezet of gewenst: wie zich aanmeldde, krijgt een "
        "mail dat het niet doorgaat. Wie geen mailadres gaf, bel je zelf: kijk bij Deelnemers.",
        number,
    )
    return said % {"n": number}


class MeetingInline(ClosedInline):
    """When and where."""

    model = Meeting
    help_texts = MEETING_HELP
    formset = MeetingFormSet
    about = _("Wanneer en waar. Zonder bijeenkomst staat de activiteit niet op de site.")
    min_num = 1
    fields = ["starts_at", "ends_at", "room", "place"]

    def get_formset(self, request: HttpRequest, obj: Activity | None = None, **kwargs: Any) -> type[Any]:
        """Knows who asks: a warning names only what they may see."""
        formset = super().get_formset(request, obj, **kwargs)
        return type(formset.__name__, (formset,), {"user": request.user})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Rooms carry their hub's name: on a new date the hub is not known yet."""
        if db_field.name == "room":
            kwargs["queryset"] = self._rooms(request).select_related("hub").order_by("hub__name", "name")
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "room" and field is not None:
            field.label_from_instance = lambda room: f"{room.name} ({room.hub})"
            field.choices = [
                ("", "---------"),
                *((room.pk, field.label_from_instance(room)) for room in field.queryset),
            ]
        return field

    def _rooms(self, request: HttpRequest) -> models.QuerySet[Room]:
        """Of the date's own hub; on a new date of every hub that it may turn out to be at."""
        number = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        managed = Activity.objects.managed_by(request.user)
        if number and number.isdecimal():
            return Room.objects.filter(hub__programmes__activities__in=managed.filter(pk=int(number)))
        return Room.objects.filter(hub__in=Programme.objects.managed_by(request.user).values("hub"))
