"""Programmes as files: new ones are drafts of the importer's partner, live ones are closed to editors."""

import pytest
from django.contrib import admin
from django.db import OperationalError, connection
from django.test import RequestFactory

from content import clock
from content.domain import history
from content.domain.exchange import files
from content.domain.exchange.applying import apply
from content.domain.exchange.planning import plan_of
from content.models import Deed, PublicationState
from hubs.models import Programme, ProgrammePartner
from partners.models import MemberRole, PartnerRole
from tests.content.publishing_stage import desk, programme_of
from tests.exchanging import address, confirm, csv, downloaded, faults, taken_in, upload, xlsx
from tests.factories import hubs, partners

pytestmark = pytest.mark.django_db
HEAD = ["Webadres", "Titel", "Hub", "Vorm", "Samenvatting"]


@pytest.fixture
def own():
    return partners.PartnerFactory()


@pytest.fixture
def hub(own):
    hub = hubs.HubFactory(slug="technohub-woerden")
    hubs.HubPartnerFactory(hub=hub, partner=own, role=PartnerRole.SUPPORTS)
    return hub


@pytest.fixture
def member(client, own):
    user = partners.UserFactory()
    membership = partners.MembershipFactory(user=user, partner=own, role=MemberRole.EDITOR)
    client.force_login(user)
    return membership


def _held_by_another(execute, sql, params, many, context):
    """Whoever waits for a row waits too long."""
    if "FOR NO KEY UPDATE" in sql:
        raise OperationalError("canceling statement due to lock timeout")
    return execute(sql, params, many, context)


def run(own, **fields):
    programme = hubs.ProgrammeFactory(**fields)
    hubs.ProgrammePartnerFactory(programme=programme, partner=own)
    return programme


def test_what_was_downloaded_changes_nothing(client, member, own, hub):
    level, theme = hubs.EducationLevelFactory(code="havo"), hubs.ThemeFactory()
    programme = run(
        own, hub=hub, title="@lassen", summary="Regel een.\r\nRegel twee.", body="<p>Tekst</p>", levels=[level],
        themes=[theme], audiences=["pupil", "career_changer"], phases=["initial"], track="bbl", title_en="=welding",
    )  # fmt: skip
    hidden = hubs.ProgrammeFactory(state=PublicationState.DRAFT)
    programme.leads_to.add(hidden)
    for suffix in ("xlsx", "csv"):
        content = downloaded(client, Programme, suffix)
        assert hidden.slug.encode() not in content
        page = upload(client, Programme, content, f"a.{suffix}")
        assert faults(page) == []
        assert page.context["plan"].unchanged == 1
        assert page.context["plan"].ignored == []


def test_a_new_programme_is_a_draft_that_the_own_partner_runs(client, member, own, hub):
    hubs.EducationLevelFactory(code="havo", name="havo")
    hubs.ProgrammeFactory(slug="leer-lassen")
    head = [*HEAD, "Tekst", "Voor wie", "Niveaus"]
    body = '<p onclick="x()">Kom <strong>kijken</strong></p><script>alert(1)</script>'
    row = [
        "",
        "Leer lassen",
        "technohub-woerden",
        "workshop",
        "Iets maken.",
        body,
        "leerlingen, zij-instromers",
        "HAVO",
    ]
    assert "Status" not in client.get(address(Programme, "template_csv")).content.decode()
    assert "wordt een concept" in upload(client, Programme, csv(head, row), "a.csv").content.decode()
    taken_in(client, Programme, csv(head, row), "a.csv")
    programme = Programme.objects.get(title="Leer lassen")
    assert (programme.slug, programme.state) == ("leer-lassen-2", PublicationState.DRAFT)
    assert programme.audiences == ["pupil", "career_changer"]
    assert [level.code for level in programme.levels.all()] == ["havo"]
    assert "<strong>kijken</strong>" in programme.body
    assert "script" not in programme.body.replace("alert", "")
    assert "onclick" not in programme.body
    role = ProgrammePartner.objects.get()
    assert (role.partner, role.role, role.programme) == (own, PartnerRole.RUNS, programme)
    assert history.of(programme).get().deed == Deed.MADE


def test_what_a_file_changes_stands_in_the_history(client, own, hub, member):
    first, second = (run(own, hub=hub, state=PublicationState.DRAFT) for _ in range(2))
    head = ["Webadres", "Titel"]
    rows = [[first.slug, "Nieuwe titel"], [second.slug, second.title]]
    taken_in(client, Programme, csv(head, *rows), "a.csv")
    made, changed = history.of(first).order_by("pk")
    assert (made.deed, changed.deed, changed.by) == (Deed.FOUND, Deed.CHANGED, member.user)
    assert changed.changes == {"title": [first.title, "Nieuwe titel"]}
    assert not history.of(second).exists()


def test_the_fields_of_the_office_are_not_taken_from_a_file(client, member, own, hub):
    programme = run(own, hub=hub, slug="leer-lassen", state=PublicationState.DRAFT)
    other = hubs.HubFactory(slug="andere-hub")
    hubs.HubPartnerFactory(hub=other, partner=own)
    content = xlsx(["Webadres", "Titel", "Hub", "Status"], ["leer-lassen", "Nieuw", "andere-hub", "gepubliceerd"])
    page = upload(client, Programme, content)
    assert [(row, column) for row, column, _sentence in faults(page)] == [(2, "Hub")]
    assert page.context["plan"].ignored == ["Status"]
    page = taken_in(client, Programme, xlsx(["Webadres", "Titel", "Status"], ["leer-lassen", "Nieuw", "gepubliceerd"]))
    assert "1 gewijzigd" in page.content.decode()
    programme.refresh_from_db()
    assert (programme.title, programme.state, programme.version) == ("Nieuw", PublicationState.DRAFT, 2)


def test_a_live_page_is_closed_to_an_editor_and_open_to_a_manager(client, member, own):
    run(own, slug="leer-lassen")
    content = xlsx(["Webadres", "Titel"], ["leer-lassen", "Nieuw"])
    [(row, column, sentence)] = faults(upload(client, Programme, content))
    assert (row, column) == (2, "")
    assert "daar wordt het een voorstel" in sentence
    member.role = MemberRole.MANAGER
    member.save()
    taken_in(client, Programme, content)


@pytest.mark.parametrize("state", set(PublicationState) - {PublicationState.PUBLISHED})
def test_an_editor_changes_by_a_file_what_a_form_changes_at_once(client, member, own, state):
    programme = run(own, slug="leer-lassen", state=state)
    taken_in(client, Programme, xlsx(["Webadres", "Titel"], ["leer-lassen", "Nieuw"]))
    programme.refresh_from_db()
    assert (programme.title, programme.state) == ("Nieuw", state)


def test_a_manager_elsewhere_is_an_editor_here(client, member, own):
    run(own, slug="leer-lassen")
    partners.MembershipFactory(user=member.user, role=MemberRole.MANAGER)
    assert faults(upload(client, Programme, xlsx(["Webadres", "Titel"], ["leer-lassen", "Nieuw"])))


def test_another_partners_programme_and_hub_answer_like_none(client, member, hub):
    foreign = hubs.ProgrammeFactory(slug="van-een-ander", state=PublicationState.DRAFT)
    answers = []
    for slug, where in ((foreign.slug, foreign.hub.slug), ("bestaat-niet", "nergens")):
        rows = [[slug, "Titel", "", "", ""], ["", "Titel", where, "workshop", "Iets."]]
        text = str(faults(upload(client, Programme, xlsx(HEAD, *rows))))
        answers.append(text.replace(slug, "#").replace(where, "##"))
    assert answers[0] == answers[1]


def test_a_confirmed_value_loses_its_mark_and_hidden_relations_stay(client, member, own):
    programme = run(own, slug="leer-lassen", state=PublicationState.DRAFT, to_confirm=["title", "summary"])
    hidden, next_one = hubs.ProgrammeFactory(state=PublicationState.DRAFT), hubs.ProgrammeFactory(slug="daarna")
    programme.leads_to.add(hidden)
    taken_in(client, Programme, xlsx(["Webadres", "Titel", "Hierna kun je naar"], ["leer-lassen", "Nieuw", "daarna"]))
    programme.refresh_from_db()
    assert programme.to_confirm == ["summary"]
    assert set(programme.leads_to.all()) == {hidden, next_one}


def test_what_a_form_refuses_a_file_refuses_too(client, member, hub):
    rows = [
        ["", "x" * 121, "technohub-woerden", "workshop", "Iets."],
        ["", "Titel", "technohub-woerden", "geen vorm", "y" * 301],
        ["", "", "", "", ""],
        ["", "", "technohub-woerden", "workshop", "Iets."],
        ["dubbel", "a", "", "", ""],
        ["dubbel", "b", "", "", ""],
    ]
    found = faults(upload(client, Programme, xlsx(HEAD, *rows)))
    assert [(row, column) for row, column, _sentence in found] == [
        (2, "Titel"), (3, "Vorm"), (3, "Samenvatting"), (5, "Titel"), (6, "Webadres"), (7, "Webadres"),
    ]  # fmt: skip
    assert "rij 6" in found[-1][2]


def test_columns_that_are_missing_or_wrong_are_named(client, member, hub):
    for head, words in (
        (["Titel"], "De kolom “Webadres” ontbreekt"),
        (["Webadres", "Titels"], "Bedoel je “Titel”?"),
        (["Webadres", "Titel", "Titel"], "twee keer"),
        (["Webadres", "Titel", ""], "zonder kop"),
    ):
        [(_row, _column, sentence)] = faults(upload(client, Programme, xlsx(head, ["x"] * len(head))))
        assert words in sentence
    found = faults(upload(client, Programme, xlsx(HEAD[:2], ["", "Nieuw"])))
    assert {column for _row, column, _sentence in found} == {"Hub", "Vorm", "Samenvatting"}


def test_what_the_database_was_too_busy_for_can_be_confirmed_again(client, member, own):
    programme = run(own, slug="leer-lassen", state=PublicationState.DRAFT)
    page = upload(client, Programme, xlsx(["Webadres", "Titel"], ["leer-lassen", "Nieuw"]))
    with connection.execute_wrapper(_held_by_another):
        refused = confirm(client, page)
    assert "het is even te druk" in refused.content.decode()
    assert refused.context["plan"].changed
    assert "Ingelezen" in confirm(client, refused).content.decode()
    programme.refresh_from_db()
    assert programme.title == "Nieuw"


def test_what_was_published_after_the_look_is_closed_to_an_editor(own):
    """The file was compared and the button pressed; the manager was a moment earlier."""
    programme = programme_of(own, PublicationState.DRAFT)
    editor, manager = desk(own), desk(own, MemberRole.MANAGER)
    request = RequestFactory().get("/")
    request.user = editor.user
    sheet = admin.site.get_model_admin(Programme).sheet(request)
    table = files.read(csv(["Webadres", "Titel"], [programme.slug, "Niet nagekeken"]), "a.csv")
    seen = plan_of(table, sheet).fingerprint
    manager.step(programme, "publish")
    given = {"author": editor.user, "now": clock.now(), "then": lambda plan: None}
    plan, is_done = apply(table=table, sheet=sheet, fingerprint=seen, **given)
    programme.refresh_from_db()
    assert not is_done
    assert "Dit is gepubliceerd" in plan.faulty[0].faults[0].sentence
    assert programme.title != "Niet nagekeken"


def test_a_row_with_a_proposal_is_closed_to_everybody(own):
    programme = programme_of(own)
    desk(own).save(programme, title="Voorstel")
    manager = desk(own, MemberRole.MANAGER).client
    [(row, _column, sentence)] = faults(
        upload(manager, Programme, xlsx(["Webadres", "Titel"], [programme.slug, "Uit een bestand"]))
    )
    assert (row, sentence[:27]) == (2, "Hier wacht een voorstel. Be")
    same = upload(manager, Programme, xlsx(["Webadres", "Titel"], [programme.slug, programme.title]))
    assert faults(same) == []
