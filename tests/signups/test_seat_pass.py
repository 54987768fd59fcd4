"""The pass beside a sign-up: where one has to be."""

import pytest

from tests.factories.hubs import ActivityFactory
from tests.factories.signups import SignUpFactory
from tests.signups.visiting import open_own

pytestmark = pytest.mark.django_db


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
