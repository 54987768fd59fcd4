"""What tests of mails share: a real mail server, and Django's own settings to reach it."""

import pytest

from tests.mail_server import running_mail_server


@pytest.fixture
def mail_server(settings):
    """Every mail goes there over SMTP, as in production."""
    with running_mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 1
        yield server
