"""The inventory: no personal field is missing, its terms are the real ones, and the privacy page shows all of it."""

import json
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override

from content.domain import due
from content.models import PendingChange, Revision
from partners.domain import work_log
from partners.models import Attempt, Invitation, Membership, PartnerPerson, StaffSession, User
from signups import consent, inventory, limits, visitor
from signups.domain import retention
from signups.inventory import GROUPS, NAMES_NOBODY, PUBLIC_ROLES, SIGN_UPS, STAFF
from signups.mails import written
from signups.models import EMPTY, SignUp
from signups.own_data import INTERNAL, own_data
from tests.factories.content import PageFactory
from tests.factories.partners import SchoolFactory
from tests.factories.signups import AttendanceFactory, OutboxMessageFactory, SignUpFactory

OF_STAFF = [User, Membership, Invitation, PartnerPerson, StaffSession, Attempt, LogEntry]
OF_THE_LOGIN = [model for label in ("account", "mfa") for model in apps.get_app_config(label).get_models()]
OF_TEXTS = [Revision, PendingChange]
MODELS = [*apps.get_app_config("signups").get_models(), *OF_STAFF, *OF_THE_LOGIN, *OF_TEXTS]


def fields(model):
    many = {field.name for field in model._meta.many_to_many}
    return many | {field.name for field in model._meta.concrete_fields}


def listed(label):
    return [name for group in GROUPS for row in group.rows if row.model == label for name in row.fields]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_stands_in_one_place(model):
    label = model._meta.label
    personal, nobody = listed(label), set(NAMES_NOBODY.get(label, {}))
    assert fields(model) - set(personal) - nobody == set(), "say what it is and why, or why it names nobody"
    assert (set(personal) | nobody) - fields(model) == set(), "no such field"
    assert set(personal) & nobody == set()
    assert len(personal) == len(set(personal))


def test_a_new_field_would_be_missed(monkeypatch):
    monkeypatch.setattr("tests.signups.test_inventory.fields", lambda model: {*listed(model._meta.label), "bsn"})
    with pytest.raises(AssertionError, match="say what it is"):
        test_every_field_stands_in_one_place(SignUp)


def test_all_that_is_personal_is_emptied():
    assert set(listed("signups.SignUp")) == set(EMPTY)


def test_each_has_words_for_what_why_and_until_when():
    for group in GROUPS:
        assert str(group.title)
        assert str(group.until)
        assert all(str(row.what) and str(row.why) for row in group.rows)


def test_the_terms_are_the_real_ones(settings):
    assert "30 dagen na de laatste bijeenkomst" in str(SIGN_UPS.until)
    assert "7 dagen" in str(SIGN_UPS.until)
    assert retention.AFTER_THE_DATE == consent.KEPT_AFTER_LAST_MEETING == timedelta(days=30)
    assert retention.AFTER_AN_UNFINISHED_REQUEST.days == 7
    assert f"{work_log.KEPT.days} dagen" in str(STAFF.until)
    assert all(f"{due.HISTORY_KEPT.days} dagen" in str(group.until) for group in (STAFF, PUBLIC_ROLES))
    assert f"{written.KEPT.days} dagen" in str(STAFF.until)
    assert limits.PERIOD_SECONDS == 60
    assert (settings.CSRF_COOKIE_AGE, settings.SESSION_COOKIE_AGE // 604800) == (None, 2)
    assert [age / timedelta(hours=1) for age in (visitor.POSTED_AGE, visitor.OWN_AGE)] == [1, 20]


@pytest.mark.django_db
class TestPrivacyPage:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_shows_all_of_it_below_the_text(self, client, language):
        PageFactory(slug="privacy", body="<p>De tekst van het bureau.</p>")
        prefix = "" if language == "nl" else "/en"
        html = unescape(client.get(f"{prefix}/privacy/").content.decode())
        assert "De tekst van het bureau." in html
        with override(language):
            for group in inventory.GROUPS:
                assert str(group.title) in html
                assert str(group.until) in html
                assert all(str(row.what) in html and str(row.why) in html for row in group.rows)

    def test_queries(self, client, django_assert_num_queries):
        PageFactory(slug="privacy")
        with django_assert_num_queries(1):
            client.get("/privacy/")


@pytest.mark.django_db
class TestOwnData:
    def test_holds_every_field_with_why(self):
        entry = SignUpFactory(under_16=True, school=SchoolFactory(name="Het College"), remarks="Rolstoel")
        OutboxMessageFactory(sign_up=entry)
        AttendanceFactory(sign_up=entry, number=1)
        data = own_data(entry)
        names = {name for row in data["personal"] for name in row if name not in {"what", "why"}} | set(data["sign_up"])
        assert names == fields(SignUp) - INTERNAL | {"attendances"}
        assert "Het College, Woerden" in str(data)
        assert entry.school.branch_code not in str(data)
        (note,) = next(row["attendances"] for row in data["personal"] if "attendances" in row)
        assert (note["meeting"], note["number"]) == (entry.activity.first_starts_at, 1)
        assert set(note) == set(listed("signups.Attendance")) - {"sign_up"}
        written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
        for known in (entry.name, entry.contact_name, entry.email, "Het College", "Rolstoel", "jonger dan 16"):
            assert known in written
        assert len(data["mails"]) == 1

    def test_of_nobody_else(self):
        entry, other = SignUpFactory.create_batch(2)
        AttendanceFactory(sign_up=other, number=1)
        data = json.dumps(own_data(entry), cls=DjangoJSONEncoder)
        assert other.email not in data
        assert '"attendances": []' in data
