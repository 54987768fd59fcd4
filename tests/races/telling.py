"""The portal that tells who is known, for the controls: by its answer to a double, by its time for lost links."""

import time

from mkbdeal.wsgi import application
from signups.domain import lost_mail
from signups.models import SignUp, State
from signups.views import sign_up

__all__ = ["application"]

_send_links = lost_mail.send_links


def _send_slowly(*, email, now):
    """As if the mail were sent at once, and to known addresses only."""
    if SignUp.objects.filter(email=email).exists():
        time.sleep(0.02)
    _send_links(email=email, now=now)


def _true_state(entry, application, activity):
    return State.WAITING if entry.is_proven else State.REQUESTED


lost_mail.send_links = _send_slowly
sign_up._shown_state = _true_state
