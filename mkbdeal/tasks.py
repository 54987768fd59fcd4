"""Background work of the composition root itself."""

from celery import shared_task

from mkbdeal import broker


@shared_task
def heartbeat() -> None:
    """Sent by beat, done by a worker: proof that both live."""
    broker.beat()
