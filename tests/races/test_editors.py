"""Two who save the same page in the same moment: one is saved, the other gets a page that keeps the input (N8)."""

import time
from functools import partial

import pytest

from content.admin.versioned import VersionedAdmin
from content.models import PendingChange
from hubs.models import Programme
from partners.models import MemberRole
from tests.content.publishing_stage import desk, programme_of
from tests.factories import partners
from tests.logging_in import StaffClient
from tests.races.conftest import HESITATION
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FEW = 6
NUMBERS = [12, pytest.param(50, marks=pytest.mark.proof("N8"))]
CONFLICT = "Iemand anders heeft dit intussen gewijzigd"


@pytest.fixture(autouse=True)
def _hesitant_form(monkeypatch):
    """A moment between checking the form and writing: both have been checked before the first one writes."""
    claim = VersionedAdmin.claim

    def claim_later(self, *args):
        time.sleep(HESITATION)
        claim(self, *args)

    monkeypatch.setattr(VersionedAdmin, "claim", claim_later)


def pairs(number, role):
    """Each with the same form open; their answers, two by two."""
    partner = partners.PartnerFactory()
    desks = [desk(partner, role), desk(partner, role)]
    rows = [programme_of(partner) for _ in range(number)]
    calls = []
    for row in rows:
        opened = desks[0].opened(row)
        calls += [partial(save, at, row, opened) for at in desks]
    answers = at_once(calls).answers
    return rows, list(zip(answers[::2], answers[1::2], strict=True))


def typed(at, row):
    return f"Titel {row.pk} van {at.user.pk}"


def save(at, row, opened):
    """In a browser of its own: a client keeps what it got."""
    client = StaffClient()
    client.cookies.update(at.client.cookies)
    answer = client.post(at.address(row), {**opened, "title": typed(at, row), "_save": "1"})
    return answer.status_code, answer.content.decode(), typed(at, row)


def tally(answered):
    """How many were saved, and how many got a conflict page with what they typed."""
    answers = [answer for pair in answered for answer in pair]
    kept = [text for status, text, title in answers if status == 200 and CONFLICT in text and f'"{title}"' in text]
    return sum(status == 302 for status, _text, _title in answers), len(kept)


def saved_titles(answered):
    return sorted(title for pair in answered for status, _text, title in pair if status == 302)


@pytest.mark.parametrize("number", NUMBERS)
def test_pairs_at_once(now, number):
    """who saves second gets a page that keeps what was typed"""
    rows, answered = pairs(number, MemberRole.MANAGER)
    assert tally(answered) == (number, number)
    assert all(sum(status == 302 for status, *_ in pair) == 1 for pair in answered)
    stored = Programme.objects.filter(pk__in=[row.pk for row in rows])
    assert sorted(stored.values_list("title", flat=True)) == saved_titles(answered)
    assert set(stored.values_list("version", flat=True)) == {2}


@pytest.mark.parametrize("number", NUMBERS)
def test_pairs_of_proposals(now, number):
    """the same for two proposals"""
    _rows, answered = pairs(number, MemberRole.EDITOR)
    assert tally(answered) == (number, number)
    proposed = sorted(change.fields["title"] for change in PendingChange.objects.all())
    assert proposed == saved_titles(answered)


@pytest.mark.parametrize("role", list(MemberRole))
def test_control_without_the_version_both_are_saved(now, monkeypatch, role):
    monkeypatch.setattr(VersionedAdmin, "claim", lambda *_: time.sleep(HESITATION))
    _rows, answered = pairs(FEW, role)
    assert tally(answered)[0] > FEW
