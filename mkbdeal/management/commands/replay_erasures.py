"""`replay_erasures`: after a restore, erase again whoever was erased since that backup. See signups/domain/erasure."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content import clock
from signups.domain import erasure, ledger


class Command(BaseCommand):
    """Does nothing where the database is up to date. Until it ran, the portal serves nothing."""

    help = "After the restore of a database: erases again whoever was erased since that backup was made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new-ledger", action="store_true", help="the old ledger is lost for good: go on with the one there is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            erased = erasure.replay(now=clock.now(), is_new_ledger=options["new_ledger"])
        except ledger.LedgerLostError as error:
            raise CommandError(
                f"The ledger of erasures, {settings.ERASURE_LEDGER}, misses lines that this database has seen. Put the "
                "right file back. If it is lost for good: manage.py replay_erasures --new-ledger."
            ) from error
        self.stdout.write(f"{erased} sign-ups erased again." if erased else "No erasures to repeat.")
