"""`manage.py reset_second_factor EMAIL`: for who lost phone and recovery codes, when nobody of the office can help."""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from partners.domain import members
from partners.models import StaffSession, User


class Command(BaseCommand):
    """Takes away the second factor and every session; the password stays, and leads to setting up a new one."""

    help = "Lets somebody set up a new second factor at the next login."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the account logs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("No account has this address.")
        with transaction.atomic():
            Authenticator.objects.filter(user=user).delete()
            members.end_sessions(StaffSession.objects.of(user))
        self.stdout.write("Done. The next login asks for the password and then for a new second factor.")
