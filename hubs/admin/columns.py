"""The columns of programmes and dates in an import or export. The key first, what is only for reading last."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from content.domain.exchange.columns import Column, column
from content.domain.exchange.kinds import Moment, MomentOrTime, Text
from content.domain.exchange.relations import OneOf, SomeOf
from hubs.domain.date_sheet import MeetingColumn
from hubs.models import Activity, Programme

Choices = Callable[[str], QuerySet]  # what a user may choose in a relation of the model


def programme_columns(choices: Choices) -> list[Column]:
    several = _("Meer dan een? Zet er een komma tussen.")
    return [
        column(
            Programme, "slug", _("Hieraan herkent de site de rij. Leeg: een nieuwe."), field=None, is_required=False
        ),
        column(Programme, "title", _("Zoals het op de site staat.")),
        column(
            Programme,
            "hub",
            _("Waar het is. Ligt vast zodra het programma er is."),
            kind=OneOf(choices("hub"), code="slug"),
            is_fixed_once_made=True,
        ),
        column(Programme, "kind", _("Wat voor soort aanbod het is.")),
        column(Programme, "summary"),
        column(Programme, "body"),
        column(Programme, "audiences", several),
        column(Programme, "levels", several, kind=SomeOf(choices("levels"), code="code")),
        column(Programme, "phases", several),
        column(Programme, "track", _("Alleen voor opleidingen van het mbo.")),
        column(Programme, "recognised_programme_code"),
        column(Programme, "themes", several, kind=SomeOf(choices("themes"), code="slug")),
        column(Programme, "pictogram"),
        column(Programme, "leads_to", several, kind=SomeOf(choices("leads_to"), code="slug")),
        column(Programme, "preparation", _("Wat deelnemers vooraf doen of meenemen.")),
        column(Programme, "clothing", _("Wat deelnemers aantrekken.")),
        *(column(Programme, f"{name}_en") for name in ("title", "summary", "body", "preparation", "clothing")),
        column(Programme, "state", is_shown_only=True),
    ]


def date_columns(choices: Choices) -> list[Column]:
    return [
        column(Activity, "id", _("Hieraan herkent de site de rij. Leeg: een nieuwe."), heading=_("Nummer")),
        column(
            Activity,
            "programme",
            _("Het webadres of de titel. Ligt vast zodra de datum er is."),
            kind=OneOf(choices("programme"), code="slug"),
            is_fixed_once_made=True,
        ),
        *_meeting_columns(),
        column(Activity, "note"),
        column(Activity, "for_persons", _("Kunnen mensen zich zelf aanmelden?")),
        column(Activity, "for_classes", _("Kan een docent een hele klas aanmelden?")),
        column(Activity, "counts", _("Wat er een plek inneemt.")),
        column(Activity, "capacity"),
        column(Activity, "class_size_min", _("Alleen voor klassen. Leeg: geen grens.")),
        column(Activity, "class_size_max", _("Alleen voor klassen. Leeg: geen grens.")),
        column(Activity, "signup_opens_at", _("Leeg: meteen.")),
        column(Activity, "signup_closes_at"),
        column(Activity, "waiting_limit"),
        column(Activity, "price"),
        column(Activity, "note_en"),
        column(Activity, "taken", is_shown_only=True),
        column(Activity, "waiting", is_shown_only=True),
        column(Activity, "cancel_reason", is_shown_only=True),
    ]


def _meeting_columns() -> list[Column]:
    example = _("Zoals 02-07-2026 14.00.")
    return [
        MeetingColumn(name="starts", kind=Moment(), heading=_("Begin"), help=example),
        MeetingColumn(
            name="ends", kind=MomentOrTime(), heading=_("Einde"), help=_("Alleen een tijd mag ook, zoals 16.00.")
        ),
        MeetingColumn(name="room", kind=Text(), heading=_("Ruimte"), help=_("De naam van een ruimte van de hub.")),
        MeetingColumn(
            name="place",
            kind=Text(),
            heading=_("Andere plek"),
            help=_("Alleen als het niet in een ruimte van de hub is."),
        ),
        MeetingColumn(
            name="more",
            kind=Text(),
            heading=_("Meer bijeenkomsten"),
            help=_("Voor een cursus: elke volgende op een eigen regel, zoals 09-07-2026 14.00-16.00 in Lokaal 2."),
        ),
    ]
