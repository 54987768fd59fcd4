"""L5: a popular date opens while the whole region reads the site."""

from io import StringIO

import pytest
from django.core.management import call_command

from signups.models import OutboxMessage, SignUp
from tests.factories.hubs import ActivityFactory
from tests.races.traffic import Traffic
from tests.signups.invariants import check

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
SECONDS, PAGES, SIGN_UPS = 120, 100, 15
P95_SECONDS = 0.5


def busy(port, *, seconds, pages):
    """The traffic, when it is over, of a popular date among real content."""
    for command in ("load_starting_content", "load_examples"):
        call_command(command, stdout=StringIO(), verbosity=0)
    activity = ActivityFactory(capacity=None)
    read = ["/", "/programmas/", "/agenda/", "/leerlijn/", "/hubs/technohub-woerden/"]
    read += [f"/agenda/{activity.pk}/", f"/programmas/{activity.programme.slug}/"]
    traffic = Traffic(port, read, f"/agenda/{activity.pk}/aanmelden/")
    traffic.flow(seconds=seconds, pages=pages, sign_ups=SIGN_UPS)
    check(activity.pk)
    return traffic


@pytest.mark.proof("L5")
def test_sign_ups_beside_many_readers(site):
    """15 sign-ups a second for one date beside 100 page views a second, two minutes: no 5xx, sign-up p95 ≤ 0.5 s"""
    traffic = busy(site, seconds=SECONDS, pages=PAGES)
    figures = f"pages: {traffic.pages}; sign-ups: {traffic.sign_ups}"
    assert set(traffic.pages.statuses) == {200}, figures
    assert set(traffic.sign_ups.statuses) == {303}, figures
    assert traffic.sign_ups.p95() <= P95_SECONDS, figures
    assert SignUp.objects.count() == OutboxMessage.objects.count() == SECONDS * SIGN_UPS
