"""The door on a phone in a real browser: taps, a lost request that is told, without JavaScript, axe and the policy."""

from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from content import clock
from signups.domain import walk_ins
from signups.models import Attendance, State
from tests.factories.hubs import ActivityFactory, EducationLevelFactory
from tests.factories.partners import OfficeUserFactory
from tests.factories.signups import AttendanceFactory, SignUpFactory
from tests.logging_in import log_in
from tests.looking import faults, looks, violations
from tests.signups.applying import a_class, join, person

PHONE = {"width": 375, "height": 740}
LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijmedewerkster"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def activity():
    return ActivityFactory(
        starts_at=clock.now() + timedelta(hours=1), capacity=60, for_classes=True, programme__title="Lassen"
    )


@pytest.fixture
def staffed(live_server, page):
    """A phone in which staff are logged in; staffed(path) opens a page of the back office."""
    page.set_viewport_size(PHONE)
    log_in(page, live_server.url, OfficeUserFactory())

    def opened(path):
        page.goto(f"{live_server.url}/beheer/{path}")
        return page

    return opened


def door_list(activity):
    return f"signups/deur/{activity.meetings.get().pk}/"


def row(page, entry):
    return page.locator(f"#a-{entry.uuid}")


def noted():
    return list(Attendance.objects.order_by("pk").values_list("number", flat=True))


def test_taps_on_the_list(staffed, activity):
    person_there, school_class = SignUpFactory(activity=activity), SignUpFactory(activity=activity, class_of=26)
    page = staffed(door_list(activity))
    loads = page.evaluate("performance.timeOrigin")
    page.get_by_role("button", name=f"Is er {person_there.name}").click()
    row(page, person_there).get_by_text("Is er", exact=True).wait_for()
    row(page, school_class).get_by_role("spinbutton").fill("24")
    page.get_by_role("button", name=f"Noteer {school_class.name}").click()
    row(page, school_class).get_by_text("Aanwezig: 24 van 26").wait_for()
    expect(page.locator("#door-counts")).to_have_text("Aanwezig: 25 van 27")
    assert noted() == [1, 24]
    page.get_by_role("button", name=f"Toch niet {person_there.name}").click()
    page.get_by_role("button", name=f"Is er {person_there.name}").wait_for()
    assert noted() == [24]
    assert page.evaluate("performance.timeOrigin") == loads  # it never loaded again
    assert violations(page) == []


def test_a_lost_tap_is_told_and_can_be_tried_again(staffed, activity):
    entry = SignUpFactory(activity=activity)
    page = staffed(door_list(activity))
    button = page.get_by_role("button", name=f"Is er {entry.name}")
    page.context.set_offline(True)
    button.click()
    row(page, entry).get_by_text("Niet genoteerd. Misschien is er geen bereik. Tik nog een keer.").wait_for()
    assert noted() == []
    page.context.set_offline(False)
    button.click()
    row(page, entry).get_by_text("Is er", exact=True).wait_for()
    assert noted() == [1]
    assert row(page, entry).locator("[data-door-fault]").inner_text() == ""


def test_whoever_was_logged_out_meanwhile_reads_that_it_failed(staffed, activity):
    entry = SignUpFactory(activity=activity)
    page = staffed(door_list(activity))
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name=f"Is er {entry.name}").click()
    row(page, entry).get_by_text("Niet genoteerd: je bent uitgelogd.").wait_for()
    assert noted() == []


def test_who_comes_unannounced_and_a_lost_tap(staffed, activity):
    """The same tap again is the same people: the first one may have got through without its answer."""
    page = staffed(door_list(activity))
    section = page.locator("#zonder-aanmelding")
    button = section.get_by_role("button", name="Noteer")
    section.get_by_label("Hoeveel personen?").fill("3")
    page.route("**/beheer/signups/deur/**", lambda route: (route.fetch(max_redirects=0), route.abort()))
    button.click()
    section.get_by_text("Niet genoteerd. Misschien is er geen bereik. Tik nog een keer.").wait_for()
    page.unroute_all()
    button.click()
    section.get_by_text("3 personen").first.wait_for()
    expect(page.locator("#door-counts")).to_have_text("Aanwezig: 3, zonder aanmelding")
    section.get_by_text("Nog 57 plekken vrij.").wait_for()
    assert noted() == [3]
    section.get_by_label("Hoeveel personen?").fill("58")
    button.click()
    section.get_by_text("Er zijn nog maar 57 plekken vrij.").wait_for()
    section.get_by_role("button", name="Toch niet").click()
    section.get_by_text("Nog 60 plekken vrij.").wait_for()
    assert noted() == []
    assert violations(page) == []


def test_a_number_that_is_too_large_is_told_in_the_row(staffed, activity):
    entry = SignUpFactory(activity=activity, class_of=26)
    page = staffed(f"deur/{entry.uuid}/")
    page.locator("form[data-door]").evaluate("form => form.noValidate = true")
    page.get_by_role("spinbutton").fill("27")
    page.get_by_role("button", name="Noteer").click()
    row(page, entry).get_by_text("Vul een getal in van 0 tot en met 26.").wait_for()
    assert noted() == []


def test_without_javascript(live_server, browser, activity):
    entry = SignUpFactory(activity=activity)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    log_in(page, live_server.url, OfficeUserFactory())
    page.goto(f"{live_server.url}/beheer/deur/{entry.uuid}/")
    page.get_by_role("button", name="Is er").click()
    page.get_by_text("Genoteerd.").wait_for()
    assert noted() == [1]
    page.get_by_role("button", name="Toch niet").click()
    page.get_by_text("Weggehaald.").wait_for()
    assert noted() == []
    context.close()


def test_a_counted_class_keeps_the_width_for_its_level_and_school(staffed, activity):
    entry = SignUpFactory(activity=activity, class_of=26, name="1C", school_other="Kalsbeek College, Bredius")
    AttendanceFactory(sign_up=entry, number=22)
    page = staffed(door_list(activity))
    one_line = row(page, entry).locator(".door-who").bounding_box()["height"] / 2
    assert one_line < 32, "name, and level with school on a line of its own"
    assert row(page, entry).get_by_text("Aanwezig: 22 van 26").is_visible()


def crowd(activity):
    """Something in every part of every page."""
    now, level = clock.now(), EducationLevelFactory(name="vmbo-tl")
    there = SignUpFactory(activity=activity, education_level=level, remarks="Ik kom met de bus.\nGraag vooraan.")
    AttendanceFactory(sign_up=there)
    SignUpFactory(activity=activity, name=LONG_WORD, under_16=True, contact_name=LONG_WORD)
    school_class = SignUpFactory(
        activity=activity, class_of=26, name="2B", phone="0348 123456", school_other="Het Anker"
    )
    AttendanceFactory(sign_up=SignUpFactory(activity=activity, class_of=12, name="3A"), number=11)
    for state in (State.REQUESTED, State.OFFERED, State.CANCELLED):
        SignUpFactory(activity=activity, state=state, education_level=level)
    other = ActivityFactory(
        starts_at=now + timedelta(days=20), capacity=30, for_classes=True, programme=activity.programme
    )
    walk_ins.add(
        meeting_id=activity.meetings.get().pk,
        number=3,
        education_level_id=level.pk,
        submit_token=uuid4(),
        by=OfficeUserFactory(),
        now=now,
    )
    queue = ActivityFactory(
        starts_at=now + timedelta(days=30), capacity=1, for_classes=True, programme=activity.programme, meetings=2
    )
    join(queue, person(1), now)
    for application in (person(2), person(3), a_class(4, 1)):
        join(queue, application, now)
    queued = queue.sign_ups.last()
    return {
        "dates": "signups/signup/",
        "participants": f"signups/deelnemers/{activity.pk}/",
        "queue": f"signups/deelnemers/{queue.pk}/",
        "nobody": f"signups/deelnemers/{ActivityFactory().pk}/",
        "caller": f"signups/deelnemers/{queue.pk}/beller/",
        "calling_class": f"signups/deelnemers/{queue.pk}/klas/",
        "cancel": f"signups/aanmelding/{school_class.uuid}/afmelden/",
        "mail": f"signups/aanmelding/{school_class.uuid}/mailen/",
        "move": f"signups/aanmelding/{school_class.uuid}/verplaatsen/",
        "move_to": f"signups/aanmelding/{school_class.uuid}/verplaatsen/?naar={other.pk}",
        "door_list": door_list(activity),
        "door": f"deur/{school_class.uuid}/",
        "door_waiting": f"deur/{queued.uuid}/",
    }


@pytest.mark.parametrize(("width", "scheme", "which"), looks(375, 1280))
def test_axe_the_policy_and_the_width(staffed, activity, page, width, scheme, which):
    """axe, the policy and the width on the lists of participants and at the door"""
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme)
    for name, path in list(crowd(activity).items())[which]:
        staffed(path)
        for details in page.locator("details").all():
            details.evaluate("details => details.open = true")
        assert faults(page) == [], name


def test_on_paper_there_is_the_list_and_no_buttons(staffed, activity, page):
    paths = crowd(activity)
    staffed(paths["participants"])
    page.emulate_media(media="print")
    assert page.get_by_text(LONG_WORD).first.is_visible()
    for hidden in ("#header", ".participant-ways", ".date-ways", ".part-2", ".part-3"):
        assert not page.locator(hidden).first.is_visible()


def test_the_door_on_paper_is_black_on_white(staffed, activity, page):
    paths = crowd(activity)
    page.emulate_media(media="print", color_scheme="dark")
    staffed(paths["door_list"])
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.get_by_text(LONG_WORD).first.is_visible()
    assert page.get_by_text("……… van 26").is_visible()
    for hidden in ("#header", ".breadcrumbs", ".door-ways", ".door-walk-in", ".door-explained"):
        assert not page.locator(hidden).first.is_visible()
    colours = "element => [getComputedStyle(element).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator(".door-who").first.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_a_list_that_is_printed_ahead_says_nothing_of_noting(staffed):
    ahead = ActivityFactory(starts_at=clock.now() + timedelta(days=3))
    entry = SignUpFactory(activity=ahead)
    page = staffed(door_list(ahead))
    said = (page.get_by_text("Noteren"), page.locator("#door-counts"))
    assert [words.first.is_visible() for words in said] == [True, True]
    page.emulate_media(media="print")
    assert [words.first.is_visible() for words in said] == [False, False]
    assert page.get_by_text(entry.name).first.is_visible()
