"""Who is of the programme office: somebody is let go, never the last one who could enter."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from partners.domain.errors import GoneError, RefusedError
from partners.domain.invitations import close_ways_back_to_office, lock_office
from partners.domain.members import end_sessions_without_rights, lock
from partners.models import User

LAST: Final = _(
    "Dit is het laatste actieve account van het programmabureau. Zonder dit account kan niemand er meer in."
)


def is_last(accounts: Iterable[User]) -> bool:
    """Whether nobody of the programme office could enter without these. Stays true under `lock_office` alone."""
    keys = set(User.objects.filter(is_active=True, is_programme_office=True).values_list("pk", flat=True))
    gone = {account.pk for account in accounts}
    return bool(keys & gone) and not keys - gone


@transaction.atomic
def let_go(*, user_id: int, by: User) -> User:
    """The account stays; whom another leaves without a partner is logged out. Raises RefusedError, GoneError."""
    lock_office(by)
    found = lock(User.objects.filter(pk=user_id, is_programme_office=True))
    if not found:
        raise GoneError
    (user,) = found
    if is_last([user]):
        raise RefusedError(str(LAST))
    close_ways_back_to_office(user)
    user.is_programme_office = False
    user.save(update_fields=["is_programme_office"])
    end_sessions_without_rights(user, by=by)
    return user
