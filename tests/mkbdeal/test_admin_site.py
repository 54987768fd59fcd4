"""The back office as a whole: who may enter, what is in it, and that every page of it works."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.forms import FileField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from content import clock
from content.admin.base import ClosedAdmin, ClosedInline
from content.models import Versioned
from partners.models import User
from tests.factories import content, hubs, partners

# What staff do not edit by hand: ledgers, the workflow's own rows, and rows that stand in another object's form.
ELSEWHERE = {
    "LoadedItem",
    "PreviewLink",
    "Revision",
    "StaffSession",
    "Invitation",
    "Attempt",
    "Membership",
    "Room",
    "HubPartner",
    "ProgrammePartner",
    "Meeting",
    "Progression",
}
# Read, never edited as a form; tests/signups/test_admin_*.py and tests/content/test_review.py
READ_ONLY = {"OutboxMessage", "DateInterest", "SignUp", "PendingChange"}
FACTORIES = {
    "Activity": hubs.ActivityFactory, "Programme": hubs.ProgrammeFactory, "Hub": hubs.HubFactory,
    "Theme": hubs.ThemeFactory, "EducationLevel": hubs.EducationLevelFactory, "LevelGroup": hubs.LevelGroupFactory,
    "Partner": partners.PartnerFactory,
    "PartnerPerson": partners.PartnerPersonFactory, "School": partners.SchoolFactory,
    "SchoolHoliday": partners.SchoolHolidayFactory, "User": partners.UserFactory, "Page": content.PageFactory,
    "NewsArticle": content.NewsArticleFactory, "Milestone": content.MilestoneFactory, "Synonym": content.SynonymFactory,
    "Figure": content.FigureFactory,
}  # fmt: skip
REGISTRY = {model.__name__: page for model, page in admin.site._registry.items()}
pytestmark = pytest.mark.django_db


def address(name, page, *args):
    return reverse(f"admin:{REGISTRY[name].opts.app_label}_{name.lower()}_{page}", args=args)


@pytest.fixture
def office(client):
    user = partners.OfficeUserFactory()
    client.force_login(user)
    return client


def test_every_model_has_its_place():
    models = {
        model.__name__ for label in ("content", "partners", "hubs") for model in apps.get_app_config(label).get_models()
    }
    assert set(REGISTRY) - READ_ONLY == models - ELSEWHERE - READ_ONLY == set(FACTORIES)


def test_every_page_is_closed_by_default():
    for page in REGISTRY.values():
        assert isinstance(page, ClosedAdmin)
        assert all(issubclass(inline, ClosedInline) for inline in page.inlines)


def test_the_start_page_names_every_model_in_a_group(office):
    groups = office.get("/beheer/").context["app_list"]
    assert "Overig" not in {str(group["name"]) for group in groups}
    assert {model["object_name"] for group in groups for model in group["models"]} == set(REGISTRY)


def test_without_account_one_comes_at_the_login(client):
    response = client.get("/beheer/hubs/hub/")
    assert (response.status_code, response["Location"]) == (302, "/beheer/login/?next=/beheer/hubs/hub/")


@pytest.mark.parametrize("fields", [{}, {"is_programme_office": True, "is_active": False}])
def test_only_active_members_of_the_office_enter(client, fields):
    client.force_login(partners.UserFactory(**fields))
    for name in REGISTRY:
        assert client.get(address(name, "changelist")).status_code == 302


def test_there_is_one_way_in(client, office):
    assert Client().get("/beheer/login/?next=/beheer/hubs/hub/")["Location"] == (
        "/account/login/?next=%2Fbeheer%2Fhubs%2Fhub%2F"
    )
    assert "je toegang is veranderd" in Client().get("/beheer/", follow=True).content.decode()
    assert office.get("/beheer/login/?next=//elders.example/")["Location"] == "/beheer/"
    assert office.get("/beheer/logout/")["Location"] == "/account/uitloggen/"
    assert office.get("/beheer/password_change/")["Location"] == "/account/wachtwoord/"


def test_who_may_not_come_here_is_not_sent_round(client):
    """A colleague who was let go reads what to do, right after logging in."""
    client.force_login(partners.UserFactory())
    answer = client.get("/beheer/login/")
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "Je account hoort bij geen partner (meer)" in html
    assert "Vraag het je beheerder of het programmabureau." in html
    assert 'href="/account/uitloggen/"' in html


def test_the_redirect_by_content_type_is_gone(office):
    hub = hubs.HubFactory()
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, hub.pk])
    assert office.get(f"/beheer/r/1/{hub.pk}/").status_code == 404
    html = office.get(address("Hub", "change", hub.pk)).content.decode()
    assert f'href="{hub.get_absolute_url()}"' in html
    assert "/r/" not in html


def test_what_the_public_cannot_see_has_no_link_to_the_site(office):
    draft = hubs.HubFactory(state="draft")
    activity = hubs.ActivityFactory(programme__hub=draft)
    assert draft.get_absolute_url() not in office.get(address("Hub", "change", draft.pk)).content.decode()
    assert activity.get_absolute_url() not in office.get(address("Activity", "change", activity.pk)).content.decode()


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_every_page_of_every_model_answers(office, name):
    row = FACTORIES[name]()
    pages = [address(name, "changelist"), *(address(name, page, row.pk) for page in ("change", "history"))]
    if name not in {"Page", "User"}:  # accounts are made by an invitation
        pages += [address(name, "add")]
    if name != "Page":
        pages += [address(name, "delete", row.pk)]
    for page in pages:
        assert office.get(page).status_code == 200, page
    assert office.get(address(name, "changelist"), {"q": "woord"}).status_code == 200


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_a_form_that_is_saved_unchanged_changes_nothing(office, name):
    row = FACTORIES[name]()
    if isinstance(row, Versioned):
        type(row).objects.update(changed_at=clock.now() - timedelta(days=9))
    before = type(row).objects.filter(pk=row.pk).values().get()
    page = office.get(address(name, "change", row.pk))
    response = office.post(address(name, "change", row.pk), shown_values(page))
    assert response.status_code == 302, response.context["errors"]
    after = type(row).objects.filter(pk=row.pk).values().get()
    if isinstance(row, Versioned):  # it counts the saves, and remembers the last
        assert after.pop("version") == before.pop("version") + 1
        assert after.pop("changed_at") > before.pop("changed_at") + timedelta(days=8)
    assert {key: value or "" for key, value in after.items()} == {key: value or "" for key, value in before.items()}


def shown_values(page):
    """What a browser would post back."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    fields = (bound for form in forms for bound in form if not isinstance(bound.field, FileField))
    return {bound.html_name: posted(bound) for bound in fields if str(bound.value()) not in ("None", "False", "")}


def posted(bound):
    value = bound.value()
    if value is True:
        return "on"
    shown = bound.field.widget.format_value(value)
    return shown if isinstance(value, list) or not isinstance(shown, list) else shown[0]


@pytest.mark.parametrize("name", sorted(FACTORIES))
def test_lists_need_no_more_queries_for_more_rows(office, name):
    FACTORIES[name]()
    counts = []
    for more in (0, 29):
        for _ in range(more):
            FACTORIES[name]()
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address(name, "changelist")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 10


def test_nobody_gets_a_password_that_somebody_else_thought_up(office):
    assert "/account/collegas/" in office.get(address("User", "changelist")).content.decode()
    fields = {"name": "Nieuw", "email": "nieuw@voorbeeld.example", "password1": "een-lang-wachtwoord"}
    assert office.post(address("User", "add"), {**fields, "password2": "een-lang-wachtwoord"}).status_code == 403
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()
    user = partners.UserFactory(password="een-lang-wachtwoord")
    given = {"password1": "nog-een-lang-wachtwoord", "password2": "nog-een-lang-wachtwoord"}
    for fields in ({**given, "set-password": "1"}, {"usable_password": "false", "unset-password": "1"}):
        office.post(f"/beheer/partners/user/{user.pk}/password/", fields)
    assert User.objects.get(pk=user.pk).password == user.password
    assert "Je collega kiest zelf een nieuw" in office.get(address("User", "change", user.pk)).content.decode()
    assert office.get(address("User", "changelist"), {"password__startswith": "pbkdf2"}).status_code == 400
