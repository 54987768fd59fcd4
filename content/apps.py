"""Registers the app; nothing runs at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    """Pages, news and the building blocks that every app above uses."""

    name = "content"
    verbose_name = _("Inhoud")
