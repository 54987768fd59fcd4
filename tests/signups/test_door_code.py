"""The QR code for the door: what it holds, and on which pages it is."""

import re
from datetime import UTC, datetime

import pytest
import segno

from signups.door_code import door_code
from signups.models import State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import link, open_own

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)


def drawn(page):
    """The code on a page as rows of dark and light, read from its path; None without one."""
    figure = re.search(r'<figure class="door-code"><svg viewBox="0 0 (\d+) \1".*? d="([^"]+)"', page)
    if not figure:
        return None
    size, dark = int(figure[1]), set(re.findall(r"M(\d+) (\d+)h1v1h-1z", figure[2]))
    assert figure[2] == "".join(f"M{x} {y}h1v1h-1z" for x, y in sorted(dark, key=lambda at: (int(at[1]), int(at[0]))))
    return [[(str(x), str(y)) in dark for x in range(size)] for y in range(size)]


def test_it_leads_staff_to_the_sign_up_and_holds_no_token(client, settings):
    entry = SignUpFactory()
    address = f"{settings.SITE_URL.geturl()}/beheer/deur/{entry.uuid}/"
    assert door_code(entry).address == address
    page = client.get(open_own(client, entry)).text
    code = segno.make(address, error="m", micro=False, boost_error=False)
    assert drawn(page) == [[bool(module) for module in row] for row in code.matrix_iter(border=4)]
    assert link(entry).split("/")[-2] not in page
    assert "Laat dit zien bij de deur." in page


def test_whoever_scans_it_and_is_not_staff_comes_to_a_login(client):
    answer = client.get(f"/beheer/deur/{SignUpFactory().uuid}/")
    assert answer.status_code == 302
    assert "/beheer/login/" in answer["Location"]


@pytest.mark.parametrize("state", set(State.values) - {State.CONFIRMED})
def test_only_with_a_certain_seat(client, state):
    assert drawn(client.get(open_own(client, SignUpFactory(state=state))).text) is None


def test_not_after_the_date(client):
    entry = SignUpFactory(activity=ActivityFactory(starts_at=PAST))
    assert drawn(client.get(open_own(client, entry)).text) is None
