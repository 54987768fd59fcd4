"""What tests of mails about texts share. No test lives here."""

from django.db.models import F

from partners.models import User
from signups.domain import outbox
from signups.models import OutboxMessage
from tests.content.publishing_stage import desk


def named_desk(partner, name, role):
    found = desk(partner, role)
    User.objects.filter(pk=found.user.pk).update(name=name)
    return found


def an_hour_passes():
    """For every mail."""
    OutboxMessage.objects.update(due_at=F("due_at") - outbox.GATHERED)


def to(mails):
    return sorted(address for mail in mails for address in mail.to)
