"""Staff write to who signed up for a date: whom it reaches, the preview, limits, and that it is theirs alone."""

import re
from uuid import UUID

import pytest
from django.utils.html import escape

from signups import tasks
from signups.domain import letters
from signups.models import Delivery, Ending, Letter, MailKind, OutboxMessage, State
from tests.factories.hubs import ActivityFactory, ProgrammePartnerFactory
from tests.factories.partners import MembershipFactory, UserFactory
from tests.factories.signups import LetterFactory, OutboxMessageFactory, SignUpFactory
from tests.mkbdeal.isolation import MARK, rival, snapshot

pytestmark = pytest.mark.django_db
TYPED = {"subject": "Dichte schoenen", "text": "In de hal liggen krullen.\r\n\r\nTrek dichte schoenen aan.\r\nTot dan!"}
EVERYBODY = ["coming_person", "coming_class", "waiting_person", "waiting_class"]


@pytest.fixture
def activity():
    return ActivityFactory(
        capacity=60,
        for_classes=True,
        programme__title="Lassen",
        programme__hub__contact_email="lessen@proefhub.example",
    )


@pytest.fixture
def staff(activity):
    member = MembershipFactory(user__name="Medewerker Tien")
    ProgrammePartnerFactory(programme=activity.programme, partner=member.partner)
    return member.user


@pytest.fixture
def at_work(client, staff):
    client.force_login(staff)
    return client


def path(activity):
    return f"/beheer/signups/deelnemers/{activity.pk}/berichten/"


def shown(client, activity, **data):
    answer = client.post(path(activity), data) if data else client.get(path(activity))
    assert answer.status_code == 200
    return answer.content.decode()


def token_in(page):
    return re.search(r'name="submit_token" value="([^"]+)"', page)[1]


def sent(client, activity, **fields):
    """From preview to what the page says after sending."""
    fields = {**TYPED, **fields}
    token = token_in(shown(client, activity, step="preview", **fields))
    answer = client.post(path(activity), {**fields, "step": "send", "submit_token": token}, follow=True)
    return answer.content.decode()


def receivers():
    return sorted(OutboxMessage.objects.filter(kind=MailKind.LETTER).values_list("sign_up__email", flat=True))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page))


class TestWhomItReaches:
    def test_after_all_the_group_is_not_called_off_any_more(self, at_work, activity):
        SignUpFactory(activity=activity, state=State.CANCELLED, ending=Ending.ACTIVITY_CANCELLED)
        page = shown(at_work, activity)
        assert "Personen die hun plek verloren toen de activiteit was afgelast: 1" in page
        assert "gaat niet door" not in page

    def test_the_groups_that_were_chosen(self, at_work, activity):
        for number, fields in enumerate(
            [{}, {"class_of": 20}, {"state": State.WAITING}, {"state": State.OFFERED}, {"state": State.CANCELLED}]
        ):
            SignUpFactory(activity=activity, email=f"{number}@voorbeeld.example", **fields)
        assert "Het bericht gaat uit naar 2 adressen." in sent(at_work, activity, to=["coming_person", "coming_class"])
        assert receivers() == ["0@voorbeeld.example", "1@voorbeeld.example"]
        sent(at_work, activity, to=["waiting_person"], subject="Nog iets")
        assert receivers() == [f"{number}@voorbeeld.example" for number in range(4)]

    def test_single_ones_that_were_ticked_and_nobody_of_another_date(self, at_work, activity):
        one, _other = SignUpFactory.create_batch(2, activity=activity)
        foreign = SignUpFactory()
        sent(at_work, activity, only=[one.uuid, foreign.uuid, "x"])
        assert receivers() == [one.email]

    def test_ticks_of_another_date_alone_are_a_mistake(self, at_work, activity):
        SignUpFactory(activity=activity)
        page = shown(at_work, activity, step="send", only=[SignUpFactory().uuid], **TYPED)
        assert "Kies aan wie je schrijft." in page
        assert not Letter.objects.exists()

    @pytest.mark.parametrize("state", [State.REQUESTED, State.WAITING])
    def test_an_address_that_is_not_proven_gets_nothing(self, at_work, activity, state):
        proven = SignUpFactory(activity=activity, state=State.WAITING)
        entry = SignUpFactory(activity=activity, state=state, proven_at=None, proof="", name=f"{MARK} kind")
        page = shown(at_work, activity, step="preview", to=EVERYBODY, **TYPED)
        assert "1 aanmelding is nog niet bevestigd. Daar gaat niets heen." in page
        assert MARK not in page + shown(at_work, activity)
        sent(at_work, activity, to=EVERYBODY, only=[entry.uuid])
        assert receivers() == [proven.email]

    def test_the_guardian_reads_it_once_for_two_children(self, at_work, activity, mail_server):
        for name in ("Mohamed", "Boukje"):
            SignUpFactory(activity=activity, under_16=True, name=name, email="ouder@voorbeeld.example")
        page = sent(at_work, activity, to=["coming_person"])
        assert "naar 1 adres" in page
        tasks.deliver()
        (mail,) = mail_server.to("ouder@voorbeeld.example")
        text = mail.get_body(("plain",)).get_content()
        assert text.count("/aanmelding/") == 2
        assert "Mohamed" in text
        assert "Boukje" in text

    def test_who_has_no_address_is_to_be_called(self, at_work, activity):
        SignUpFactory(activity=activity)
        SignUpFactory(activity=activity, email="", name="2B", class_of=20, contact_name="Docent Vos", phone="0348 1")
        preview = text_of(shown(at_work, activity, step="preview", to=["coming_person", "coming_class"], **TYPED))
        assert "Naar 1 adres" in preview
        assert "2B (Docent Vos), 0348 1" in preview
        assert "weten we geen e-mailadres" in shown(at_work, activity, step="preview", to=["coming_class"], **TYPED)

    def test_who_lost_the_seat_because_the_date_was_cancelled(self, at_work, activity):
        lost = SignUpFactory(activity=activity, state=State.CANCELLED, ending=Ending.ACTIVITY_CANCELLED)
        SignUpFactory(activity=activity, state=State.CANCELLED)
        assert "Bekijk andere datums" in shown(at_work, activity, step="preview", to=["called_off_person"], **TYPED)
        sent(at_work, activity, to=["called_off_person"])
        assert receivers() == [lost.email]


class TestThePreview:
    def test_is_the_mail_as_it_goes_out_and_sends_nothing(self, at_work, activity):
        entry = SignUpFactory(activity=activity)
        page = shown(at_work, activity, step="preview", to=["coming_person"], **TYPED)
        for part in ("Naar <b>1</b> adres", "lessen@proefhub.example", "Dichte schoenen", "Wat: Lassen", entry.name):
            assert part in page
        assert not Letter.objects.exists()
        html = at_work.post(f"{path(activity)}opmaak/nl/", {**TYPED, "to": ["coming_person"]}).content.decode()
        assert "<p>Trek dichte schoenen aan.<br>Tot dan!</p>" in html
        assert "style=" not in html  # the security policy would drop it
        assert at_work.get(f"{path(activity)}opmaak/nl/").status_code == 302

    def test_holds_no_link_that_works(self, at_work, activity):
        SignUpFactory(activity=activity)
        page = shown(at_work, activity, step="preview", to=["coming_person"], **TYPED)
        link = re.search(r"/aanmelding/[\w-]{40,}/", page)[0]
        assert at_work.get(link, follow=True).status_code == 404

    def test_back_to_the_form_loses_nothing(self, at_work, activity):
        SignUpFactory(activity=activity)
        page = shown(at_work, activity, step="change", to=["coming_person"], **TYPED)
        assert "Trek dichte schoenen aan." in page
        assert re.search(r'value="coming_person"[^>]* checked', page)

    def test_in_english_where_somebody_reads_that(self, at_work, activity):
        SignUpFactory(activity=activity)
        assert "in het Engels" not in shown(at_work, activity)
        SignUpFactory(activity=activity, language="en")
        assert "Ook in het Engels: 1 aanmelding" in shown(at_work, activity)
        page = shown(at_work, activity, step="preview", to=["coming_person"], **TYPED)
        assert "This message was written in Dutch only." in page
        english = {"subject_en": "Closed shoes", "text_en": "Wear closed shoes."}
        page = shown(at_work, activity, step="preview", to=["coming_person"], **TYPED, **english)
        assert "Wear closed shoes." in page
        assert "written in Dutch only" not in page


class TestSending:
    def test_a_double_click_and_a_replay_send_once(self, at_work, activity):
        SignUpFactory(activity=activity)
        fields = {**TYPED, "to": ["coming_person"]}
        token = token_in(shown(at_work, activity, step="preview", **fields))
        for _time in range(3):
            answer = at_work.post(path(activity), {**fields, "step": "send", "submit_token": token}, follow=True)
            assert "Het bericht gaat uit naar 1 adres." in answer.content.decode()
        assert (Letter.objects.count(), OutboxMessage.objects.count()) == (1, 1)

    def test_without_the_preview_nothing_is_sent(self, at_work, activity):
        SignUpFactory(activity=activity)
        other = ActivityFactory(programme=activity.programme)
        SignUpFactory(activity=other)
        fields = {**TYPED, "to": ["coming_person"], "step": "send"}
        stolen = token_in(shown(at_work, other, **{**fields, "step": "preview"}))
        for token in ("", "x", stolen):
            assert "Zo gaat het bericht uit" in shown(at_work, activity, **fields, submit_token=token)
        assert not Letter.objects.exists()

    def test_the_same_text_reaches_an_address_once(self, at_work, activity):
        first = SignUpFactory(activity=activity)
        sent(at_work, activity, to=["coming_person"])
        page = shown(at_work, activity, step="preview", to=["coming_person"], **TYPED)
        assert "kreeg dit bericht al" in page
        late = SignUpFactory(activity=activity)
        assert "1 aanmelding kreeg precies dit bericht al" in shown(
            at_work, activity, step="preview", to=["coming_person"], **TYPED
        )
        sent(at_work, activity, to=["coming_person"])
        assert receivers() == sorted([first.email, late.email])

    def test_who_wrote_what_to_how_many_and_how_it_fared(self, at_work, activity):
        SignUpFactory.create_batch(3, activity=activity)
        sent(at_work, activity, to=["coming_person"])
        first, second, _third = OutboxMessage.objects.order_by("pk")
        OutboxMessage.objects.filter(pk=first.pk).update(state=Delivery.SENT, sent_at=first.created_at)
        OutboxMessage.objects.filter(pk=second.pk).update(state=Delivery.FAILED)
        page = shown(at_work, activity)
        told = text_of(page)
        for part in ("Dichte schoenen", "naar 3 adressen", "1 van 3 aangekomen", "1 onderweg", "1 mislukt", "Tot dan!"):
            assert part in told
        assert str(Letter.objects.get().written_by) in told
        link = re.search(r'class="letter-failed" href="([^"]+)"', page)[1].replace("&amp;", "&")
        rows = at_work.get(link).content.decode()
        assert rows.count('name="_selected_action"') == 1

    def test_five_a_day_to_one_date(self, at_work, activity, monkeypatch):
        SignUpFactory(activity=activity)
        for number in range(5):
            sent(at_work, activity, to=["coming_person"], subject=f"Bericht {number}")
        fields = {**TYPED, "to": ["coming_person"]}
        token = token_in(shown(at_work, activity, step="preview", **fields))
        page = shown(at_work, activity, step="send", submit_token=token, **fields)
        assert "Vandaag gingen er al 5 berichten naar deze datum." in page
        assert "Trek dichte schoenen aan." in page
        assert "Bekijk het bericht" not in shown(at_work, activity)
        assert Letter.objects.count() == 5
        monkeypatch.setattr(letters, "why_not_now", lambda *_: "")  # the control: it is this guard that refuses
        at_work.post(path(activity), {**fields, "step": "send", "submit_token": token})
        assert Letter.objects.count() == 6


class TestBadInput:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"to": []}, "Kies aan wie je schrijft."),
            ({"subject": " \u200f\t"}, "Vul in waar het bericht over gaat."),
            ({"text": "\r\n \r\n"}, "Schrijf hier je bericht."),
            ({"text": "a" * 100_000}, "Houd het bij 4000 tekens; dit zijn er 100000."),
            ({"subject": "b" * 101}, "Houd het bij 100 tekens; dit zijn er 101."),
            ({"subject": "Voor jo de groot"}, "In het onderwerp staat de naam van een deelnemer: Jo de Groot."),
            ({"subject_en": "Shoes"}, "Vul het Engels helemaal in, of laat allebei leeg."),
            ({"text_en": "Shoes"}, "Vul het Engels helemaal in, of laat allebei leeg."),
        ],
    )
    @pytest.mark.parametrize("step", ["preview", "send"])
    def test_a_sentence_and_nothing_is_lost(self, at_work, activity, typed, sentence, step):
        SignUpFactory(activity=activity, name="Jo de Groot")
        fields = {"to": ["coming_person"], **TYPED, **typed}
        page = shown(at_work, activity, step=step, **fields)
        assert sentence in page
        assert escape(fields["subject"].strip()) in page
        assert fields["text"].strip()[:30] in page
        assert not Letter.objects.exists()

    def test_nul_is_refused(self, at_work, activity):
        assert at_work.post(path(activity), {**TYPED, "text": "a\0b"}).status_code == 400

    def test_what_looks_like_markup_or_headers_is_text(self, at_work, activity, mail_server):
        entry = SignUpFactory(activity=activity)
        subject = "Let op\r\nBcc: kwaad@voorbeeld.example"
        text = "<script>alert(1)</script> <b>x</b> https://kwaad.example \u202eom {{ now }} %s"
        page = sent(at_work, activity, to=["coming_person"], subject=subject, text=text)
        assert "<script>alert(1)" not in page
        tasks.deliver()
        (mail,) = mail_server.to(entry.email)
        assert (mail["Bcc"], mail["Subject"]) == (None, "Let op Bcc: kwaad@voorbeeld.example: Lassen")
        html = mail.get_body(("html",)).get_content()
        assert "<script>" not in html
        assert "&lt;b&gt;x&lt;/b&gt;" in html
        assert 'href="https://kwaad' not in html
        assert "\u202e" not in html + mail.get_body(("plain",)).get_content()
        assert "{{ now }} %s" in mail.get_body(("plain",)).get_content()


class TestIsolation:
    def addresses(self, activity):
        return [path(activity), f"{path(activity)}opmaak/nl/"]

    def test_anothers_date_answers_like_none_and_nothing_changes(self, at_work):
        _partner, worlds = rival()
        before = snapshot()
        for activity in worlds:
            fields = {**TYPED, "to": ["coming_person"], "only": [activity.sign_ups.get().uuid], "step": "send"}
            for address in self.addresses(activity):
                for answer in (at_work.get(address), at_work.post(address, fields)):
                    assert answer.status_code == 404
                    assert MARK.casefold() not in answer.content.decode().casefold()
        assert snapshot() == before

    def test_closed_to_who_is_not_staff_or_no_longer_runs_it(self, client, activity, staff):
        for address in self.addresses(activity):
            assert "/beheer/login/" in client.get(address)["Location"]
        client.force_login(UserFactory())
        assert {client.get(address).status_code for address in self.addresses(activity)} == {302}
        client.force_login(staff)
        assert client.get(path(activity)).status_code == 200
        activity.programme.partner_roles.all().delete()
        assert {client.get(address).status_code for address in self.addresses(activity)} == {404}

    def test_mails_of_anothers_letter_are_not_listed(self, at_work):
        message = OutboxMessageFactory(kind=MailKind.LETTER)
        page = at_work.get(f"/beheer/signups/outboxmessage/?letter__id__exact={message.letter_id}").content.decode()
        assert 'name="_selected_action"' not in page

    def test_each_date_shows_its_own(self, at_work, activity):
        LetterFactory(activity=activity, subject="Hier")
        LetterFactory(subject="Daar")
        page = shown(at_work, activity)
        assert ("Hier" in page, "Daar" in page) == (True, False)


def test_nobody_to_write_to(at_work, activity):
    SignUpFactory(activity=activity, state=State.REQUESTED)
    assert "Er is nog niemand om aan te schrijven." in shown(at_work, activity)
    assert path(activity) in at_work.get(f"/beheer/signups/deelnemers/{activity.pk}/").content.decode()


def test_no_more_queries_for_more_people_and_letters(at_work, activity, django_assert_max_num_queries):
    SignUpFactory(activity=activity)
    LetterFactory(activity=activity)
    with django_assert_max_num_queries(16) as few:
        shown(at_work, activity)
    for number in range(1, 20):
        SignUpFactory(activity=activity)
        LetterFactory(activity=activity, submit_token=UUID(int=number))
    with django_assert_max_num_queries(len(few)):
        shown(at_work, activity)
