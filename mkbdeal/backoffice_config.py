"""Makes our back office Django's admin. Read before any model is: the site itself (backoffice.py) needs them all."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    """Makes BackOffice the site that `@admin.register` means."""

    default = False
    default_site = "mkbdeal.backoffice.BackOffice"
