"""Mails about several texts that wait: gathered into one, none is lost, and many cost no more than a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content import clock
from content.domain import due, history
from content.models import Deed, PublicationState, Revision
from content.tasks import forget_publications
from hubs.models import Programme
from partners.models import MemberRole, Membership, User
from signups import mails
from signups.domain import outbox, reviews
from signups.mails import about_texts
from signups.models import MailKind, OutboxMessage
from tests.content.publishing_stage import desk, programme_of
from tests.factories import partners
from tests.signups.judging import an_hour_passes, to

STATES = PublicationState
ORIGIN = "http://127.0.0.1:8000"
pytestmark = pytest.mark.django_db


def asked(partner, editor, number):
    """Their programmes wait; those who decide were told in a moment."""
    now = clock.now()
    by = User.objects.get(pk=editor.user.pk)
    for _number in range(number):
        history.record(subject=programme_of(partner, STATES.IN_REVIEW), deed=Deed.SUBMITTED, by=by, now=now)
    reviews.tell(now=clock.now())


def queries_of_a_mail():
    """To look whether it is true yet, and to make it."""
    message = OutboxMessage.objects.earliest("pk")
    message.receiver, message.revision  # noqa: B018 - as whoever claimed it has them
    with CaptureQueriesContext(connection) as queries:
        assert mails.still_true(message, now=clock.now())
        mails.render(message, now=clock.now())
    return len(queries)


class TestSeveralTexts:
    @pytest.fixture
    def asks(self, own, editor):
        """`asks("Lassen", "Draaien")` has the editor submit a text of each title."""

        def submit(*titles):
            drafts = [programme_of(own, STATES.DRAFT, title=title) for title in titles]
            for draft in drafts:
                editor.step(draft, "submit")
            return drafts

        return submit

    def test_of_one_time_are_one_mail_that_leads_to_each(self, own, editor, manager, asks, post):
        drafts = asks("Lassen", "Draaien")
        live = programme_of(own, title="Frezen")
        editor.save(live, title="Anders")
        (mail,) = post()
        assert mail.subject == "Kijk je deze 3 teksten na?"
        assert "Lassen\nRedacteur 1 vraagt of dit op de site mag." in mail.body
        assert "Frezen\nRedacteur 1 wil dit veranderen." in mail.body
        for row in (*drafts, live):
            assert mail.body.count(f"{ORIGIN}{manager.address(row, 'publication')}") == 1
        assert post() == []

    def test_what_comes_within_an_hour_is_one_mail_after_it(self, manager, asks, post):
        asks("Lassen")
        assert [mail.subject for mail in post()] == ["Kijk je dit na? Lassen"]
        asks("Draaien")
        assert post() == []
        asks("Frezen")
        assert post() == []
        an_hour_passes()
        (mail,) = post()
        assert mail.subject == "Kijk je deze 2 teksten na?", "the first was told already"
        assert "Draaien" in mail.body
        assert "Frezen" in mail.body
        assert manager.user.email in mail.to
        an_hour_passes()
        asks("Slijpen")
        assert [mail.subject for mail in post()] == ["Kijk je dit na? Slijpen"]

    def test_what_was_decided_meanwhile_is_left_out(self, manager, asks, post):
        asks("Lassen")
        post()
        first, *_others = asks("Draaien", "Frezen", "Slijpen")
        post()
        manager.step(first, "publish")
        Programme.objects.filter(title="Slijpen").delete()
        an_hour_passes()
        assert to(post()).count(manager.user.email) == 1
        assert OutboxMessage.objects.filter(kind=MailKind.REVIEW_ASKED).count() == 2

    def test_what_was_gathered_goes_out_though_the_first_was_deleted(self, manager, asks, post):
        """The mail hangs on the first; its history stays until the mail went out."""
        asks("Lassen")
        post()
        first, _second = asks("Draaien", "Frezen")
        post()
        steps = history.of(first)
        first.delete()
        forget_publications()
        an_hour_passes()
        (mail,) = post()
        assert mail.subject == "Kijk je dit na? Frezen"
        reviews.forget_past_term(now=clock.now() + reviews.KEPT)
        due.forget_useless(clock.now() + reviews.KEPT)
        assert not steps.exists()

    def test_one_that_cannot_be_told_does_not_hold_up_the_rest(self, manager, asks, post, monkeypatch, caplog):
        asks("Lassen")
        faulty = Revision.objects.latest("pk").pk
        ask = outbox.ask_to_judge

        def failing(colleagues, revision, *, now):
            ask(colleagues, revision, now=now)
            if revision.pk == faulty:
                Revision.objects.create(content_type_id=None)  # the database refuses it

        monkeypatch.setattr(outbox, "ask_to_judge", failing)
        asks("Draaien")
        assert [mail.subject for mail in post()] == ["Kijk je dit na? Draaien"]
        assert f"step {faulty} of a text" in caplog.text
        monkeypatch.undo()
        an_hour_passes()
        assert [mail.subject for mail in post()] == ["Kijk je dit na? Lassen"], "it is tried again"

    def test_a_long_list_has_an_end(self, manager, asks, post):
        asks(*[f"Lassen {number}" for number in range(about_texts.MOST_LISTED + 2)])
        (mail,) = post()
        assert mail.subject == f"Kijk je deze {about_texts.MOST_LISTED + 2} teksten na?"
        assert mail.body.count("vraagt of dit op de site mag.") == about_texts.MOST_LISTED
        assert "En nog 2 teksten." in mail.body

    @pytest.mark.parametrize("who", ["a manager", "the office"])
    def test_many_asks_take_as_many_queries_as_a_few(self, own, editor, manager, who):
        """Each mail looks at the asks of all partners since its first, and every sweep at all who might decide."""
        if who == "the office":
            Membership.objects.filter(user=manager.user).delete()
            partners.OfficeUserFactory()
        others = [partners.MembershipFactory(role=MemberRole.MANAGER) for _number in range(3)]
        asked(own, editor, 3)
        asked(others[0].partner, editor, 3)
        few = queries_of_a_mail()
        asked(own, editor, 14)
        asked(others[1].partner, editor, 14)
        many = queries_of_a_mail()
        assert few == many

    def test_each_reads_of_the_own_part_only(self, own, manager, asks, post):
        other = partners.PartnerFactory()
        elsewhere, theirs = desk(other), desk(other, MemberRole.MANAGER)
        asks("Lassen", "Draaien")
        elsewhere.step(programme_of(other, STATES.DRAFT, title="Solderen"), "submit")
        found = {mail.to[0]: mail for mail in post()}
        assert set(found) == {manager.user.email, theirs.user.email}
        assert "Solderen" not in found[manager.user.email].body
        assert found[theirs.user.email].subject == "Kijk je dit na? Solderen"

    def test_a_sweep_that_was_overtaken_leaves_it_to_the_next(self, manager, asks):
        """Its moment would lie before that of the mail that has to list the text."""
        began = clock.now()
        asks("Lassen")
        reviews.tell(now=clock.now())
        asks("Draaien")
        assert reviews.tell(now=began) == 0
        assert reviews.tell(now=clock.now()) == 1
