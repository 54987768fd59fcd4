"""The certificate of attendance as a tagged PDF. Who gets one is decided in signups/domain/presence.py."""

import json
import re
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final

import fontpkg_arimo
import typst
from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from content import dates
from content.structured_data import PUBLISHER
from hubs.models import Hub, HubColour, Meeting
from hubs.schedule import elsewhere
from signups.domain.presence import Presence
from signups.mails.facts import one_line, organisers, title_of
from signups.models import Kind, SignUp

TEMPLATE: Final = "signups/certificate.typ"
FONTS: Final[Any] = [str(fontpkg_arimo.ROOT / "files")]  # free twin of Helvetica and Arial; typst's types want bytes
STANDARD: Final = "ua-1"  # PDF/UA: tagged, with a title and a language
TRIAL: Final = b"""
#set document(title: [x])
#set text(font: "Arimo", fallback: false)
#sys.inputs.sign *#sys.inputs.sign*
"""
MOST_DAYS: Final = 6  # that are listed one by one

Texts = dict[str, Any]


def certificate(entry: SignUp, presence: Presence, now: datetime) -> bytes:
    """In the active language. Signs that our fonts lack are left out; a name of such signs is left to the pen."""
    texts = _texts(entry, presence)
    try:
        return _typeset(texts, now)
    except typst.TypstError:
        return _typeset(_showable(texts), now)


def _texts(entry: SignUp, presence: Presence) -> Texts:
    activity, hub = entry.activity, entry.activity.programme.hub
    is_class = entry.kind == Kind.CLASS
    basis = _("De hub schreef bij de deur op wie er was.") if presence.is_noted else _("Volgens de aanmelding.")
    return {
        "document_title": f"{_('Bewijs van deelname')}: {title_of(activity)}",
        "title": _("Bewijs van deelname"),
        "publisher": str(PUBLISHER["name"]),
        "language": get_language() or "nl",
        "letter": hub.letter,
        "colour": _colour(hub.colour),
        "name": one_line(_("Klas %(name)s") % {"name": entry.name} if is_class else entry.name),
        "below_name": _of_class(entry, presence.people) if is_class else "",
        "write_name": _("Schrijf hier de naam."),
        "took_part": _("deed mee aan"),
        "activity": title_of(activity),
        "facts": [(term, one_line(value)) for term, value in _facts(presence, hub, organisers(activity)) if value],
        "basis": basis,
    }


def _facts(presence: Presence, hub: Hub, runs: list[str]) -> list[tuple[str, str]]:
    """Terms and values; those without a value are left out."""
    return [
        (_("Wanneer"), _days(presence.meetings)),
        (_("Bijeenkomsten"), _how_many(len(presence.meetings), presence.of) if presence.of > 1 else ""),
        (_("Waar"), elsewhere(presence.meetings) or str(hub)),
        (_("Wie organiseert het"), ", ".join(runs)),
    ]


def _of_class(entry: SignUp, people: int) -> str:
    school = entry.school.name if entry.school else entry.school_other
    counted = ngettext("%(n)d leerling", "%(n)d leerlingen", people) % {"n": people}
    return ", ".join(filter(None, [one_line(school), counted]))


def _days(meetings: tuple[Meeting, ...]) -> str:
    """One by one, or from the first to the last."""
    if len(meetings) <= MOST_DAYS:
        return ", ".join(dates.day(meeting.starts_at) for meeting in meetings)
    first, last = meetings[0].starts_at, meetings[-1].starts_at
    return _("%(first)s tot en met %(last)s") % {"first": dates.day(first), "last": dates.day(last)}


def _how_many(attended: int, of: int) -> str:
    return _("%(attended)d van de %(of)d") % {"attended": attended, "of": of}


def _typeset(texts: Texts, now: datetime) -> bytes:
    inputs = {"data": json.dumps(texts)}
    compiler = _compiler(_source("templates", TEMPLATE).encode())
    made = compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs=inputs, timestamp=int(now.timestamp()))
    assert isinstance(made, bytes)
    return made


def _compiler(source: bytes) -> typst.Compiler:
    """The same letters on every machine."""
    return typst.Compiler(input=source, font_paths=FONTS, ignore_system_fonts=True)


def _showable(texts: Texts) -> Texts:
    """Only the signs that our own font has: next to each other, signs of other fonts may fail after all."""

    def kept(thing: Any) -> Any:
        if isinstance(thing, str):
            return " ".join("".join(filter(_shows, thing)).split())
        return [tuple(map(kept, pair)) for pair in thing]

    return {name: kept(value) for name, value in texts.items()}


@lru_cache(maxsize=4096)
def _shows(sign: str) -> bool:
    """Whether our font has this sign in both of its weights: only trying tells."""
    try:
        _compiler(TRIAL).compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"sign": sign})
    except typst.TypstError:
        return False
    return True


@cache
def _colour(name: str) -> str:
    """A hub's field colour on paper, as the stylesheet has it."""
    tokens = _source("static", "css/tokens.css")
    found = re.search(rf"--{HubColour(name)}-field:(#[0-9a-f]{{6}})", tokens)
    assert found
    return found[1]


@cache
def _source(folder: str, name: str) -> str:
    return (settings.BASE_DIR / folder / name).read_text("utf-8")
