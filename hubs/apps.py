"""Registers the app; nothing runs at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubsConfig(AppConfig):
    """Hubs, education levels, programmes and dated activities."""

    name = "hubs"
    verbose_name = _("Hubs en programma's")
