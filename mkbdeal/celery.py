"""The Celery app and the complete schedule of beat. Entry point of worker and beat is worker.py."""

from datetime import timedelta
from typing import Any, Final

from celery import Celery
from celery.schedules import crontab

from mkbdeal import broker, env, transport

# Every task is a sweep that notices what is due, so a missed or doubled run does no harm, and a run that waited
# until the next one has come is dropped.
SCHEDULE: Final[dict[str, dict[str, Any]]] = {
    "heartbeat": {
        "task": "mkbdeal.tasks.heartbeat",
        "schedule": timedelta(seconds=broker.HEARTBEAT_SECONDS),
        "options": {"expires": broker.HEARTBEAT_SECONDS},
    },
    "deliver": {
        "task": "signups.tasks.deliver",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "tidy_activities": {
        "task": "signups.tasks.tidy_activities",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "tell_activities": {
        "task": "signups.tasks.tell_activities",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "tell_interests": {
        "task": "signups.tasks.tell_interests",
        "schedule": timedelta(minutes=2),
        "options": {"expires": 120},
    },
    "tell_invited": {
        "task": "signups.tasks.tell_invited",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},
    },
    "tell_colleagues": {
        "task": "signups.tasks.tell_colleagues",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "tidy_access": {
        "task": "partners.tasks.tidy_access",
        "schedule": crontab(minute="40"),
        "options": {"expires": 3600},
    },
    "sweep_photos": {
        "task": "content.tasks.sweep_photos",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "sweep_publications": {
        "task": "content.tasks.sweep_publications",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "forget_publications": {
        "task": "content.tasks.forget_publications",
        "schedule": crontab(minute="50"),
        "options": {"expires": 3600},
    },
    "remove_unused_photos": {
        "task": "content.tasks.remove_unused_photos",
        "schedule": crontab(hour="4", minute="0"),
        "options": {"expires": 3600},
    },
    "empty_past_term": {
        "task": "signups.tasks.empty_past_term",
        "schedule": crontab(minute="20"),  # terms are in days; a portal that sleeps at night must not miss its turn
        "options": {"expires": 3600},
    },
}

# A request must not hang on a broker that hangs; a worker blocks on the broker by design.
TIMEOUT: Final = {"web": 0.25, "command": 2.0, "task": 15.0}[env.process()]


def broker_url() -> str:
    """The broker's address as kombu writes it: for a socket another scheme and parameter than redis-py's."""
    url = env.redis_url()
    return url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")


transport.install()
app = Celery("mkbdeal", task_cls="mkbdeal.gate:GatedTask")
app.conf.update(
    broker_url=broker_url(),
    broker_connection_retry_on_startup=True,
    broker_connection_timeout=1,
    broker_transport_options={
        "socket_connect_timeout": TIMEOUT,
        "socket_timeout": TIMEOUT,
        "visibility_timeout": 3600,
        "max_retries": 0 if env.process() == "web" else None,
    },
    task_publish_retry=False,
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    # Nothing to remember between two starts, so no schedule file that a crash could break.
    beat_scheduler="celery.beat:Scheduler",
    beat_schedule=SCHEDULE,
    beat_max_loop_interval=5,
    timezone="Europe/Amsterdam",
)
app.autodiscover_tasks()
