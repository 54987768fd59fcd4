"""Registers the app; nothing runs at start-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignupsConfig(AppConfig):
    """Sign-ups of persons and classes, and what is mailed about them."""

    name = "signups"
    verbose_name = _("Aanmeldingen")
