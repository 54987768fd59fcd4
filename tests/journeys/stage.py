"""Fills the database of the journeys: the real starting content, and beside it every state that a page can be in.

Runs in a process of its own (portal.py), because this process is connected to the database of the other tests.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

from django.core.management import call_command
from PIL import Image, ImageDraw

from content import clock, tokens
from content.domain.photos import checked
from content.domain.renditions import make_renditions
from hubs.models import EducationLevel, Theme
from tests.factories import content, hubs, partners, signups

PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)
LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
MANY = 40


def main():
    """Migrate, load, and print the numbers of the activities by the name of their state."""
    for command in ("migrate", "load_starting_content", "load_examples"):
        call_command(command, stdout=StringIO(), verbosity=0)
    sys.stdout.write(json.dumps(_states()))


def _states():
    school = EducationLevel.objects.get(code="po_3_8")
    themes = list(Theme.objects.all()[:2])
    hub = hubs.HubFactory(
        slug="hub-zonder-contact",
        name="Proefhub",
        town="Achterveld",
        letter="P",
        colour="purple",
        levels=[school],
        themes=themes,
    )
    many = [
        hubs.ProgrammeFactory(slug=f"proef-{number}", title=f"Proefles {number}", hub=hub, levels=[school])
        for number in range(1, MANY + 1)
    ]
    wide = hubs.ProgrammeFactory(
        slug="lang-woord",
        title=f"{LONG_WORD}en: {LONG_WORD.lower()}",
        summary=f"Over {LONG_WORD.lower()}en en wat daarbij hoort.",
        body=f"<h2>{LONG_WORD}</h2><p>{LONG_WORD}</p><ul><li><a href='/hubs/'>{LONG_WORD}</a></li></ul>",
        preparation=LONG_WORD,
        hub=hub,
        levels=list(EducationLevel.objects.all()),
        themes=themes,
        leads_to=many[:3],
    )
    partner = partners.PartnerFactory(slug="lang-woord", name=f"{LONG_WORD} Rijnstreek", summary=LONG_WORD)
    hubs.HubPartnerFactory(hub=hub, partner=partner)
    hubs.ProgrammePartnerFactory(programme=wide, partner=partner)
    content.NewsArticleFactory(slug="lang-woord", title=f"{LONG_WORD} opent", body=f"<p>{LONG_WORD}</p>")
    _photograph(many[0])
    queue = hubs.ActivityFactory(programme=many[7], capacity=1)
    signups.SignUpFactory(activity=queue)
    states = {
        "free": hubs.ActivityFactory(programme=many[0]),
        "cancelled": hubs.ActivityFactory(programme=many[1], cancelled_at=PAST, cancel_reason="De docent is ziek."),
        "over": hubs.ActivityFactory(programme=many[2], starts_at=PAST),
        "full": hubs.ActivityFactory(programme=many[3], capacity=0),
        "unlimited": hubs.ActivityFactory(programme=many[4], capacity=None, price=0),
        "series": hubs.ActivityFactory(
            programme=many[5],
            meetings=6,
            starts_at=datetime(2099, 10, 3, 9, tzinfo=UTC),
            for_classes=True,
            counts="classes",
        ),
        "queue": queue,
        "one_seat": hubs.ActivityFactory(programme=many[8], capacity=1),
        "shut": hubs.ActivityFactory(programme=many[6], capacity=0, waiting_limit=0),
        "sign_up": hubs.ActivityFactory(
            programme=hubs.ProgrammeFactory(
                slug="aanmelden",
                title="Proefles met aanmelding",
                hub=hub,
                levels=list(EducationLevel.objects.filter(code__in=["havo", "vwo"])),
                audiences=["pupil", "career_changer"],
            ),
            for_classes=True,
            class_size_max=30,
            capacity=200,
        ),
        "wide": hubs.ActivityFactory(programme=wide, note=LONG_WORD),
    }
    for day in (1, 2, 3):
        hubs.ActivityFactory(programme=many[1], starts_at=datetime(2099, 12, day, 9, 0, tzinfo=UTC))
    return {name: activity.pk for name, activity in states.items()} | _links(wide, many[2]) | _wishes(wide)


def _links(wide, programme):
    """The tokens of own links: of a certain seat, and of who came, or did not, to a date of last week."""
    last_week = (clock.now() - timedelta(days=7)).replace(minute=0, second=0, microsecond=0)
    level = EducationLevel.objects.get(code="po_3_8")
    over = {"activity": hubs.ActivityFactory(programme=programme, starts_at=last_week), "education_level": level}
    noted = hubs.ActivityFactory(programme=programme, starts_at=last_week)
    signups.AttendanceFactory(sign_up=signups.SignUpFactory(activity=noted))
    entries = {
        "certain": signups.SignUpFactory(
            activity=hubs.ActivityFactory(programme=wide, starts_at=datetime(2099, 12, 12, 9, 0, tzinfo=UTC)),
            name=LONG_WORD,
        ),
        "came": signups.SignUpFactory(**over),
        "gave": signups.SignUpFactory(**over, gave_feedback=True),
        "class_came": signups.SignUpFactory(
            activity=hubs.ActivityFactory(programme=wide, starts_at=last_week, capacity=30, for_classes=True),
            class_of=24,
            name=LONG_WORD,
        ),
        "absent": signups.SignUpFactory(activity=noted),
    }
    return {
        name: tokens.make(tokens.Claim(tokens.Purpose.SIGN_UP, entry.uuid, entry.token_version))
        for name, entry in entries.items()
    }


def _wishes(programme):
    """The tokens of who missed a date: not proven yet, proven with a date that suits, and not proven in time."""
    level = EducationLevel.objects.get(code="havo")
    wishes = {
        "wish": signups.DateInterestFactory(education_level=level, hub=programme.hub, proven_at=None),
        "wish_proven": signups.DateInterestFactory(education_level=level, programme=programme, people=24),
        "wish_late": signups.DateInterestFactory(education_level=level, proven_at=None, proof_expires_at=PAST),
    }
    return {
        name: tokens.make(tokens.Claim(tokens.Purpose.DATE_INTEREST, wish.uuid, wish.token_version))
        for name, wish in wishes.items()
    }


def _photograph(programme):
    """A drawn picture in the place of a photo, with its smaller versions."""
    picture = Image.new("RGB", (1000, 700), "#0b7040")
    ImageDraw.Draw(picture).ellipse((300, 150, 700, 550), fill="#ffd400")
    file = BytesIO()
    picture.save(file, "JPEG")
    photo = checked(file, file.tell())
    programme.photo.save("photo.jpg", photo, save=False)
    programme.photo_alt, programme.photo_credit = "Een gele cirkel op groen", "Voorbeeldfotograaf"
    programme.photo_width, programme.photo_height = photo.width, photo.height
    programme.save()
    make_renditions(type(programme), programme.pk)
