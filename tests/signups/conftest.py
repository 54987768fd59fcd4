"""What tests share: a real mail server with Django's settings to reach it, who judges texts, who manages a date."""

import pytest
from django.utils.module_loading import import_string

from tests.mail_server import running_mail_server

NAMED_DESK = "tests.signups.judging.named_desk"  # by name: a conftest is read before Django is set up


@pytest.fixture
def mail_server(settings):
    """Every mail goes there over SMTP, as in production."""
    with running_mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 1
        yield server


@pytest.fixture
def own():
    return import_string("tests.factories.partners.PartnerFactory")()


@pytest.fixture
def editor(own):
    return import_string(NAMED_DESK)(own, "Redacteur 1", "editor")


@pytest.fixture
def manager(own):
    return import_string(NAMED_DESK)(own, "Beheerder 2", "manager")


@pytest.fixture
def post(mailoutbox):
    """`post()` has the sweep tell what is new, and gives the mails that go out now."""

    def told():
        mailoutbox.clear()
        import_string("signups.tasks.tell_colleagues")()
        import_string("signups.tasks.deliver")()
        return list(mailoutbox)

    return told


@pytest.fixture
def at_work(client, activity):
    """Logged in as an editor of a partner that runs the programme of the test's own `activity`."""
    member = import_string("tests.factories.partners.MembershipFactory")()
    running = import_string("tests.factories.hubs.ProgrammePartnerFactory")
    running(programme=activity.programme, partner=member.partner)
    client.force_login(member.user)
    return client
