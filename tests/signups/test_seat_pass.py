"""The pass beside a sign-up: where one has to be."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from content import clock
from signups import mails
from signups.models import MailKind, State
from tests.factories.hubs import ActivityFactory
from tests.factories.signups import OutboxMessageFactory, SignUpFactory
from tests.signups.visiting import open_own

pytestmark = pytest.mark.django_db
PAST = datetime(2020, 9, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("places", "names_hub"), [(["Metaalbedrijf, Kade 1"], False), (["Metaalbedrijf, Kade 1", ""], True)]
)
def test_the_pass_of_a_visit_elsewhere_names_its_place(client, places, names_hub):
    """Where a meeting is at the hub too, the list below says which."""
    activity = ActivityFactory(programme__hub__name="Werkplaats Zuid", meetings=len(places))
    for meeting, place in zip(activity.meetings.all(), places, strict=True):
        meeting.place = place
        meeting.save()
    own = client.get(open_own(client, SignUpFactory(activity=activity))).text
    form = client.get(f"/agenda/{activity.pk}/aanmelden/").text
    for page in (own, form):
        seat_pass = page.split('class="seat-pass ')[1].split("</aside>")[0]
        assert ("Werkplaats Zuid" in seat_pass, "Metaalbedrijf, Kade 1" in seat_pass) == (names_hub, not names_hub)


@pytest.mark.parametrize(
    ("price", "said"), [(Decimal("12.50"), "€\xa012,50"), (Decimal(0), "Gratis"), (None, "Nog niet bekend")]
)
def test_what_it_costs_stands_where_one_decides(client, price, said):
    """Before the form, beside it, and on the page where a guardian says yes or no."""
    activity = ActivityFactory(price=price)
    costs = f"Kosten: <strong>{said}</strong>"
    form = client.get(f"/agenda/{activity.pk}/aanmelden/").text
    assert form.partition("<form")[0].count(costs) == 1
    assert form.count(costs) == 2
    asked = SignUpFactory(activity=activity, under_16=True, state=State.REQUESTED)
    own = client.get(open_own(client, asked)).text
    assert own.count(costs) == 1
    assert f"<dt>Kosten</dt><dd>{said}</dd>" in own


def test_a_cancelled_date_costs_nothing(client):
    entry = SignUpFactory(activity=ActivityFactory(price=5, cancelled_at=clock.now(), cancel_reason="Ziek"))
    assert "Kosten" not in client.get(open_own(client, entry)).text


@pytest.mark.parametrize("given", [{}, {"activity__starts_at": PAST}, {"state": State.CANCELLED}])
def test_a_price_that_nobody_filled_in_is_left_out_where_all_is_decided(client, given):
    """Of a certain seat, of one that ended, once it is over, in the mail of thanks; and where nobody can sign up."""
    entry = SignUpFactory(activity__price=None, **given)
    mail = mails.render(OutboxMessageFactory(kind=MailKind.THANKS, sign_up=entry), now=clock.now())
    for text in (client.get(open_own(client, entry)).text, mail.body):
        assert "Kosten" not in text
    over = ActivityFactory(price=None, starts_at=PAST)
    assert "Kosten" not in client.get(f"/agenda/{over.pk}/aanmelden/").text
