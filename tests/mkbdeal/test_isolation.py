"""Partner A's editor over every address of the back office, with the rows of partner B and of nobody (bar A1)."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from content.admin.base import ClosedAdmin
from content.models import PublicationState
from hubs.models import Hub, HubPartner, Programme, ProgrammePartner
from partners.admin.scoped import PartnerScopedAdmin
from partners.models import MemberRole, PartnerRole
from signups.models import MailKind, OutboxMessage
from tests.factories import hubs, partners, signups
from tests.mkbdeal import isolation
from tests.mkbdeal.isolation import (
    ELSEWHERE,
    MARK,
    hostile_values,
    patterns,
    relations,
    rival,
    rows_of,
    snapshot,
    unpacked,
    world,
)

pytestmark = pytest.mark.django_db
AT_LEAST = 500
SOMETHING = {"name": "nonsense", "language": "nl", "kind": "confirmed", "content_type_id": "1", "app_label": "hubs"}


@pytest.fixture
def own():
    return partners.PartnerFactory(name="Eigen partner")


@pytest.fixture
def editor(own):
    user = partners.UserFactory()
    partners.MembershipFactory(user=user, partner=own, role=MemberRole.EDITOR)
    return user


@pytest.fixture
def at_work(client, editor):
    client.force_login(editor)
    return client


class Walk:
    """Asks, and notes whatever answer holds a mark. What was typed by ourselves is taken out before."""

    def __init__(self, client):
        self._client = client
        self.asked = 0
        self.leaks = []
        self.elsewhere = set()

    def get(self, path, data=None):
        return self._note(self._client.get(path, data), path)

    def post(self, path, data):
        return self._note(self._client.post(path, data), f"POST {path} {data.get('action', '')}")

    def _note(self, response, what):
        self.asked += 1
        assert response.status_code < 500, what
        body = unpacked(b"".join(response.streaming_content) if response.streaming else response.content)
        text = body.decode(errors="replace").casefold()
        if MARK.casefold() in text:
            self.leaks.append(what)
        if ELSEWHERE.casefold() in text:
            self.elsewhere.add(what)
        return response


def walked(client, editor, *, of=None):
    """Every address with every foreign row, by GET and POST; every list with every action; every picker.

    `of` is a model: then only what is about that.
    """
    walk = Walk(client)
    for route, model in patterns():
        if of not in (None, model):
            continue
        keys = rows_of(model, editor=editor) if model else ["1"]
        for key in keys if "<" in route else [""]:
            path = "/beheer/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, k=key: SOMETHING.get(m[1], k), route)
            if not route.startswith("^") and "(?P" not in route:
                walk.get(path)
                walk.post(path, hostile_values(model) if model else {})
                walk.get(path, {"_popup": "1", "_to_field": "id", "_changelist_filters": "x"})
    for model, page in admin.site._registry.items():
        if of not in (None, model):
            continue
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        foreign = rows_of(model, editor=editor)[:-2]
        for action in ["delete_selected", *(name if isinstance(name, str) else name.__name__ for name in page.actions)]:
            keys = ",".join(map(str, foreign))
            fields = {"action": action, "_selected_action": foreign, "post": "yes", "keys": keys, "index": "0"}
            walk.post(path, fields)
        for query in ({"q": "e"}, {"o": "1.2", "all": ""}, {"_facets": "True"}, {"partner__id__exact": "1"}):
            walk.get(path, query)
    for relation in relations():
        if of and relation["model_name"] != of._meta.model_name:
            continue
        walk.get("/beheer/autocomplete/", {**relation, "term": ""})
    return walk


class TestTheWholeBackOffice:
    @pytest.mark.timeout(600)  # over a thousand pages
    def test_nothing_of_another_is_read_or_changed(self, at_work, own, editor):
        """Of a rival nothing at all; who funds, supports or teaches may start a programme, and reads the hub's name."""
        world(own, mark="EIGEN")
        rival()
        world(own, roles=set(PartnerRole) - {PartnerRole.RUNS}, mark=ELSEWHERE)
        to_office = OutboxMessage.objects.get(kind=MailKind.INVITATION)
        assert str(to_office.pk) in rows_of(OutboxMessage, editor=editor)
        before = snapshot()
        walk = walked(at_work, editor)
        assert walk.leaks == []
        # The hubs to choose from are named in the second sheet of a file, as in the form.
        files = {f"/beheer/hubs/programme/{name}/xlsx/" for name in ("sjabloon", "downloaden")}
        forms = {"/beheer/hubs/programme/add/", "/beheer/autocomplete/"}
        assert {leak for leak in walk.elsewhere if "partner" not in leak} <= forms | files | {
            f"POST {path} " for path in forms | files
        }
        assert snapshot() == before
        assert walk.asked >= AT_LEAST, walk.asked

    def test_the_own_world_is_found(self, at_work, own, editor):
        """The walk can see: with the mark on the editor's own rows it finds them, in lists and in files."""
        activity = world(own)
        for model in (type(activity), Programme, OutboxMessage):
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            files = set() if model is OutboxMessage else {f"{path}downloaden/{suffix}/" for suffix in ("xlsx", "csv")}
            assert {path} | files <= set(walked(at_work, editor, of=model).leaks)
        assert at_work.get(reverse("admin:participants_csv", args=[activity.pk])).status_code == 200

    def test_an_unscoped_class_is_noticed(self, at_work, own, editor, monkeypatch):
        """The negative control: one class that forgets to scope its rows."""
        rival()
        page = admin.site._registry[Programme]
        monkeypatch.setattr(page, "scope", lambda queryset, _request: queryset)
        assert walked(at_work, editor, of=Programme).leaks

    def test_an_unscoped_picker_is_noticed(self, at_work, own, editor, monkeypatch):
        rival()
        page = admin.site._registry[Programme]
        monkeypatch.setattr(
            page, "choices", lambda name, _request: page.model._meta.get_field(name).related_model.objects
        )
        assert walked(at_work, editor, of=Programme).leaks

    @pytest.mark.parametrize("role", sorted(set(PartnerRole) - {PartnerRole.RUNS}))
    def test_other_roles_give_nothing(self, own, editor, role):
        activity = world(own, roles=[role])
        for model in (Hub, Programme, type(activity), OutboxMessage):
            assert not model.objects.managed_by(editor).exists()


@pytest.mark.parametrize("page", admin.site._registry.values(), ids=lambda page: type(page).__name__)
def test_every_class_is_closed_or_scoped(page):
    assert isinstance(page, ClosedAdmin)


def test_a_foreign_row_answers_like_none(at_work, own):
    """Neither the status nor the words tell that it exists. Its numbers stand nowhere else in a page."""
    programme = hubs.ProgrammeFactory(pk=876543210)
    activity = hubs.ActivityFactory(pk=876543211, programme=programme)
    for model, pk in (("activity", activity.pk), ("programme", programme.pk)):
        for page in ("change", "delete", "history"):
            answers = []
            for key in (pk, 987654321):
                response = at_work.get(reverse(f"admin:hubs_{model}_{page}", args=[key]), follow=True)
                answers.append((response.redirect_chain, re.sub(rf"\b{key}\b", "#", response.content.decode())))
            assert answers[0][0] == answers[1][0]
            assert _without_random(answers[0][1]) == _without_random(answers[1][1])


def _without_random(text):
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"|"[^"]{64}"', "", text)


class TestWhatAnEditorDoes:
    """Own rows open, with the office's fields shown and not taken from a post."""

    def test_a_programme_at_a_hub_where_the_partner_has_a_role(self, at_work, own, editor):
        hub = hubs.HubFactory()
        HubPartner.objects.create(hub=hub, partner=own, role=PartnerRole.SUPPORTS)
        other = hubs.HubFactory()
        for chosen, made in ((other, 0), (hub, 1)):
            answer = at_work.post(reverse("admin:hubs_programme_add"), new_programme(chosen))
            assert Programme.objects.count() == made, answer.content.decode()
        programme = Programme.objects.get()
        assert ProgrammePartner.objects.get().role == PartnerRole.RUNS
        assert programme.state == PublicationState.DRAFT
        assert Programme.objects.managed_by(editor).get() == programme

    def test_the_office_fields_of_an_own_hub(self, at_work, own):
        hub = world(own, mark="EIGEN").programme.hub
        path = reverse("admin:hubs_hub_change", args=[hub.pk])
        page = at_work.get(path).content.decode()
        for name in ("letter", "colour", "slug", "state"):
            assert f'name="{name}"' not in page
        assert 'name="way_there"' in page

    def test_roles_are_shown_and_not_given(self, at_work, own):
        programme = world(own, mark="EIGEN").programme
        page = at_work.get(reverse("admin:hubs_programme_change", args=[programme.pk])).content.decode()
        assert "Eigen partner" in page
        assert 'name="partner_roles-0-role"' not in page

    def test_a_date_stays_with_its_programme(self, at_work, own):
        """Of another hub's programme the staff there would read who signed up here."""
        activity, other = world(own, mark="EIGEN"), world(own, mark="ANDER")
        page = at_work.get(reverse("admin:hubs_activity_change", args=[activity.pk])).content.decode()
        assert 'name="capacity"' in page
        assert 'name="programme"' not in page
        at_work.post(reverse("admin:hubs_activity_change", args=[activity.pk]), {"programme": other.programme_id})
        activity.refresh_from_db()
        assert activity.programme_id != other.programme_id

    def test_what_it_cannot_see_stays_linked(self, at_work, own):
        programme = world(own, mark="EIGEN").programme
        _partner, (hidden, _nobodys) = rival()
        programme.leads_to.add(hidden.programme)
        answer = at_work.post(
            reverse("admin:hubs_programme_change", args=[programme.pk]),
            new_programme(programme.hub) | {"opened_version": programme.version, "title": "Nieuwe naam"},
        )
        assert answer.status_code == 302, answer.content.decode()
        programme.refresh_from_db()
        assert programme.title == "Nieuwe naam"
        assert list(programme.leads_to.all()) == [hidden.programme]

    def test_mails_and_wishes_do_not_keep_an_object(self, client):
        client.force_login(partners.OfficeUserFactory())
        partner = partners.PartnerFactory()
        invitation = partners.InvitationFactory(partner=partner)
        OutboxMessage.objects.create(kind=MailKind.INVITATION, invitation=invitation, dedupe_key="x")
        programme = hubs.ProgrammeFactory()
        signups.DateInterestFactory(programme=programme, hub=None)
        for model, subject in (("partners_partner", partner), ("hubs_programme", programme)):
            answer = client.post(reverse(f"admin:{model}_delete", args=[subject.pk]), {"post": "yes"})
            assert answer.status_code == 302, answer.content.decode()
            assert not type(subject).objects.filter(pk=subject.pk).exists()

    def test_a_role_that_is_taken_closes_at_the_next_request(self, at_work, own):
        hub = world(own, mark="EIGEN").programme.hub
        path = reverse("admin:hubs_hub_change", args=[hub.pk])
        assert at_work.get(path).status_code == 200
        HubPartner.objects.all().delete()
        assert at_work.get(path).status_code == 302

    def test_mails_in_files_are_the_offices(self, at_work, client, settings, tmp_path):
        """They are everybody's, names and links included."""
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        assert at_work.get(reverse("admin:written_mails")).status_code == 404
        client.force_login(partners.OfficeUserFactory())
        assert client.get(reverse("admin:written_mails")).status_code == 200

    def test_who_works_for_nobody_gets_nowhere(self, client):
        client.force_login(partners.UserFactory())
        assert client.get("/beheer/", follow=True).status_code == 403


def test_whoever_manages_sees_that_partner_only(at_work, editor):
    assert isinstance(admin.site._registry[Programme], PartnerScopedAdmin)
    assert isolation.rows_of(Programme, editor=editor) == ["987654321", "x'--"]


def new_programme(hub):
    return {
        "title": "Nieuw",
        "slug": f"nieuw-{hub.pk}",
        "hub": hub.pk,
        "kind": "workshop",
        "summary": "Iets maken.",
        "audiences": ["pupil"],
        "state": "published",
        "partner_roles-TOTAL_FORMS": "0",
        "partner_roles-INITIAL_FORMS": "0",
    }
