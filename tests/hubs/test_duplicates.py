"""A copy of a date and of a programme: what goes along, what does not, and who runs it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from content.domain import history
from content.models import Deed, PublicationState
from hubs.models import Activity, Programme
from partners.models import PartnerRole
from tests.factories.hubs import (
    ActivityFactory,
    EducationLevelFactory,
    HubPartnerFactory,
    ProgrammeFactory,
    ProgrammePartnerFactory,
)
from tests.factories.partners import MembershipFactory, OfficeUserFactory, SchoolFactory, SchoolHolidayFactory
from tests.mkbdeal.isolation import rival

pytestmark = pytest.mark.django_db
EVENING = datetime(2027, 10, 5, 17, tzinfo=UTC)


@pytest.fixture
def programme():
    level = EducationLevelFactory()
    return ProgrammeFactory(
        title="Lassen", slug="lassen", levels=[level], body="<p>Vonken</p>", photo="photos/programme/x.jpg",
        photo_alt="Een lasser", to_confirm=["body", "photo"], clothing="Dichte schoenen",
    )  # fmt: skip


@pytest.fixture
def member(programme):
    """An editor of a partner that runs the programme and has a role at its hub."""
    found = MembershipFactory()
    ProgrammePartnerFactory(programme=programme, partner=found.partner)
    HubPartnerFactory(hub=programme.hub, partner=found.partner, role=PartnerRole.SUPPORTS)
    return found


@pytest.fixture
def at_work(client, member):
    client.force_login(member.user)
    return client


def _refusing_dates(execute, sql, params, many, context):
    """Whatever the database may have against a new date."""
    if sql.startswith('INSERT INTO "hubs_activity"'):
        raise IntegrityError
    return execute(sql, params, many, context)


def _refusing_history(execute, sql, params, many, context):
    if sql.startswith('INSERT INTO "content_revision"'):
        raise IntegrityError
    return execute(sql, params, many, context)


def page(programme):
    return f"/beheer/hubs/programme/{programme.pk}/kopieren/"


def make(client, programme, **given):
    """Look, and post what was shown."""
    fields = {"title": "Lassen 2", "slug": "lassen-2", **given}
    shown = client.post(page(programme), {**fields, "_look": "1"})
    preview = shown.context["preview"]
    if preview is None:
        return shown
    ticked = [row.key for row in preview.rows if row.is_ticked]
    return client.post(page(programme), {"seen": preview.seen, "day": ticked, **fields, "_make": "1"})


class TestAProgramme:
    def test_is_a_draft_without_the_photo_that_the_partner_runs(self, at_work, programme, member):
        answer = make(at_work, programme)
        copy = Programme.objects.get(slug="lassen-2")
        assert answer["Location"] == f"/beheer/hubs/programme/{copy.pk}/change/"
        assert (copy.title, copy.state, copy.body, copy.clothing) == (
            "Lassen 2", PublicationState.DRAFT, "<p>Vonken</p>", "Dichte schoenen",
        )  # fmt: skip
        assert list(copy.levels.all()) == list(programme.levels.all())
        assert (copy.photo.name, copy.photo_alt, copy.to_confirm) == ("", "", ["body"])
        role = copy.partner_roles.get()
        assert (role.partner, role.role) == (member.partner, PartnerRole.RUNS)
        assert copy.uuid != programme.uuid
        assert [(step.deed, step.by) for step in history.of(copy)] == [(Deed.MADE, member.user)]

    def test_roles_of_others_are_only_the_offices_to_give(self, client, at_work, programme):
        other = ProgrammePartnerFactory(programme=programme, role=PartnerRole.FUNDS).partner
        make(at_work, programme)
        assert not Programme.objects.get(slug="lassen-2").partner_roles.filter(partner=other).exists()
        client.force_login(OfficeUserFactory())
        make(client, programme, slug="lassen-3")
        assert Programme.objects.get(slug="lassen-3").partner_roles.count() == 2

    def test_next_steps_that_the_author_may_not_see_stay_behind(self, at_work, programme):
        _partner, (hidden, _nobodys) = rival()
        public = ProgrammeFactory()
        programme.leads_to.set([hidden.programme, public])
        make(at_work, programme)
        assert list(Programme.objects.get(slug="lassen-2").leads_to.all()) == [public]

    def test_with_its_dates_a_year_later(self, at_work, programme, member):
        ActivityFactory(programme=programme, starts_at=EVENING, meetings=2, capacity=9)
        ActivityFactory(programme=programme, starts_at=EVENING, cancelled_at=EVENING, cancel_reason="Ziek")
        make(at_work, programme, weeks="52")
        copied = Activity.objects.get(programme__slug="lassen-2")
        assert copied.first_starts_at == EVENING + timedelta(weeks=52)
        assert (copied.meetings.count(), copied.capacity) == (2, 9)
        made = history.of(copied).get()
        assert (made.deed, made.by, len(made.values["meetings"])) == (Deed.MADE, member.user, 2)

    def test_with_its_dates_to_a_first_day(self, at_work, programme):
        for week in (0, 3):
            ActivityFactory(programme=programme, starts_at=EVENING + timedelta(weeks=week))
        make(at_work, programme, first_on="2028-01-04")
        starts = Activity.objects.filter(programme__slug="lassen-2").values_list("first_starts_at", flat=True)
        assert [start.date().isoformat() for start in starts] == ["2028-01-04", "2028-01-25"]

    def test_a_date_in_a_school_holiday_is_said_and_asks_for_a_tick(self, at_work, programme):
        region = SchoolFactory().holiday_region
        SchoolHolidayFactory(region=region, name="Kerstvakantie", from_on="2027-12-25", until_on="2028-01-09")
        for week in (0, 3):
            ActivityFactory(programme=programme, starts_at=EVENING + timedelta(weeks=week))
        given = {"first_on": "2028-01-04"}
        answer = make(at_work, programme, **given)
        first, second = answer.context["preview"].rows
        assert first.warnings == ("Dit valt in een schoolvakantie: Kerstvakantie, tot en met zo 9 januari.",)
        assert second.warnings == ()
        assert not Programme.objects.filter(slug="lassen-2").exists()
        make(at_work, programme, **given, sure="on")
        assert Activity.objects.filter(programme__slug="lassen-2").count() == 2

    def test_a_date_without_its_tick_stays_behind(self, at_work, programme):
        first, _second = (
            ActivityFactory(programme=programme, starts_at=EVENING + timedelta(weeks=week)) for week in (0, 3)
        )
        make(at_work, programme, weeks="52", day=[first.pk])
        assert Activity.objects.get(programme__slug="lassen-2").first_starts_at == EVENING + timedelta(weeks=52)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"slug": "lassen"}, "al van een ander programma"),
            ({"slug": "Met spaties"}, "kleine letters"),
            ({"title": ""}, "Vul dit in."),
            ({"weeks": "52", "first_on": "2028-01-04"}, "Vul één van de twee in"),
            ({"weeks": "9999"}, "260"),
        ],
    )
    def test_what_does_not_fit_is_said(self, at_work, programme, given, sentence):
        ActivityFactory(programme=programme, starts_at=EVENING)
        answer = make(at_work, programme, **given)
        assert sentence in answer.content.decode()
        assert Programme.objects.count() == 1

    def test_an_address_that_was_taken_in_the_same_second(self, at_work, programme, monkeypatch):
        monkeypatch.setattr("hubs.admin.copy_forms.CopyProgrammeForm.clean_slug", lambda form: "lassen")
        assert "al van een ander programma" in make(at_work, programme, slug="lassen").content.decode()

    def test_another_rule_that_was_broken_is_no_taken_address(self, at_work, programme):
        ActivityFactory(programme=programme, starts_at=EVENING)
        with connection.execute_wrapper(_refusing_dates):
            text = make(at_work, programme, weeks="52").content.decode()
        assert "Er is niets gekopieerd" in text
        assert "al van een ander programma" not in text
        assert Programme.objects.count() == 1

    def test_the_address_that_is_proposed_is_free(self, at_work, programme):
        ProgrammeFactory(slug="lassen-3")
        assert 'value="lassen-2"' in at_work.get(page(programme)).content.decode()

    def test_a_partner_without_a_role_at_the_hub_starts_nothing_there(self, client, programme):
        member = MembershipFactory()
        ProgrammePartnerFactory(programme=programme, partner=member.partner)
        client.force_login(member.user)
        assert "kan daar geen nieuw programma maken" in client.get(page(programme)).content.decode()
        client.post(page(programme), {"title": "x", "slug": "x", "_make": "1"})
        assert Programme.objects.count() == 1

    def test_a_foreign_programme_is_like_none(self, at_work):
        _partner, (foreign, _nobodys) = rival()
        for key in (foreign.programme_id, 987654321):
            for method in (at_work.get, at_work.post):
                assert method(f"/beheer/hubs/programme/{key}/kopieren/").status_code == 404


class TestADate:
    def test_goes_to_another_day(self, at_work, programme, member):
        source = ActivityFactory(programme=programme, starts_at=EVENING, meetings=2, is_example=True)
        answer = at_work.post(f"/beheer/hubs/activity/{source.pk}/kopieren/", {"first_on": "2027-11-02"})
        copy = Activity.objects.exclude(pk=source.pk).get()
        assert answer["Location"] == f"/beheer/hubs/activity/{copy.pk}/change/"
        assert copy.first_starts_at == datetime(2027, 11, 2, 18, tzinfo=UTC)
        assert copy.meetings.count() == 2
        assert not copy.is_example
        made = history.of(copy).get()
        assert (made.deed, made.by, len(made.values["meetings"])) == (Deed.MADE, member.user, 2)

    def test_without_its_history_is_not_there(self, at_work, programme):
        source = ActivityFactory(programme=programme, starts_at=EVENING)
        with connection.execute_wrapper(_refusing_history), pytest.raises(IntegrityError):
            at_work.post(f"/beheer/hubs/activity/{source.pk}/kopieren/", {"first_on": "2027-11-02"})
        assert Activity.objects.count() == 1

    def test_posted_twice_is_made_once(self, at_work, programme):
        """Where there is no room, nothing else warns of it."""
        source = ActivityFactory(programme=programme, starts_at=EVENING)
        answers = [
            at_work.post(f"/beheer/hubs/activity/{source.pk}/kopieren/", {"first_on": "2027-11-02"}) for _ in "ab"
        ]
        assert answers[0].status_code == 302
        assert "Dit programma heeft dan al een datum" in answers[1].content.decode()
        assert Activity.objects.count() == 2

    def test_a_day_in_the_past_asks_for_a_tick(self, at_work, programme):
        region = SchoolFactory().holiday_region
        SchoolHolidayFactory(region=region, from_on="2020-10-31", until_on="2020-11-08")
        source = ActivityFactory(programme=programme, starts_at=EVENING)
        path, fields = f"/beheer/hubs/activity/{source.pk}/kopieren/", {"first_on": "2020-11-02"}
        shown = at_work.post(path, fields)
        assert "Deze dag is al geweest." in shown.content.decode()
        assert "Dit valt in een schoolvakantie" in shown.content.decode()
        sure = {**fields, "seen": shown.context["preview"].seen, "sure": "on", "day": "2020-11-02"}
        assert at_work.post(path, sure).status_code == 302

    def test_the_hour_that_is_missing(self, at_work, programme):
        source = ActivityFactory(programme=programme, starts_at=datetime(2027, 3, 21, 1, 15, tzinfo=UTC))
        answer = at_work.post(f"/beheer/hubs/activity/{source.pk}/kopieren/", {"first_on": "2027-03-28"})
        assert "02.15 uur bestaat dan niet" in answer.content.decode()
        assert Activity.objects.count() == 1
