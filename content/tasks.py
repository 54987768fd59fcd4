"""Background work on photos. Decides nothing: content/domain/renditions.py does."""

import logging

from celery import shared_task
from django.apps import apps

from content import clock
from content.domain import renditions

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
def remove_unused_photos() -> None:
    """Files of photos that were replaced or whose object was deleted."""
    renditions.remove_unused(clock.now())
