"""A worker sends a mail about a text in the moment in which a sweep adds another to it: no text gets lost."""

from functools import partial

import pytest

from content import clock
from content.models import PublicationState
from partners.models import MemberRole
from signups import tasks
from signups.domain import reviews
from tests.content.publishing_stage import desk, programme_of
from tests.factories.partners import PartnerFactory
from tests.races.guards import without_locks
from tests.races.meanwhile import Meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def sent_meanwhile(mailoutbox):
    """The mails after all is done."""
    own = PartnerFactory()
    editor, _manager = desk(own), desk(own, MemberRole.MANAGER)
    drafts = [programme_of(own, PublicationState.DRAFT, title=title) for title in ("Lassen", "Draaien")]
    editor.step(drafts[0], "submit")
    reviews.tell(now=clock.now())
    editor.step(drafts[1], "submit")
    with Meanwhile(partial(reviews.tell, now=clock.now())):
        tasks.deliver()
    tasks.deliver()
    return "".join(mail.body for mail in mailoutbox)


def test_both_texts_are_told(mailoutbox):
    told = sent_meanwhile(mailoutbox)
    assert "Lassen" in told
    assert "Draaien" in told


def test_control_without_the_lock_one_is_lost(mailoutbox, monkeypatch):
    without_locks(monkeypatch)
    told = sent_meanwhile(mailoutbox)
    assert "Lassen" in told
    assert "Draaien" not in told
