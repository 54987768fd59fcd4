"""An editor and a manager of one partner with a programme and a hub, in two browsers. No test here."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from content.models import PublicationState
from partners.models import MemberRole
from tests.factories import hubs, partners
from tests.logging_in import StaffClient
from tests.mkbdeal.test_admin_site import shown_values

EMPTY = {"partner_roles-TOTAL_FORMS": "0", "partner_roles-INITIAL_FORMS": "0"}


@dataclass
class Desk:
    """Somebody at work, at the form and at the publication page of one object."""

    user: Any
    client: Any

    def address(self, row, page="change"):
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])

    def opened(self, row):
        """What the form shows, ready to be posted."""
        answer = self.client.get(self.address(row))
        assert answer.status_code == 200
        return shown_values(answer)

    def save(self, row, button="_save", **fields):
        return self.client.post(self.address(row), {**self.opened(row), **fields, button: "1"}, follow=True)

    def step(self, row, step, **given):
        row.refresh_from_db()
        given = {"step": step, "version": row.version, **given}
        return self.client.post(self.address(row, "publication"), given, follow=True)

    def text(self, row, page):
        return self.client.get(self.address(row, page)).content.decode()


def desk(partner=None, role=MemberRole.EDITOR):
    """A member of this partner; the programme office without one."""
    user = partners.UserFactory() if partner else partners.OfficeUserFactory()
    if partner:
        partners.MembershipFactory(user=user, partner=partner, role=role)
    client = StaffClient()
    client.force_login(user)
    return Desk(user, client)


def programme_of(partner, state=PublicationState.PUBLISHED, **fields):
    hub = hubs.HubFactory()
    programme = hubs.ProgrammeFactory(hub=hub, state=state, **fields)
    hubs.ProgrammePartnerFactory(programme=programme, partner=partner)
    return programme


def photo(colour="red"):
    file = BytesIO()
    Image.new("RGB", (700, 400), colour).save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue(), "image/jpeg")
