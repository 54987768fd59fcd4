"""What staff see of mails: how each fared, once more, a sample of every kind, and mails that became files."""

import pytest

from signups import tasks
from signups.models import Delivery, MailKind, OutboxMessage
from tests.factories.hubs import ActivityFactory
from tests.factories.partners import OfficeUserFactory, UserFactory
from tests.factories.signups import OutboxMessageFactory, SignUpFactory

LIST = "/beheer/signups/outboxmessage/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(OfficeUserFactory())
    return client


def page(client, path=""):
    response = client.get(LIST + path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_tells_how_each_fared_and_names_nobody(office):
    message = OutboxMessageFactory(state=Delivery.FAILED, error="geweigerd door de ontvangende kant (550)", attempts=1)
    for html in (page(office), page(office, f"{message.pk}/change/")):
        assert "geweigerd door de ontvangende kant (550)" in html
        assert "mislukt" in html
        assert message.sign_up.email not in html
        assert message.sign_up.name not in html
        assert "/aanmelding/" not in html


def test_the_list_needs_no_more_queries_for_more_rows(office, django_assert_num_queries, django_assert_max_num_queries):
    OutboxMessageFactory()
    with django_assert_max_num_queries(12) as few:
        page(office)
    for _ in range(20):
        OutboxMessageFactory()
    with django_assert_num_queries(len(few)):
        page(office)


def test_what_failed_goes_once_more(office):
    failed = OutboxMessageFactory(state=Delivery.FAILED, error="SMTP", attempts=80)
    waiting = OutboxMessageFactory(attempts=2)
    fields = {"action": "send_again", "_selected_action": [failed.pk, waiting.pk]}
    html = office.post(LIST, fields, follow=True).content.decode()
    assert "1 mail gaat opnieuw uit." in html
    rows = OutboxMessage.objects.order_by("pk").values_list("state", "attempts", "error")
    assert list(rows) == [(Delivery.QUEUED, 0, ""), (Delivery.QUEUED, 2, "")]


def test_nobody_writes_edits_or_removes_a_mail(office):
    message = OutboxMessageFactory()
    assert office.get(f"{LIST}add/").status_code == 403
    assert office.get(f"{LIST}{message.pk}/delete/").status_code == 403
    assert office.post(f"{LIST}{message.pk}/change/", {"state": "sent"}).status_code == 403


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", MailKind.values)
def test_a_sample_of_every_kind(office, kind, language):
    ActivityFactory(programme__title="Lassen voor beginners")
    assert f"voorbeelden/{kind}/{language}/" in page(office, "voorbeelden/")
    shown = page(office, f"voorbeelden/{kind}/{language}/")
    assert ("Lassen voor beginners" in shown) == (kind != MailKind.INVITATION)
    html = page(office, f"voorbeelden/{kind}/{language}/html/")
    assert f'<html lang="{language}">' in html
    assert "style=" not in html + shown  # the security policy would drop it
    assert OutboxMessage.objects.count() == 0


def test_samples_without_a_date_say_so(office):
    assert "nog geen datum" in page(office, "voorbeelden/")
    assert office.get(f"{LIST}voorbeelden/prove/nl/").status_code == 404


@pytest.mark.parametrize("path", ["voorbeelden/x/nl/", "voorbeelden/prove/de/", "voorbeelden/prove/de/html/"])
def test_unknown_samples_are_not_found(office, path):
    ActivityFactory()
    assert office.get(LIST + path).status_code == 404


@pytest.fixture
def files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def test_mails_that_became_files_are_read_here(office, files):
    sign_up = SignUpFactory()
    OutboxMessageFactory(sign_up=sign_up)
    tasks.deliver()
    (name,) = (path.name for path in files.iterdir())
    overview = page(office, "bestanden/")
    assert "De plek is zeker" in overview
    assert f"bestanden/{name}/" in overview
    shown = page(office, f"bestanden/{name}/")
    assert '<a href="http://127.0.0.1:8000/aanmelding/' in shown
    assert sign_up.email in shown
    assert "Mails in bestanden" in page(office)


@pytest.mark.parametrize("name", ["..", "20260101-000000-1.log", "%2e%2e%2fsecret", "secret"])
def test_no_other_file_is_read(office, files, name):
    (files / "secret").write_text("geheim")
    response = office.get(f"{LIST}bestanden/{name}/", follow=True)
    assert "geheim" not in response.content.decode()
    assert response.status_code == 404 or response.redirect_chain


def test_where_mail_is_sent_there_are_no_files(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert office.get(f"{LIST}bestanden/").status_code == 404
    assert "Mails in bestanden" not in page(office)


@pytest.mark.parametrize(
    "path", ["", "voorbeelden/", "voorbeelden/prove/nl/", "voorbeelden/prove/nl/html/", "bestanden/"]
)
def test_all_of_it_is_closed_to_others(client, files, path):
    assert client.get(LIST + path).status_code == 302
    client.force_login(UserFactory())
    assert client.get(LIST + path).status_code == 302
