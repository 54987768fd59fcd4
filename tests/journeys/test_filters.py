"""The filter bar with JavaScript: results change in place, nothing else does. Without it: a plain form."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visitor(visit):
    visitor = visit()
    visitor.open("/programmas/")
    assert visitor.page.evaluate("window.htmx !== undefined")
    return visitor


def counted(page):
    return page.locator("#resultaten-aantal")


def count(page):
    return counted(page).inner_text()


def choose(page, field, value):
    page.locator(field).focus()
    with page.expect_response(lambda answer: value in answer.url):
        page.locator(field).select_option(value)
    page.wait_for_url(f"**{value}*")


def test_a_choice_changes_the_list_in_place(visitor):
    page = visitor.page
    page.evaluate("window.stayed = true")
    before = count(page)
    choose(page, "#id_niveau", "havo")
    expect(counted(page)).not_to_have_text(before, use_inner_text=True)
    assert page.evaluate("window.stayed")
    assert page.url.endswith("/programmas/?niveau=havo")
    assert page.evaluate("document.activeElement.id") == "id_niveau"
    assert page.locator("#resultaten .chip").inner_text().strip().endswith("havo")
    assert visitor.complaints() == []


def test_the_count_is_announced(visitor):
    """The live region itself stays; only its text changes."""
    page = visitor.page
    page.evaluate("window.region = document.querySelector('[role=status]')")
    before = count(page)
    choose(page, "#id_niveau", "havo")
    expect(counted(page)).not_to_have_text(before, use_inner_text=True)
    assert page.evaluate("window.region === document.querySelector('[role=status]')")
    assert page.evaluate("window.region.isConnected && window.region.innerText") == count(page)


def test_back_shows_the_list_of_before(visitor):
    page = visitor.page
    before = count(page)
    choose(page, "#id_niveau", "havo")
    choose(page, "#id_hub", "makerspace-mijdrecht")
    page.go_back()
    page.wait_for_url("**/programmas/?niveau=havo")
    expect(page.locator("#id_hub")).to_have_value("")
    assert page.locator("#id_niveau").input_value() == "havo"
    page.go_back()
    page.wait_for_url("**/programmas/")
    expect(counted(page)).to_have_text(before, use_inner_text=True)
    assert page.locator("#id_niveau").input_value() == ""
    assert visitor.complaints() == []


def test_the_address_of_a_result_gives_that_result(visitor, visit):
    choose(visitor.page, "#id_niveau", "havo")
    visitor.page.wait_for_selector("#resultaten .chip")
    other = visit()
    other.page.goto(visitor.page.url)
    assert count(other.page) == count(visitor.page)
    assert other.page.locator("#id_niveau").input_value() == "havo"


def test_a_lost_connection_falls_back_to_the_form(visitor):
    page = visitor.page
    page.route("**/programmas/?*", lambda route: route.abort(), times=1)
    with page.expect_navigation():
        page.locator("#id_niveau").select_option("havo")
    assert page.locator("#id_niveau").input_value() == "havo"


def test_nothing_found_offers_the_next_best(visitor):
    page = visitor.page
    page.locator("#id_q").fill("bestaatniet")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bestaatniet*")
    page.wait_for_selector("#resultaten a.button")
