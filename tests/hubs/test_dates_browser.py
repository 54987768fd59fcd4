"""Dates in a real browser as a partner's editor: a series over a holiday, a cancellation, axe and the policy."""

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from content import clock
from hubs.models import Activity
from partners.models import PartnerRole
from signups import tasks
from signups.models import MailKind, OutboxMessage, State
from tests.factories.hubs import (
    ActivityFactory,
    HubPartnerFactory,
    MeetingFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
    RoomFactory,
)
from tests.factories.partners import MembershipFactory, SchoolFactory, SchoolHolidayFactory
from tests.factories.signups import SignUpFactory
from tests.logging_in import log_in
from tests.looking import faults, looks, violations

LONG_WORD = "Hoogspanningsinstallatiemonteursopleidingsvoorlichtingsbijeenkomst"
EVENING = datetime(2027, 10, 5, 17, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def programme(member):
    """Of the editor's partner, at a hub where it has a role; in the autumn there is a holiday."""
    found = ProgrammeFactory(title="Lassen voor beginners")
    ProgrammePartnerFactory(programme=found, partner=member.partner)
    HubPartnerFactory(hub=found.hub, partner=member.partner, role=PartnerRole.TEACHES)
    SchoolFactory(town=found.hub.town)
    SchoolHolidayFactory(from_on=date(2027, 10, 16), until_on=date(2027, 10, 24))
    return found


@pytest.fixture
def desk(live_server, page, member):
    """The editor is logged in; desk(path) opens a page of the back office."""
    log_in(page, live_server.url, member.user)

    def opened(path):
        page.goto(f"{live_server.url}/beheer/{path}")
        return page

    return opened


def test_a_series_over_a_school_holiday(desk, programme):
    source = ActivityFactory(programme=programme, starts_at=EVENING)
    page = desk(f"hubs/activity/{source.pk}/change/")
    page.get_by_role("link", name="Herhaal").click()
    assert page.get_by_label("dinsdag").is_checked()
    assert page.get_by_label("Sla schoolvakanties over").input_value() == "midden"
    page.get_by_label("Of: hoeveel keer erbij?").fill("3")
    page.get_by_role("button", name="Bekijk eerst").click()
    heading = page.get_by_role("heading", name="3 datums komen erbij, 1 niet")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()
    page.get_by_text("Herfstvakantie, tot en met zo 24 oktober").wait_for()
    page.get_by_label("Dinsdag 2 november 2027, 19.00-21.30 uur").uncheck()
    page.get_by_role("button", name="Maak deze datums").click()
    page.get_by_text("Er staan 2 datums bij.").wait_for()
    made = Activity.objects.exclude(pk=source.pk).values_list("first_starts_at", flat=True)
    assert [start.date() for start in made] == [date(2027, 10, 12), date(2027, 10, 26)]
    assert violations(page) == []


def test_cancelling_ticked_dates_tells_everyone(desk, programme):
    activity = ActivityFactory(programme=programme, starts_at=clock.now() + timedelta(days=30), for_classes=True)
    entries = [
        SignUpFactory(activity=activity),
        SignUpFactory(activity=activity, under_16=True),
        SignUpFactory(activity=activity, class_of=8),
        SignUpFactory(activity=activity, state=State.WAITING),
    ]
    SignUpFactory(activity=activity, name="Beller Bos", email="", phone="0348 123456", proof="staff")
    page = desk("hubs/activity/")
    page.locator("input[name=_selected_action]").check()
    page.locator("select[name=action]").select_option("cancel_dates")
    page.get_by_role("button", name="Uitvoeren").click()
    page.get_by_text("4 aanmeldingen krijgen vanzelf een mail.").wait_for()
    page.get_by_text("Beller Bos").wait_for()
    page.get_by_label("Waarom gaat het niet door?").fill("De docent is ziek.")
    page.get_by_role("button", name="Ja, gelast af").click()
    page.get_by_text("Bel zelf nog 1 aanmelding zonder mailadres").wait_for()
    tasks.tell_activities()
    told = OutboxMessage.objects.filter(kind=MailKind.DATE_CANCELLED).values_list("sign_up", flat=True)
    assert set(told) == {entry.pk for entry in entries}
    assert not activity.sign_ups.exclude(state=State.CANCELLED).exists()


def crowded(programme):
    """Every page with something in every part of it."""
    programme.title = f"Lassen, {LONG_WORD}"
    programme.save()
    room = RoomFactory(hub=programme.hub, name=f"Lokaal {LONG_WORD}")
    source = ActivityFactory(programme=programme, starts_at=EVENING, meetings=0, for_classes=True, capacity=50)
    MeetingFactory(activity=source, starts_at=EVENING, room=room)
    other = ActivityFactory(programme__hub=programme.hub, programme__title=LONG_WORD, meetings=0)
    MeetingFactory(activity=other, starts_at=EVENING + timedelta(weeks=1), room=room)
    SignUpFactory(activity=source)
    SignUpFactory(activity=source, class_of=20)
    SignUpFactory(activity=source, name=LONG_WORD, email="", phone="0348 123456", proof="staff")
    gone = ActivityFactory(programme=programme, cancelled_at=clock.now(), cancel_reason="Ziek")
    ended = {"state": State.CANCELLED, "ending": "activity_cancelled"}
    SignUpFactory(activity=gone, **ended)
    return {
        "repeat": (f"hubs/activity/{source.pk}/herhalen/", {"times": "3"}),
        "repeat_fault": (f"hubs/activity/{source.pk}/herhalen/", {}),
        "copy": (f"hubs/activity/{source.pk}/kopieren/", {"first_on": "2027-10-12"}),
        "duplicate": (f"hubs/programme/{programme.pk}/kopieren/", {"weeks": "1"}),
        "move": (f"signups/datums/{source.pk},{gone.pk}/verplaatsen/", {"first_on": "2027-10-12"}),
        "cancel": (f"signups/datums/{source.pk},{gone.pk}/afgelasten/", None),
        "reinstate": (f"signups/datums/{gone.pk}/toch-door/", None),
        "date": (f"hubs/activity/{source.pk}/change/", None),
        "programme": (f"hubs/programme/{programme.pk}/change/", None),
    }


@pytest.mark.parametrize(("width", "scheme", "which"), looks(375, 1280))
def test_axe_the_policy_and_the_width(desk, page, programme, width, scheme, which):
    """axe, the policy and the width on the pages that change dates"""
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    for name, (path, given) in list(crowded(programme).items())[which]:
        desk(path)
        for field, value in (given or {}).items():
            page.fill(f"[name={field}]", value)
        if given is not None:
            page.click("input.default[type=submit]")
        assert faults(page) == [], name
