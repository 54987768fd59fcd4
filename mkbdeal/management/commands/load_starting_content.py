"""`manage.py load_starting_content`: fills in what the content files hold and the database never had."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from mkbdeal.starting_content.loading import load
from mkbdeal.starting_content.reader import ContentError


class Command(BaseCommand):
    """Safe to run at every start: a row is loaded once, and never again after staff edited or deleted it."""

    help = "Loads the starting content of partners, hubs, programmes and pages, each row once."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load(Path(settings.BASE_DIR))
        except ContentError as error:
            raise CommandError(str(error)) from error
        for name, count in counts.items():
            if count:
                self.stdout.write(f"{count:>5}  {name}")
        if not any(counts.values()):
            self.stdout.write(_("De startinhoud was al geladen."))
