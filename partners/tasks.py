"""Background work on the staff of partners. Decides nothing: partners/domain does."""

from celery import shared_task

from content import clock
from partners.domain import attempts, invitations, members, work_log
from partners.models import StaffSession


@shared_task
def tidy_access() -> None:
    """Forget invitations, sessions, attempts and old work on time."""
    now = clock.now()
    invitations.forget_past_term(now=now)
    attempts.forget_past_term(now=now)
    work_log.forget_past_term(now=now)
    members.end_sessions(StaffSession.objects.useless(now))
