"""`load_examples`: a few dates per hub, labelled as examples. What they are stands in hubs/domain/examples.py."""

from typing import Any

from django.core.management.base import BaseCommand

from content import clock
from hubs.domain import examples


class Command(BaseCommand):
    """Does its work once per database."""

    help = "Loads a few example dates per hub in the coming weeks, once."

    def handle(self, *args: Any, **options: Any) -> None:
        made = examples.load_examples(now=clock.now())
        self.stdout.write(f"{made} example dates loaded." if made else "No example dates to load.")
