"""The accounts of staff. The public has none."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partners.models.role import MemberRole


class UserManager(BaseUserManager["User"]):
    """Addresses are stored in lower case, so that nobody gets two accounts by a capital."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A partner's staff member; rights come from memberships. Without a password nobody can log in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An administrator: a member of the programme office."""
        return self.create_user(email, password, is_programme_office=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Logs in with an e-mail address. What a user may do follows from memberships, never from Django's permissions."""

    email = models.EmailField(
        _("e-mailadres"), unique=True, error_messages={"unique": _("Er is al een account met dit e-mailadres.")}
    )
    name = models.CharField(_("naam"), max_length=120)
    is_active = models.BooleanField(
        _("actief"), default=True, help_text=_("Haal het vinkje weg als iemand niet meer meedoet.")
    )
    is_programme_office = models.BooleanField(
        _("programmabureau"), default=False, help_text=_("Ziet en bewerkt alles, van alle partners.")
    )
    joined_at = models.DateTimeField(_("account sinds"), db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(
                name="partners_user_email_lower_case",
                condition=models.Q(email=Lower("email")),
                violation_error_message=_("Schrijf het e-mailadres in kleine letters."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        """At partners, whichever. Asked once per request: that is how long such an object lives."""
        return frozenset(self.memberships.values_list("role", flat=True))

    @property
    def is_member(self) -> bool:
        """Works for a partner."""
        return bool(self.roles)

    @property
    def manages_staff(self) -> bool:
        """Has colleagues to invite, somewhere."""
        return self.is_programme_office or MemberRole.MANAGER in self.roles

    @property
    def is_staff(self) -> bool:
        """Every account is staff: the public has no accounts."""
        return self.is_active

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used; what asks for one gets it only from the programme office."""
        return self.is_active and self.is_programme_office

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return self.is_active and self.is_programme_office

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_programme_office
