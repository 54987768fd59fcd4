"""The back office between two editors, with malformed addresses, and with its last account."""

import pytest

from content.admin.versioned import VersionedAdmin
from content.models import Versioned
from hubs.models import Programme
from partners.models import User
from tests.factories.content import PageFactory
from tests.factories.hubs import ActivityFactory, ProgrammeFactory
from tests.factories.partners import OfficeUserFactory, UserFactory
from tests.hubs.test_admin_hubs import change, errors, office  # noqa: F401 - a fixture
from tests.mkbdeal.test_admin_site import REGISTRY, address, shown_values

pytestmark = pytest.mark.django_db


# --- Two editors at once ---------------------------------------------------------------------------------------------


def test_every_versioned_model_is_guarded():
    for page in REGISTRY.values():
        assert isinstance(page, VersionedAdmin) == issubclass(page.model, Versioned), page


@pytest.mark.parametrize(
    ("factory", "field"), [(ProgrammeFactory, "title"), (ActivityFactory, "note"), (PageFactory, "title")]
)
def test_the_second_editor_keeps_what_was_typed(office, factory, field):  # noqa: F811
    row = factory()
    page = address(type(row).__name__, "change", row.pk)
    opened = shown_values(office.get(page))
    assert change(office, row, **{field: "van de eerste"}).status_code == 302
    answer = office.post(page, {**opened, field: "van de tweede"})
    assert "Iemand anders heeft dit intussen gewijzigd" in "".join(errors(answer))
    assert 'value="van de tweede"' in answer.content.decode()
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == ("van de eerste", 2)
    assert office.post(page, shown_values(answer)).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, field), row.version) == ("van de tweede", 3)


def test_without_its_version_a_form_is_not_trusted(office):  # noqa: F811
    row = ProgrammeFactory()
    assert "intussen gewijzigd" in "".join(errors(change(office, row, opened_version="")))


def test_two_editors_in_the_same_second(office, monkeypatch):  # noqa: F811
    row = ProgrammeFactory()
    save, refuse = VersionedAdmin.save_model, VersionedAdmin._refusal

    def overtake():
        return Programme.objects.filter(pk=row.pk).update(version=7)

    # Twice, because one connection plays both editors: the refused one takes the first along when it rolls back.
    monkeypatch.setattr(VersionedAdmin, "save_model", lambda *args: overtake() and save(*args))
    monkeypatch.setattr(VersionedAdmin, "_refusal", lambda *args: overtake() and refuse(*args))
    [error] = errors(change(office, row, title="Te laat"))
    assert error.count("<li>") == 1
    assert "Iemand anders heeft dit intussen gewijzigd" in error


# --- Addresses that nobody should type -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "first_starts_at__year=9999", "first_starts_at__year=abc", "first_starts_at__year=0",
        "first_starts_at__year=2026&first_starts_at__month=13", "first_starts_at__day=x", "p=abc", "p=9" * 30,
        "o=abc", "programme__hub__id__exact=abc", "programme__hub__id__exact=" + "9" * 30, "is_example__exact=abc",
        "zomaar=1", "wanneer=nooit", "all=", "q=" + "x" * 3000, "pk__in=a,b",
    ],
)  # fmt: skip
def test_a_malformed_list(office, query):  # noqa: F811
    ActivityFactory()
    answer = office.get(address("Activity", "changelist") + "?" + query, follow=True)
    assert answer.status_code == 200


def test_the_list_says_what_was_left_out(office):  # noqa: F811
    ActivityFactory()
    answer = office.get(address("Activity", "changelist"), {"first_starts_at__year": "9999"}, follow=True)
    assert "klopte niet" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["programme=abc", "programme=" + "9" * 30, "programme=" + "9" * 5000, "signup_opens_at=abc", "capacity=abc", "x=1"],
)
def test_a_malformed_new_date(office, query):  # noqa: F811
    assert office.get(address("Activity", "add") + "?" + query, follow=True).status_code == 200


@pytest.mark.parametrize("chosen", ["abc", "9" * 30, "-1", "1.5"])
def test_a_malformed_choice(office, chosen):  # noqa: F811
    assert errors(change(office, ActivityFactory(), programme=chosen))
    assert errors(change(office, ProgrammeFactory(), leads_to=[chosen]))


def test_malformed_rows_of_an_action(office):  # noqa: F811
    fields = {"action": "delete_selected", "_selected_action": ["abc"]}
    answer = office.post(address("Activity", "changelist"), fields, follow=True)
    assert answer.status_code == 200
    assert "klopte niet" in answer.content.decode()


# --- The last account ------------------------------------------------------------------------------------------------


@pytest.fixture
def last(office):  # noqa: F811
    OfficeUserFactory(is_active=False)
    UserFactory()
    return User.objects.get(is_programme_office=True, is_active=True)


@pytest.mark.parametrize("field", ["is_active", "is_programme_office"])
def test_the_last_account_of_the_office_stays(office, last, field):  # noqa: F811
    fields = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    assert "laatste actieve account" in "".join(errors(change(office, last, **{field: "", **fields})))
    other = OfficeUserFactory()
    assert change(office, other, **{field: ""}).status_code == 302
    OfficeUserFactory()
    assert change(office, last, **{field: ""}).status_code == 302


def test_it_is_not_deleted_either(office, last):  # noqa: F811
    assert "laatste actieve account" in office.get(address("User", "delete", last.pk), follow=True).content.decode()
    office.post(address("User", "delete", last.pk), {"post": "yes"})
    everyone = list(User.objects.values_list("pk", flat=True))
    keys = ",".join(map(str, everyone))
    fields = {"action": "delete_selected", "_selected_action": everyone, "post": "yes", "keys": keys}
    assert "laatste actieve account" in office.post(address("User", "changelist"), fields).content.decode()
    assert User.objects.count() == len(everyone)


def test_others_are_deleted(office, last):  # noqa: F811
    other = OfficeUserFactory()
    assert office.post(address("User", "delete", other.pk), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=other.pk).exists()
