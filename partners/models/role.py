"""What a partner does at a hub or a programme, and what a person does for a partner."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerRole(models.TextChoices):
    """Only `runs` gives a partner's staff rights; the others are shown and give none."""

    RUNS = "runs", pgettext_lazy("rol", "voert uit")
    TEACHES = "teaches", pgettext_lazy("rol", "geeft les")
    FUNDS = "funds", pgettext_lazy("rol", "betaalt mee")
    SUPPORTS = "supports", pgettext_lazy("rol", "steunt")


class MemberRole(models.TextChoices):
    """Managers also invite colleagues and publish."""

    EDITOR = "editor", _("redacteur")
    MANAGER = "manager", _("beheerder")


class InvitedRole(models.TextChoices):
    """As what somebody is invited: at a partner, or to the programme office, which is no partner."""

    EDITOR = MemberRole.EDITOR.value, MemberRole.EDITOR.label
    MANAGER = MemberRole.MANAGER.value, MemberRole.MANAGER.label
    OFFICE = "office", _("programmabureau")
