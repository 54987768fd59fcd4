"""`demo_data`: an invented year for looking around, with a progress bar. What it is made of stands in mkbdeal/demo."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content import clock
from mkbdeal.demo.year import DemoError, is_there, load_year

DEFAULT, MOST = 1_500, 100_000
BAR = 30


def number_of_dates(text: str) -> int:
    """1 to 100,000"""
    if not text.isascii() or not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= MOST:
        raise ArgumentTypeError(f"choose a whole number from 1 to {MOST}")
    return int(text)


class Command(BaseCommand):
    """Does nothing when the same year is there already; of any size, when none is asked for."""

    help = "Makes an invented year of partners, programmes, dates and news, all labelled as examples."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--activities", type=number_of_dates, metavar="N", help=f"dates, up to {MOST:,} ({DEFAULT:,} unless given)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["activities"] is None and is_there():
            self.stdout.write("A demo year is there already.")
            return
        wanted: int = options["activities"] or DEFAULT
        self.stdout.write(f"Making a demo year with {wanted:,} dates …")
        try:
            made = load_year(activities=wanted, now=clock.now(), progress=lambda done: self._show(done, wanted))
        except DemoError as error:
            raise CommandError(str(error)) from error
        if made is None:
            self.stdout.write("It is there already.")
            return
        self.stdout.write(
            f"Made {made.partners} partners, {made.programmes} programmes, {made.activities:,} dates and "
            f"{made.news_articles} news items. `remove_examples` takes them away."
        )

    def _show(self, done: int, wanted: int) -> None:
        """One line that grows on a terminal; elsewhere a line at every step."""
        filled = BAR * done // wanted
        line = f"[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {wanted:,}"
        if self.stdout.isatty():
            self.stdout.write(f"\r{line}", ending="\n" if done >= wanted else "")
            self.stdout.flush()
        else:
            self.stdout.write(line)
