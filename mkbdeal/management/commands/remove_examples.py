"""`remove_examples`: takes away all that is labelled as an example. The work is in hubs/domain/examples.py."""

from typing import Any

from django.core.management.base import BaseCommand

from hubs.domain import examples


class Command(BaseCommand):
    """Safe to repeat."""

    help = "Removes every example date, programme, partner and generated news item."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = examples.remove_examples()
        self.stdout.write(
            f"Removed {removed.activities} example dates, {removed.programmes} programmes, "
            f"{removed.partners} partners and {removed.news_articles} news items."
        )
        if removed.kept_activities:
            self.stdout.write(f"{removed.kept_activities} example dates stay: somebody signed up for them.")
        if removed.kept_programmes:
            self.stdout.write(f"{removed.kept_programmes} example programmes stay: they have dates that stay.")
