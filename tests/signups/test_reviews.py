"""Mails to colleagues about texts: who judges hears that one waits, who asked hears what became of it, nobody else."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from content import clock
from content.domain import due, history
from content.models import Deed, PendingChange, PublicationState, Revision
from content.tasks import forget_publications, sweep_publications
from hubs.models import Programme
from partners.models import MemberRole, Membership, User
from signups import mails, tasks
from signups.domain import outbox, reviews
from signups.mails import about_texts
from signups.models import Delivery, MailKind, OutboxMessage
from tests.content.publishing_stage import desk, programme_of
from tests.factories import content, partners

STATES = PublicationState
ORIGIN = "http://127.0.0.1:8000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return partners.PartnerFactory()


@pytest.fixture
def editor(own):
    found = desk(own)
    User.objects.filter(pk=found.user.pk).update(name="Redacteur 1")
    return found


@pytest.fixture
def manager(own):
    found = desk(own, MemberRole.MANAGER)
    User.objects.filter(pk=found.user.pk).update(name="Beheerder 2")
    return found


@pytest.fixture
def post(mailoutbox):
    """`post()` has the sweep tell what is new, and gives the mails that go out now."""

    def told():
        mailoutbox.clear()
        tasks.tell_colleagues()
        tasks.deliver()
        return list(mailoutbox)

    return told


def an_hour_passes():
    """For every mail."""
    OutboxMessage.objects.update(due_at=F("due_at") - outbox.GATHERED)


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


def to(mails):
    return sorted(address for mail in mails for address in mail.to)


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
