"""Mails to colleagues about texts: who judges hears that one waits, who asked hears what became of it, nobody else."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import IntegrityError, transaction

from content import clock
from content.domain import history
from content.models import Deed, PendingChange, PublicationState, Revision
from content.tasks import sweep_publications
from hubs.models import Programme
from partners.models import MemberRole, Membership, User
from signups import mails, tasks
from signups.domain import reviews
from signups.models import Delivery, MailKind, OutboxMessage
from tests.content.publishing_stage import desk, programme_of
from tests.factories import content, partners
from tests.signups.judging import an_hour_passes, to

STATES = PublicationState
ORIGIN = "http://127.0.0.1:8000"
pytestmark = pytest.mark.django_db


class TestWhoJudges:
    def test_the_managers_of_that_partner_and_once(self, own, editor, manager, post):
        second = partners.MembershipFactory(partner=own, role=MemberRole.MANAGER).user
        partners.MembershipFactory(role=MemberRole.MANAGER)
        partners.MembershipFactory(partner=own, role=MemberRole.MANAGER, user__is_active=False)
        partners.OfficeUserFactory()
        draft = programme_of(own, STATES.DRAFT)
        editor.save(draft, "_submit", title="Leren lassen")
        found = post()
        assert to(found) == sorted([manager.user.email, second.email])
        mail = found[0]
        assert mail.subject == "Kijk je dit na? Leren lassen"
        assert "Redacteur 1 vraagt of “Leren lassen” op de site mag." in mail.body
        assert f"{ORIGIN}{manager.address(draft, 'publication')}" in mail.body
        assert post() == []

    def test_of_a_change_to_what_is_on_the_site(self, own, editor, manager, post):
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Anders")
        (mail,) = post()
        assert "Redacteur 1 wil “Op de site” veranderen." in mail.body
        editor.save(live, summary="Nog iets.")
        assert post() == [], "who goes on with the same proposal asks nothing new"
        manager.step(live, "send_back", note="Te kort.")
        editor.save(live)
        assert post() == [], "the manager was mailed just now, and the editor did what was asked"
        an_hour_passes()
        assert to(post()) == [manager.user.email], "the same again is a new ask"

    def test_the_office_where_a_partner_has_no_manager(self, own, editor, post):
        office = partners.OfficeUserFactory()
        partners.MembershipFactory(role=MemberRole.MANAGER)  # of another partner
        editor.step(programme_of(own, STATES.DRAFT), "submit")
        assert to(post()) == [office.email]

    def test_the_office_where_the_only_manager_asks(self, own, manager, post):
        office = partners.OfficeUserFactory()
        manager.step(programme_of(own, STATES.DRAFT), "submit")
        assert to(post()) == [office.email]

    def test_what_concerns_nobody_is_looked_at_once(self, own, manager, post):
        draft = programme_of(own, STATES.DRAFT)
        manager.step(draft, "submit")
        assert reviews.tell(now=clock.now()) == 1, "the control: nobody but who asked could decide"
        assert (reviews.tell(now=clock.now()), OutboxMessage.objects.count()) == (0, 0)
        manager.step(draft, "publish")
        assert (reviews.tell(now=clock.now()), reviews.tell(now=clock.now())) == (1, 0)

    def test_nobody_once_it_was_decided(self, own, editor, manager):
        draft = programme_of(own, STATES.DRAFT)
        editor.step(draft, "submit")
        manager.step(draft, "publish")
        assert reviews.tell(now=clock.now()) == 1
        assert OutboxMessage.objects.get().kind == MailKind.TEXT_PUBLISHED

    def test_the_rest_of_the_office_for_a_page_of_its_own(self, post):
        asks, other = desk(), partners.OfficeUserFactory()
        asks.step(content.NewsArticleFactory(state=STATES.DRAFT), "submit")
        assert to(post()) == [other.email]


class TestWhoAsked:
    def test_hears_that_it_is_on_the_site(self, own, editor, manager, post):
        draft = programme_of(own, STATES.DRAFT, title="Leren lassen", slug="leren-lassen")
        Programme.objects.filter(pk=draft.pk).update(hub=programme_of(own).hub)
        editor.step(draft, "submit")
        post()
        manager.step(draft, "publish")
        (mail,) = post()
        assert (mail.to, mail.subject) == ([editor.user.email], "Je tekst staat op de site: Leren lassen")
        assert "Beheerder 2 zette “Leren lassen” op de site." in mail.body
        assert f"{ORIGIN}/programmas/leren-lassen/" in mail.body

    def test_reads_why_it_came_back(self, own, editor, manager, post):
        draft = programme_of(own, STATES.DRAFT)
        editor.step(draft, "submit")
        manager.step(draft, "send_back", note="Noem\r\nde prijs.")
        (mail,) = post()
        assert mail.to == [editor.user.email], "nobody is asked any more for what was judged"
        assert "“Noem de prijs.”" in mail.body
        assert f"{ORIGIN}{editor.address(draft)}" in mail.body

    def test_reads_when_it_is_to_be_seen(self, own, editor, manager, post):
        draft = programme_of(own, STATES.DRAFT)
        editor.step(draft, "submit")
        manager.step(draft, "publish", publish_at="2098-01-01T10:00")
        (mail,) = post()
        assert mail.subject.startswith("Je tekst is goedgekeurd: ")
        assert "Bezoekers zien dit vanaf woensdag 1 januari 2098" in mail.body

    @pytest.mark.parametrize("how", ["approved", "saved with a correction"])
    def test_hears_of_a_change_also_when_somebody_else_went_on_with_it(self, own, editor, manager, post, how):
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Anders")
        manager.save(live, "_propose", summary="Een zin verbeterd.")
        post()
        if how == "approved":
            manager.step(live, "approve")
        else:
            manager.save(live, title="Anders", summary="Nog een zin verbeterd.")
        (mail,) = post()
        assert mail.to == [editor.user.email]
        assert "Beheerder 2 zette je wijziging van “Anders” op de site." in mail.body

    def test_hears_of_what_was_planned_when_it_comes(self, own, editor, manager, post):
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Straks")
        manager.step(live, "approve", publish_at="2098-01-01T10:00")
        assert post() == []
        PendingChange.objects.update(publish_at=clock.now())
        sweep_publications()
        (mail,) = post()
        assert "Je wijziging van “Straks” staat op de site, zoals gepland." in mail.body

    @pytest.mark.parametrize(
        ("how", "said"),
        [
            ("withdrawn", "nam je wijziging van “Op de site” niet over"),
            ("saved without it", "nam je wijziging van “Op de site” niet over"),
            ("taken off", "haalde “"),
            ("run out", "De tijd van “Anders” was om voordat je wijziging op de site stond."),
        ],
    )
    def test_hears_that_it_will_not_come(self, own, editor, manager, post, how, said):
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Anders")
        post()
        match how:
            case "withdrawn":
                manager.step(live, "withdraw")
            case "saved without it":
                manager.save(live, title="Op de site")
            case "taken off":
                manager.step(live, "take_off")
            case _:
                Programme.objects.filter(pk=live.pk).update(expire_at=clock.now())
                sweep_publications()
        (mail,) = post()
        assert mail.to == [editor.user.email]
        assert said in mail.body

    def test_nothing_of_the_own_deeds(self, own, manager, post):
        draft = programme_of(own, STATES.DRAFT)
        manager.step(draft, "submit")
        manager.step(draft, "publish")
        manager.save(draft, title="Anders")
        assert post() == []


class TestOnlyWhileItIsTrue:
    @pytest.fixture
    def asked(self, own, editor, manager):
        draft = programme_of(own, STATES.DRAFT)
        editor.step(draft, "submit")
        reviews.tell(now=clock.now())
        return OutboxMessage.objects.get()

    def states(self):
        tasks.deliver()
        return set(OutboxMessage.objects.values_list("state", flat=True))

    @pytest.mark.parametrize("change", ["published", "deleted", "no manager any more", "switched off"])
    def test_not_when_it_was_overtaken(self, asked, manager, change, mailoutbox):
        match change:
            case "published":
                Programme.objects.update(state=STATES.PUBLISHED)
            case "deleted":
                Programme.objects.all().delete()
            case "no manager any more":
                Membership.objects.filter(user=manager.user).update(role=MemberRole.EDITOR)
            case _:
                User.objects.filter(pk=manager.user.pk).update(is_active=False)
        assert self.states() == {Delivery.DROPPED}
        assert mailoutbox == []

    def test_a_mail_server_that_is_away_loses_nothing(self, asked, settings, mail_server):
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens there
        assert self.states() == {Delivery.QUEUED}
        settings.EMAIL_PORT = port
        OutboxMessage.objects.update(due_at=clock.now())
        assert self.states() == {Delivery.SENT}
        assert len(mail_server.to(asked.colleague.email)) == 1

    def test_old_news_is_none(self, own, editor, manager, post):
        editor.step(programme_of(own, STATES.DRAFT), "submit")
        Revision.objects.update(made_at=clock.now() - reviews.NEWS)
        assert post() == []

    def test_forgotten_after_a_month(self, asked):
        now = clock.now()
        reviews.forget_past_term(now=now + reviews.KEPT - timedelta(hours=1))
        assert OutboxMessage.objects.exists()
        reviews.forget_past_term(now=now + reviews.KEPT + timedelta(hours=1))
        assert not OutboxMessage.objects.exists()

    def test_the_office_finds_it_among_the_mails(self, asked):
        shown = desk().client.get("/beheer/signups/outboxmessage/").content.decode()
        assert asked.revision.subject.title in shown
        assert asked.colleague.email not in shown


def test_a_name_with_a_line_break_stays_one_line(own, editor, manager):
    hostile = "Lassen\r\nBcc: x@kwaad.example\u202e"
    draft = programme_of(own, STATES.IN_REVIEW, title=hostile)
    User.objects.filter(pk=editor.user.pk).update(name=hostile)
    step = history.record(subject=draft, deed=Deed.SUBMITTED, by=User.objects.get(pk=editor.user.pk), now=clock.now())
    message = OutboxMessage(kind=MailKind.REVIEW_ASKED, revision=step, colleague=manager.user)
    mail = mails.render(message, now=clock.now())
    head = message_from_bytes(mail.message().as_bytes(), policy=default)
    assert (head["Bcc"], "\n" in head["Subject"], "\u202e" in mail.body) == (None, False, False)


@pytest.mark.parametrize("kind", [MailKind.CONFIRMED, MailKind.REVIEW_ASKED])
def test_the_database_takes_a_text_to_a_colleague_and_nothing_else(own, kind):
    step = history.record(subject=programme_of(own), deed=Deed.SUBMITTED, by=None, now=clock.now())
    fields = {"revision": step} if kind == MailKind.REVIEW_ASKED else {"colleague": partners.UserFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(kind=kind, dedupe_key="x", **fields)
