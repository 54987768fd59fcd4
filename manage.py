#!/usr/bin/env python3
"""Django's command line. Starts the embedded servers for commands that need a database and have no DATABASE_URL."""

import os
import sys
from contextlib import nullcontext

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from mkbdeal import embedded, env

# `serve` starts the servers itself, because it says what it does; the others touch neither database nor broker.
WITHOUT_SERVERS = {"serve", "help", "version", "check", "collectstatic", "messages", "startapp", "diffsettings"}


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mkbdeal.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    needs_servers = command not in WITHOUT_SERVERS and not {"--help", "-h", "--version"} & set(sys.argv)
    try:
        with embedded.running(env.data_folder(), env.absent_servers()) if needs_servers else nullcontext():
            execute_from_command_line(sys.argv)
    except (embedded.EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(f"Error: {error}")
    except OperationalError as error:
        sys.exit(f"Error: the database cannot be used: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main()
