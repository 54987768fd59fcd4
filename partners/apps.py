"""Registers the app; nothing runs at start-up."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PartnersConfig(AppConfig):
    """Partners of the deal, their staff, and schools."""

    name = "partners"
    verbose_name = pgettext_lazy("deal", "Partners")
