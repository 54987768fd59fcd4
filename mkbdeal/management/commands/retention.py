"""`retention`: empties what is past its term, as beat does by itself. The rules are in signups/domain/retention.py."""

from typing import Any

from django.core.management.base import BaseCommand

from content import clock
from signups.domain import retention


class Command(BaseCommand):
    """Safe to repeat."""

    help = "Counts and empties the sign-ups whose term is over."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{retention.run(now=clock.now())} sign-ups emptied.")
