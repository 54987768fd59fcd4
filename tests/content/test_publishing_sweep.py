"""What happens by itself: what ran out, what was approved for a moment, and what is forgotten."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from content import clock
from content.domain import due, proposals
from content.models import Deed, PendingChange, PublicationState, Revision
from content.tasks import forget_publications, sweep_publications
from hubs.models import Programme
from tests.content.publishing_stage import programme_of
from tests.factories import content

pytestmark = pytest.mark.django_db
STATES = PublicationState


def state(row):
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)


class TestTheSweep:
    def test_what_ran_out_expires(self, own):
        now = clock.now()
        over = programme_of(own, publish_at=now - timedelta(days=2), expire_at=now - timedelta(minutes=1))
        still = programme_of(own, expire_at=now + timedelta(days=1))
        sweep_publications()
        sweep_publications()
        assert (state(over), state(still)) == (STATES.EXPIRED, STATES.PUBLISHED)
        assert Revision.objects.filter(deed=Deed.EXPIRED).count() == 1

    def test_what_was_approved_for_now_is_applied(self, own, editor, manager):
        live = programme_of(own)
        editor.save(live, title="Straks")
        manager.step(live, "approve", publish_at="2098-01-01T10:00")
        sweep_publications()
        assert Programme.objects.get(pk=live.pk).title != "Straks"
        assert len(due.to_come(editor.user)) == 1
        PendingChange.objects.update(publish_at=clock.now())
        sweep_publications()
        assert Programme.objects.get(pk=live.pk).title == "Straks"

    def test_editing_what_was_approved_asks_anew(self, own, editor, manager):
        live = programme_of(own)
        editor.save(live, title="Straks")
        manager.step(live, "approve", publish_at="2098-01-01T10:00")
        editor.save(live, title="Toch anders")
        assert proposals.of(live).publish_at is None
        assert len(due.to_decide(manager.user)) == 1

    def test_what_does_not_fit_goes_back(self, own, editor):
        news = content.NewsArticleFactory(slug="eerste")
        PendingChange.objects.create(subject=news, fields={"slug": "tweede"}, publish_at=clock.now())
        content.NewsArticleFactory(slug="tweede")
        sweep_publications()
        assert "past niet meer" in proposals.of(news).sent_back

    def test_one_that_cannot_be_done_stops_no_other(self, own):
        live, other = programme_of(own), programme_of(own)
        gone = ContentType.objects.create(app_label="hubs", model="verdwenen")
        come = {"publish_at": clock.now()}
        PendingChange.objects.create(content_type=gone, object_id=1, fields={}, **come)
        PendingChange.objects.create(subject=live, fields={"hub": "geen getal"}, **come)
        PendingChange.objects.create(subject=other, fields={"title": "Straks"}, **come)
        sweep_publications()
        assert Programme.objects.get(pk=other.pk).title == "Straks"
        forget_publications()
        assert not PendingChange.objects.filter(content_type=gone).exists()

    def test_history_has_a_term(self, own, editor):
        live = programme_of(own)
        editor.save(live, title="Voorstel")
        Revision.objects.update(made_at=clock.now() - timedelta(days=731))
        forget_publications()
        assert not Revision.objects.exists()

    def test_nothing_stays_of_what_is_gone(self, own, editor):
        live = programme_of(own)
        editor.save(live, title="Voorstel")
        forget_publications()
        assert (PendingChange.objects.count(), Revision.objects.count()) == (1, 2)
        Programme.objects.all().delete()
        forget_publications()
        assert (PendingChange.objects.count(), Revision.objects.count()) == (0, 0)
