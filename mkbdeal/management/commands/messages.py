"""Brings the English catalogue up to date with the texts in code and templates."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mkbdeal import messages


class Command(BaseCommand):
    """`make messages`"""

    help = "Collect the Dutch texts for translation and say which still lack English."

    def handle(self, *args: Any, **options: Any) -> None:
        po_file = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po"
        lacking = messages.update(settings.BASE_DIR, po_file)
        for text in lacking:
            self.stdout.write(f"  lacks English: {text}")
        self.stdout.write(f"{len(lacking)} texts lack English in {po_file.relative_to(settings.BASE_DIR)}.")
