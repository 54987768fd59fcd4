"""What Celery's worker and beat import: `celery -A mkbdeal.worker worker`. Refuses to start without servers."""

import os

from mkbdeal import env

env.enter("task")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mkbdeal.settings")

from mkbdeal.celery import app  # noqa: E402 - reads at import what kind of process this is

__all__ = ["app"]
