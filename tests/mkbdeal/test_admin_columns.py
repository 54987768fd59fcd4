"""Every form of the back office with every column of its model: what the form does not show, no post changes (A2)."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from content import clock
from content.admin.published import PublishedAdmin
from partners.models import MemberRole
from tests.content.publishing_stage import desk
from tests.factories import hubs, partners
from tests.mkbdeal.test_admin_site import FACTORIES, address, shown_values

pytestmark = pytest.mark.django_db
COUNTED = {"version", "changed_at"}  # every save raises them


def hostile(field, row):
    """A value that the column could have, other than it has."""
    value = getattr(row, field.attname)
    if field.is_relation:
        other = field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True).first()
        return other or 987654321
    if isinstance(field, ArrayField):
        return "1"
    if field.choices:
        return next(choice for choice, _label in field.flatchoices if choice != value)
    match field:
        case models.BooleanField():
            return "" if value else "on"
        case models.DateTimeField() | models.DateField():
            return clock.now().isoformat()
        case models.UUIDField():
            return "00000000-0000-4000-8000-000000000000"
        case models.IntegerField() | models.DecimalField():
            return str((value or 0) + 7)
        case _:
            return "iets-anders"


def columns(row, *, without):
    names = {field.name for field in row._meta.concrete_fields} - without - COUNTED
    return {name: str(type(row)._base_manager.values_list(name, flat=True).get(pk=row.pk)) for name in names}


def posted(at, row):
    """Open the form, post it with every other column too. Which columns changed that the form does not show?"""
    path = address(type(row).__name__, "change", row.pk)
    page = at.client.get(path)
    if page.status_code != 200:
        at.client.post(path, {field.name: hostile(field, row) for field in row._meta.concrete_fields})
        return columns(row, without=set())
    shown = set(page.context["adminform"].form.fields)
    before = columns(row, without=shown)
    extra = {field.name: hostile(field, row) for field in row._meta.concrete_fields if field.name not in shown}
    extra |= {field.attname: value for field in row._meta.concrete_fields if (value := extra.get(field.name))}
    answer = at.client.post(path, {**shown_values(page), **extra, "_save": "1"})
    assert answer.status_code == 302, answer.context["errors"]
    after = columns(row, without=shown)
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_the_office_changes_what_it_sees(name):
    """An account's own form apart: the office may change each of its columns that is shown."""
    row = FACTORIES[name]()
    assert posted(desk(), row) == {}


@pytest.mark.parametrize("role", list(MemberRole))
@pytest.mark.parametrize("name", ["Partner", "Hub", "Programme", "Activity"])
def test_a_partner_changes_what_it_sees(name, role):
    own = partners.PartnerFactory(state="draft")
    hub = hubs.HubFactory(state="draft")
    hubs.HubPartnerFactory(hub=hub, partner=own)
    programme = hubs.ProgrammeFactory(hub=hub, state="draft")
    hubs.ProgrammeFactory()
    rows = {"Partner": own, "Hub": hub, "Programme": programme}
    row = rows.get(name) or hubs.ActivityFactory(programme=programme)
    assert posted(desk(own, role), row) == {}


def test_a_form_that_takes_what_was_posted_is_noticed(monkeypatch):
    """The negative control."""
    save = PublishedAdmin.save_model

    def careless(self, request, obj, *args):
        obj.state = request.POST.get("state", obj.state)
        save(self, request, obj, *args)

    monkeypatch.setattr(PublishedAdmin, "save_model", careless)
    assert set(posted(desk(), FACTORIES["Programme"]())) == {"state"}
