"""Background work on photos and on publication. Decides nothing: content/domain does."""

import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import Error

from content import clock
from content.domain import due, publishing, renditions
from content.domain.errors import RefusedError

logger = logging.getLogger(__name__)

PHOTOS_PER_SWEEP = 20


@shared_task(ignore_result=True)
def render_photo(model_label: str, pk: int) -> None:
    """Make the smaller versions of one row's photo. An unreadable file is logged; the next sweep tries again."""
    try:
        renditions.make_renditions(apps.get_model(model_label), pk)
    except (OSError, SyntaxError, ValueError):
        logger.exception("No renditions for the photo of %s %s", model_label, pk)


@shared_task(ignore_result=True)
def sweep_photos() -> None:
    """Photos that still miss their smaller versions, however they came into the database."""
    for model in renditions.illustrated_models():
        for pk in renditions.without_renditions(model, PHOTOS_PER_SWEEP):
            render_photo(model._meta.label, pk)


@shared_task(ignore_result=True)
def sweep_publications() -> None:
    """What ran out, and what was approved for this moment."""
    now = clock.now()
    for subject in due.ran_out(now):
        _each(publishing.expire, subject=subject, now=now)
    for change in due.planned(now):
        _each(publishing.apply_planned, change=change, now=now)


def _each(step: Callable[..., None], **given: Any) -> None:
    """What cannot be done now, such as a row that is locked or values that no longer fit, does not stop the others."""
    try:
        step(**given)
    except (Error, RefusedError, ValidationError, TypeError, ValueError):
        logger.exception("No step of publication for %s", given.get("subject") or given.get("change"))


@shared_task(ignore_result=True)
def forget_publications() -> None:
    """Old history, links that ran out, and what was about objects that are gone."""
    due.forget_useless(clock.now())


@shared_task(ignore_result=True)
def remove_unused_photos() -> None:
    """Files of photos that were replaced or whose object was deleted."""
    renditions.remove_unused(clock.now())
