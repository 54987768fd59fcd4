"""What a partner does at a hub or a programme."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PartnerRole(models.TextChoices):
    """Only `runs` gives a partner's staff rights; the others are shown and give none."""

    RUNS = "runs", pgettext_lazy("rol", "voert uit")
    TEACHES = "teaches", pgettext_lazy("rol", "geeft les")
    FUNDS = "funds", pgettext_lazy("rol", "betaalt mee")
    SUPPORTS = "supports", pgettext_lazy("rol", "steunt")
