"""Background work on sign-ups. Decides nothing: signups/domain does. Every task may run twice or not at all."""

import logging
import threading
import time
from typing import Final

from celery import shared_task
from django.db import Error, transaction
from kombu.exceptions import KombuError
from kombu.exceptions import OperationalError as BrokerError
from redis import RedisError

from content import clock
from signups.domain import delivery, overdue, seats
from signups.domain.delivery import Outcome
from signups.domain.errors import RefusedError

logger = logging.getLogger(__name__)

MAILS_PER_RUN: Final = 50
SWEEP_SECONDS: Final = 5
REST_SECONDS: Final = 5.0  # that a broker which failed is left alone


@shared_task
def deliver() -> None:
    """Send what is due, until nothing is or the mail server cannot be reached."""
    for _ in range(MAILS_PER_RUN):
        if delivery.deliver_next(now=clock.now()) in {Outcome.NOTHING_DUE, Outcome.NO_CONNECTION}:
            break


@shared_task
def tidy_activities() -> None:
    """End what has run out and offer what came free where nobody called, such as after an edit by staff."""
    for activity_id in overdue.activities(clock.now()):
        try:
            seats.tidy(activity_id=activity_id, now=clock.now())
        except (Error, RefusedError) as error:
            logger.warning("Activity %d could not be tidied: %s", activity_id, type(error).__name__)
    deliver()


def nudge() -> None:
    """Have the mails of this transaction sent at once, as soon as it is committed. Best effort: the sweep comes anyway.

    Never raises, and a broker that is away or hangs costs a request a moment once in a while.
    """
    transaction.on_commit(_nudger, robust=True)


class _Nudger:
    """Leaves a broker that failed alone for a while, and lets one thread at a time try."""

    def __init__(self) -> None:
        self._rests_until = 0.0
        self._trying = threading.Lock()

    def __call__(self) -> None:
        if time.monotonic() < self._rests_until or not self._trying.acquire(blocking=False):
            return
        try:
            deliver.apply_async(expires=SWEEP_SECONDS, retry=False)
        except (KombuError, BrokerError, RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            logger.warning("The broker could not be reached: %s", type(error).__name__)
        finally:
            self._trying.release()


_nudger = _Nudger()
