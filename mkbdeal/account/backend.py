"""Finds the account of a session, with whether it has a second factor: asked in one query, at each request of staff."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from partners.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class AccountBackend(AuthenticationBackend):
    """Whoever is switched off is nobody from the next request on."""

    def get_user(self, user_id: Any) -> Any:
        """With `has_second_factor`."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        user = User.objects.annotate(has_second_factor=Exists(factors)).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
