"""The portal without its locks, for the controls: what the web server imports in their place. No test lives here."""

import time

from django.db.models import QuerySet

from mkbdeal.wsgi import application
from signups.domain import locks
from signups.models import SignUp

__all__ = ["application"]

_save = SignUp.save


def _save_later(self, *args, **kwargs):
    """A moment between reading and writing, so that all have read before one writes."""
    time.sleep(0.05)
    _save(self, *args, **kwargs)


QuerySet.select_for_update = lambda self, *_, **__: self.all()
locks.address = lambda _: None
SignUp.save = _save_later
