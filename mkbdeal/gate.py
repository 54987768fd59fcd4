"""After the restore of an older database nothing is served and no task runs until the erasures since are replayed."""

import logging
from collections.abc import Callable
from threading import Event, Lock
from typing import Any, Final

from celery import Task
from django.http import HttpRequest, HttpResponseBase

from content import clock
from mkbdeal import errors
from signups.domain import erasure, ledger

logger = logging.getLogger(__name__)

HEALTH: Final = {"/healthz", "/readyz", "/statusz"}

_opened = Event()  # once open it stays open: nobody restores a database under a running portal
_tried = Event()
_healing = Lock()


def is_open() -> bool:
    """Asked of the database until the answer is yes."""
    if not _opened.is_set() and (ledger.is_replayed() or _healed()):
        _opened.set()
    return _opened.is_set()


def _healed() -> bool:
    """What a failed commit left undone is done at the start, once; whoever comes meanwhile has to come back.

    A ledger that cannot be read is tried again, until somebody mended that.
    """
    if _tried.is_set() or not _healing.acquire(blocking=False):
        return False
    try:
        healed = erasure.heal(now=clock.now())
        _tried.set()
    except OSError as error:
        logger.error("The ledger of erasures cannot be read, so the portal stays closed: %s", error.strerror)
        return False
    finally:
        _healing.release()
    return healed


def closed_until_replayed(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware. 503 for all but health; stands before everything that reads or keeps pages."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info in HEALTH or is_open():
            return get_response(request)
        return errors.unavailable(request)

    return middleware


class GatedTask(Task):
    """The base of every task: a mail must not reach somebody whom the restored database does not know is erased."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(*args, **kwargs) if is_open() else None
