"""A programme goes off the site while people are signed up for its dates."""

from datetime import timedelta

import pytest

from content import clock
from partners.models import MemberRole
from tests.content.publishing_stage import desk, programme_of
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import PartnerFactory
from tests.factories.signups import SignUpFactory

WEEK = timedelta(days=7)


@pytest.mark.django_db
def test_it_says_that_who_signed_up_keeps_the_seat():
    own = PartnerFactory()
    manager, live = desk(own, MemberRole.MANAGER), programme_of(own)
    for weeks in (-1, 1, 2):
        SignUpFactory(activity=ActivityFactory(programme=live, starts_at=clock.now() + weeks * WEEK))
    ActivityFactory(programme=live)
    said = "Voor 2 datums zijn al plekken bezet. Wie zich aanmeldde, houdt de plek."
    assert said in manager.text(live, "publication")
