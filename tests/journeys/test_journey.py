"""One visitor's way through the portal by keyboard alone, with and without JavaScript, on a phone and at a desk."""

import pytest

# What has focus now: its text or name, its address, and whether one can see that it has focus.
FOCUS = """
() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const rings = [element, element, element.parentElement, element.parentElement?.parentElement].map((place, number) =>
    place && getComputedStyle(place, number === 1 ? "::after" : null));
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    tag: element.tagName.toLowerCase(), id: element.id, type: element.type || "",
    text: (element.innerText || element.name || element.getAttribute("aria-label") || "").trim(),
    href: element.getAttribute("href") || "",
    ringed: rings.some(style => style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !element.closest("svg") && middle !== null && !element.contains(middle) && !middle.contains(element),
  };
}
"""
MOST_STOPS = 250


def focus(page):
    """Look at what has focus; it must be visible that it has."""
    found = page.evaluate(FOCUS)
    if found["tag"] != "body":
        # The parts of a date field have a mark of the browser's own.
        assert found["ringed"] or found["type"] == "date", f"no ring: {found}"
        assert found["inView"], f"out of view: {found}"
        assert not found["covered"], f"covered: {found}"
    return found


def tab_to(page, wanted):
    """Press Tab until `wanted(focus)` is true."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted(found := focus(page)):
            return found
    raise AssertionError("Not reached with the Tab key.")


def follow(page, wanted):
    """Tab to a link and press Enter."""
    found = tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return found


def leads_below(path):
    """A link to a page below this one; a choice or a next page of the list itself is none."""
    return lambda found: found["href"].startswith(path) and found["href"].removeprefix(path)[:1] not in {"", "?"}


def is_link(path):
    return lambda found: found["href"] == path


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def scripted(request):
    return request.param


@pytest.mark.parametrize(("width", "prefix"), [(320, ""), (1280, "/en")])
def test_from_home_to_a_place_by_keyboard(visit, scripted, width, prefix):
    visitor = visit(width, java_script_enabled=scripted)
    page = visitor.page
    visitor.open(f"{prefix}/")
    page.keyboard.press("Tab")
    assert focus(page)["href"] == "#inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"

    page.reload()
    if width < 600:
        tab_to(page, lambda found: found["tag"] == "summary")
        page.keyboard.press("Enter")
    follow(page, is_link(f"{prefix}/programmas/"))

    tab_to(page, lambda found: found["id"] == "id_niveau")
    page.keyboard.press("ArrowDown")
    if not scripted:
        tab_to(page, lambda found: found["tag"] == "button")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.wait_for_url("**niveau=*")

    for below in ("programmas", "hubs"):
        follow(page, leads_below(f"{prefix}/{below}/"))
        assert page.locator("h1").count() == 1
    for listing in ("agenda", "leerlijn"):
        visitor.open(f"{prefix}/{listing}/")
        follow(page, leads_below(f"{prefix}/{listing}/"))
        assert f"/{listing}/" in page.url
        assert page.locator("h1").count() == 1
    assert visitor.complaints() == []


@pytest.mark.parametrize("path", ["/", "/programmas/", "/agenda/", "/leerlijn/", "/hubs/technohub-woerden/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_shows_focus_and_none_holds_it(visit, path, width):
    """From the first stop to the last, and out of the page again."""
    visitor = visit(width)
    visitor.open(path)
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        if focus(visitor.page)["tag"] == "body":
            return
    raise AssertionError("The Tab key never leaves the page.")
