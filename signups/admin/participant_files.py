"""The participants of a date as a file: what their page shows to this user, and nothing else."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from content import clock
from content.domain.exchange.kinds import Written
from content.domain.exchange.tables import MOST_ROWS
from content.domain.exchange.writing import CONTENT_TYPES, written
from signups.admin.pages import SignUpPages, View, activity_of
from signups.admin.participant_rows import HEADINGS, Participant, listed, participants

SUFFIXES: Final = tuple(CONTENT_TYPES)


class ParticipantFiles(SignUpPages):
    """For whoever manages the date."""

    def pages(self) -> list[tuple[str, View, str]]:
        routes = [(f"signups/deelnemers/<int:activity_id>/{suffix}/", suffix) for suffix in SUFFIXES]
        return [*super().pages(), *((route, self._in(suffix), f"participants_{suffix}") for route, suffix in routes)]

    def _in(self, suffix: str) -> Callable[..., HttpResponse]:
        def participants_file(request: HttpRequest, activity_id: int) -> HttpResponse:
            return self._participants_file(request, activity_id, suffix)

        return participants_file

    def _participants_file(self, request: HttpRequest, activity_id: int, suffix: str) -> HttpResponse:
        """Names no person in its own name: it lies in somebody's downloads for years."""
        activity = activity_of(request, activity_id)
        found = participants(activity, listed(activity)[:MOST_ROWS], clock.now())
        headings = [
            _("Stand"),
            _("Naam"),
            _("Niveau en school"),
            _("Wie"),
            _("Toelichting"),
            _("Contact"),
            _("Opmerking"),
        ]
        content = written(suffix, title=_("Deelnemers"), headings=headings, rows=map(_cells, found))
        headers = {"Content-Disposition": f'attachment; filename="deelnemers-{activity.pk}.{suffix}"'}
        return HttpResponse(content, content_type=CONTENT_TYPES[suffix], headers=headers)


def _cells(row: Participant) -> list[Written]:
    contact = "\n".join(f"{label}: {value}" for label, value in row.contact)
    return [str(HEADINGS[row.part]), row.name, row.about, row.people, row.standing, contact, row.remarks]
