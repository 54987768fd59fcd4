"""Background work on sign-ups. Decides nothing: signups/domain does. Every task may run twice or not at all."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from celery import shared_task
from celery.exceptions import OperationalError as BrokerError
from django.db import Error, transaction
from redis import RedisError

from content import clock
from signups.domain import delivery, erasure, interests, invited, notices, overdue, retention, reviews, seats
from signups.domain.delivery import Outcome
from signups.domain.errors import RefusedError
from signups.mails import written

logger = logging.getLogger(__name__)

MAILS_PER_RUN: Final = 50
SWEEP_SECONDS: Final = 5
BREATH_SECONDS: Final = 0.2  # between two nudges of one process
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
        _each(seats.tidy, activity_id)


@shared_task
def empty_past_term() -> None:
    """Forget on time; and what the ledger of erasures is ahead of the database, where a commit failed."""
    retention.run(now=clock.now())
    interests.forget_past_term(now=clock.now())
    reviews.forget_past_term(now=clock.now())
    written.forget_past_term(now=clock.now())
    erasure.replay(now=clock.now())


@shared_task
def tell_activities() -> None:
    """Tell everyone concerned that a date was cancelled or moved, and remind those who come."""
    for activity_id in notices.activities(clock.now()):
        _each(notices.tell, activity_id)


@shared_task
def tell_interests() -> None:
    """Mail those who missed a date when there is one that suits."""
    interests.tell(now=clock.now())


@shared_task
def tell_invited() -> None:
    """Mail colleagues who were invited."""
    if invited.tell(now=clock.now()):
        deliver()


@shared_task
def tell_colleagues() -> None:
    """Mail colleagues about texts that wait for them, or that were judged."""
    if reviews.tell(now=clock.now()):
        deliver()


def _each(act: Callable[..., None], activity_id: int) -> None:
    """An activity that cannot be done now, such as one that is locked, does not stop the others."""
    try:
        act(activity_id=activity_id, now=clock.now())
    except (Error, RefusedError) as error:
        logger.warning("Activity %d has to wait: %s", activity_id, type(error).__name__)


def nudge() -> None:
    """Have the mails of this transaction sent at once, as soon as it is committed. Best effort: the sweep comes anyway.

    Never raises, and a broker that is away or hangs costs a request a moment once in a while.
    """
    transaction.on_commit(_nudger, robust=True)


class _Nudger:
    """Leaves a broker that failed alone for a while, and lets one thread at a time try.

    In a rush one nudge stands for all that follow it closely: the run that it starts, or the next sweep, sends theirs.
    """

    def __init__(self) -> None:
        self._rests_until = 0.0
        self._trying = threading.Lock()

    def __call__(self) -> None:
        if time.monotonic() < self._rests_until or not self._trying.acquire(blocking=False):
            return
        try:
            deliver.apply_async(expires=SWEEP_SECONDS, retry=False)
            self._rests_until = time.monotonic() + BREATH_SECONDS
        except (BrokerError, RedisError, OSError) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            logger.warning("The broker could not be reached: %s", type(error).__name__)
        finally:
            self._trying.release()


_nudger = _Nudger()
