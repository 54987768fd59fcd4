"""Staff who are logged in with a second factor, as the login library notes it. No test lives here."""

import secrets
import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client

from mkbdeal.account.codes import SecondFactorAdapter

SECRET = "JBSWY3DPEHPK3PXP"
USER_KEY = "account_authentication_methods_user"


class StaffClient(Client):
    """`force_login` passes the second factor too; `force_password` is what a password alone gives.

    Each comes from an address of its own: the limits are those of the real cache.
    """

    def __init__(self, *args, **kwargs):
        address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
        super().__init__(*args, **{"REMOTE_ADDR": address, **kwargs})

    def force_login(self, user, backend=None):
        add_app(user)
        self.force_password(user, backend)
        session = self.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0, "type": "totp"}]
        session[USER_KEY] = str(user.pk)
        session.save()

    def force_password(self, user, backend=None):
        super().force_login(user, backend)


def add_app(user):
    """An app with codes."""
    data = {"secret": SecondFactorAdapter().encrypt(SECRET)}
    return Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": data})[0]


def code(steps=0, secret=SECRET):
    """What the app shows now, or some half minutes later."""
    counter = min(auth.yield_hotp_counters_from_time()) + 1 + steps
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def mails(count):
    """Those that were sent, as soon as there are this many: some go out beside the request."""
    for _time in range(50):
        if len(mail.outbox) >= count:
            break
        time.sleep(0.05)
    assert len(mail.outbox) == count
    return mail.outbox


def log_in(page, origin, user):
    """The same in a browser of Playwright."""
    client = StaffClient()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.session.session_key, "url": origin}])
