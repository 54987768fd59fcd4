"""`manage.py serve`: the whole portal in one terminal. What it does stands in mkbdeal/launch."""

import os
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mkbdeal import embedded, env
from mkbdeal.launch.children import Children, commands, wait_until_ready
from mkbdeal.launch.locks import alone
from mkbdeal.launch.preparation import prepare, require_free_port, step
from mkbdeal.management.commands.demo_data import MOST, number_of_dates

USUAL = 0  # leaves the number of dates to the command that makes them


class Command(BaseCommand):
    """Start everything, watch it, and stop everything."""

    help = "Starts the whole portal in this terminal: servers, web, worker and beat. Ctrl-C stops it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        about = f"also load a generated year, of up to {MOST:,} dates"
        parser.add_argument("--demo", nargs="?", type=number_of_dates, const=USUAL, metavar="DATES", help=about)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ctrl-C, SIGTERM and a closed terminal all end in the same orderly stop."""
        port = env.number("PORT", 8000)
        _interrupt_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        try:
            with alone(port, settings.DATA_FOLDER):
                require_free_port(port)
                self._run(port, demo=options["demo"])
        except KeyboardInterrupt:
            self._say("Stopped.")
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error

    def _run(self, port: int, *, demo: int | None) -> None:
        absent, data = env.absent_servers(), settings.DATA_FOLDER
        self._say(f"Starting the portal on port {port}.")
        with step(self.stdout, f"Starting PostgreSQL and Valkey in {data}" if absent else "Using your servers"):
            servers = embedded.running(data, absent, say=False)
            servers.__enter__()
        try:
            prepare(self.stdout, demo=demo)
            self._serve(port, absent)
        finally:
            _ignore(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # a second Ctrl-C must not cut the stop short
            servers.__exit__(None, None, None)

    def _serve(self, port: int, absent: set[str]) -> None:
        children = Children(settings.BASE_DIR, {"PORTAL_SERVE": "1", "PORTAL_DATA": str(settings.DATA_FOLDER)})
        try:
            with step(self.stdout, "Starting web server, worker and beat"):
                for name, command in commands(port).items():
                    children.start(name, command)
                ready = wait_until_ready(port, children)
            if ready:
                self._welcome(port)
            dead = children.watch(lambda: not absent or embedded.is_kept(settings.DATA_FOLDER))
        finally:
            _ignore(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
            self._say("\nStopping …")
            children.stop()
        raise CommandError(f"The {dead} has stopped, so everything was stopped.")

    def _welcome(self, port: int) -> None:
        self._say(f"\nThe portal is on http://127.0.0.1:{port}/ and its back office on http://127.0.0.1:{port}/beheer/")
        self._say("Ctrl-C stops everything.")

    def _say(self, text: str) -> None:
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except OSError:  # the terminal is gone, which must not keep us from stopping
            self.stdout = self.stderr = type(self.stdout)(open(os.devnull, "w"))  # noqa: SIM115, PTH123


def _interrupt_on(*signals: signal.Signals) -> None:
    for number in signals:
        # nohup ignores SIGHUP on purpose; a script's background job ignores SIGINT by accident.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _ignore(*signals: signal.Signals) -> None:
    for number in signals:
        signal.signal(number, signal.SIG_IGN)
