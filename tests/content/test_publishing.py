"""Draft, review, site: who may take which step, on every path; what is on the site changes by proposals."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from content import clock
from content.domain import due, history, proposals, publishing
from content.domain.errors import RefusedError
from content.domain.renditions import remove_unused
from content.models import Deed, PendingChange, PublicationState
from content.tasks import sweep_publications
from hubs.models import Programme
from partners.models import MemberRole, Membership
from tests.content.publishing_stage import desk, photo, programme_of
from tests.factories import content, hubs, partners
from tests.mkbdeal.test_admin_site import shown_values

pytestmark = pytest.mark.django_db
STATES = PublicationState


def state(row):
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)


class TestFromDraftToSite:
    def test_editor_submits_and_manager_publishes(self, own, editor, manager):
        draft = programme_of(own, STATES.DRAFT)
        said = editor.save(draft, "_submit", title="Leren lassen").content.decode()
        assert "Een beheerder kijkt het na" in said
        assert [waiting.subject for waiting in due.to_decide(manager.user)] == [draft]
        assert due.to_decide(editor.user) == []
        assert "Leren lassen" in manager.client.get("/beheer/content/pendingchange/").content.decode()
        assert "Bezoekers zien dit nu." in manager.step(draft, "publish").content.decode()
        assert Client().get(draft.get_absolute_url()).status_code == 200
        assert due.to_decide(manager.user) == []

    def test_each_step_says_what_it_did(self, own, editor, manager):
        """Not only what visitors see: that may be the same as before."""
        live = programme_of(own)
        editor.save(live, title="Een voorstel")
        for step, given, said in (
            ("give_link", {}, "De link staat onderaan."),
            ("take_link", {}, "De link werkt niet meer."),
            ("send_back", {"note": "Korter."}, "Teruggestuurd. Wie het schreef, leest wat er anders moet."),
            ("approve", {"publish_at": "2098-01-01T10:00"}, "komt op de site op woensdag 1 januari 2098, 10.00 uur."),
            ("withdraw", {}, "Het voorstel is weggegooid."),
        ):
            answer = manager.step(live, step, **given)
            assert [said in str(message) for message in answer.context["messages"]] == [True], step

    @pytest.mark.parametrize("typed", ["0001-01-01T00:00", "1999-06-01T10:00", "9999-12-31T23:59"])
    def test_moments_outside_the_calendar_are_refused(self, own, manager, typed):
        draft = programme_of(own, STATES.DRAFT)
        assert "tussen 2000 en 2100" in manager.step(draft, "publish", publish_at=typed).content.decode()
        assert state(draft) == STATES.DRAFT

    def test_a_draft_comes_back_with_a_sentence(self, own, editor, manager):
        draft = programme_of(own, STATES.IN_REVIEW)
        assert "Schrijf in een zin" in manager.step(draft, "send_back").content.decode()
        manager.step(draft, "send_back", note="Noem de prijs.")
        assert state(draft) == STATES.DRAFT
        places = [editor.address(draft), "/beheer/", "/beheer/content/pendingchange/"]
        assert all("Noem de prijs." in editor.client.get(place).content.decode() for place in places)
        assert due.to_mend(desk(partners.PartnerFactory()).user) == []
        editor.step(draft, "submit")
        assert not any("Noem de prijs." in editor.client.get(place).content.decode() for place in places)

    def test_taken_off_the_site_with_its_proposal(self, own, editor, manager):
        live = programme_of(own)
        editor.save(live, title="Nieuwe titel")
        manager.step(live, "take_off")
        assert Client().get(live.get_absolute_url()).status_code == 404
        live.refresh_from_db()
        assert (live.state, live.title, proposals.of(live)) == (STATES.DRAFT, "Nieuwe titel", None)
        page = manager.text(live, "publication")
        assert "anders dan het op de site stond" in page
        assert "Nieuwe" in page
        assert "Niets." not in page

    @pytest.mark.parametrize("step", ["take_off", "expire"])
    def test_what_was_sent_back_is_no_part_of_the_draft(self, own, editor, manager, step):
        """Its text and the sentence are in the history."""
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Afgekeurd")
        manager.step(live, "send_back", note="Dit klopt niet.")
        if step == "take_off":
            manager.step(live, step)
        else:
            Programme.objects.update(expire_at=clock.now())
            sweep_publications()
        live.refresh_from_db()
        assert (live.state == STATES.PUBLISHED, live.title, proposals.of(live)) == (False, "Op de site", None)
        dropped = history.of(live).first()
        assert (dropped.deed, dropped.note) == (Deed.WITHDRAWN, "Dit klopt niet.")
        assert dropped.changes == {"title": ["Afgekeurd", "Op de site"]}

    def test_publishing_later_and_until(self, own, manager):
        draft = programme_of(own, STATES.DRAFT)
        manager.step(draft, "publish", publish_at="2098-01-01T10:00", expire_at="2098-02-01T10:00")
        said = "Bezoekers zien dit vanaf woensdag 1 januari 2098, 10.00 uur. Tot zaterdag 1 februari 2098, 10.00 uur."
        assert said in manager.text(draft, "change")
        assert Client().get(draft.get_absolute_url()).status_code == 404
        answer = manager.step(draft, "retime", publish_at="2098-03-01T10:00", expire_at="2098-02-01T10:00")
        assert "later zijn dan" in answer.content.decode()
        assert 'value="2098-03-01T10:00"' in answer.content.decode()
        manager.step(draft, "retime")
        assert Client().get(draft.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("step", ["publish", "retime"])
    def test_a_moment_that_is_over(self, own, manager, step):
        row = programme_of(own, STATES.DRAFT if step == "publish" else STATES.PUBLISHED)
        assert "al voorbij" in manager.step(row, step, expire_at="2020-01-01T10:00").content.decode()

    def test_steps_fit_the_state_only(self, own):
        now, by = clock.now(), partners.OfficeUserFactory()
        for at in STATES:
            for deed, step in [
                (Deed.SUBMITTED, publishing.submit),
                (Deed.PUBLISHED, publishing.publish),
                (Deed.TAKEN_OFF, publishing.take_off),
                (Deed.RETIMED, publishing.retime),
            ]:
                row = programme_of(own, at)
                if publishing.fits(deed, at):
                    step(subject=row, version=1, by=by, now=now)
                else:
                    with pytest.raises(RefusedError):
                        step(subject=row, version=1, by=by, now=now)
                expected = publishing.TRANSITIONS[deed][1] if publishing.fits(deed, at) else at
                assert state(row) == expected

    def test_what_was_changed_meanwhile_is_not_published(self, own, editor, manager):
        draft = programme_of(own, STATES.IN_REVIEW)
        seen = draft.version
        editor.save(draft, title="Nog even dit")
        answer = manager.step(draft, "publish", version=seen)
        assert "intussen gewijzigd" in answer.content.decode()
        assert state(draft) == STATES.IN_REVIEW


class TestEditorsDoNotPublish:
    """By no button, no step, no field and no action."""

    @pytest.mark.parametrize("step", ["publish", "retime", "take_off", "send_back", "approve"])
    @pytest.mark.parametrize("at", list(STATES))
    def test_by_a_step(self, own, editor, step, at):
        row = programme_of(own, at)
        PendingChange.objects.create(subject=row, fields={"title": "Voorstel"})
        assert f'value="{step}"' not in editor.text(row, "publication")
        editor.step(row, step, note="zomaar")
        row.refresh_from_db()
        assert (row.state, row.version, row.title == "Voorstel") == (at, 1, False)

    @pytest.mark.parametrize("button", ["_save", "_publish", "_continue", "_propose", "_addanother"])
    def test_by_a_button(self, own, editor, button):
        live, draft = programme_of(own), programme_of(own, STATES.DRAFT)
        for row in (live, draft):
            editor.save(row, button, title="Anders", state="published", publish_at="", expire_at="")
        assert (state(live), state(draft)) == (STATES.PUBLISHED, STATES.DRAFT)
        live.refresh_from_db()
        assert live.title != "Anders"
        assert proposals.of(live).fields == {"title": "Anders"}

    def test_by_deleting(self, own, editor, manager):
        live = programme_of(own)
        assert editor.client.post(editor.address(live, "delete"), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [live.pk], "post": "yes", "keys": live.pk}
        editor.client.post("/beheer/hubs/programme/", chosen)
        assert Programme.objects.filter(pk=live.pk).exists()
        assert manager.client.post(manager.address(live, "delete"), {"post": "yes"}).status_code == 302
        assert not Programme.objects.filter(pk=live.pk).exists()

    def test_by_deleting_in_the_list_says_why_not(self, own, editor):
        """In Dutch that fits every noun, with which ones, and a way back."""
        live, draft = programme_of(own, title="Lassen"), programme_of(own, STATES.DRAFT, title="Frezen")
        chosen = {"action": "delete_selected", "_selected_action": [live.pk, draft.pk]}
        html = editor.client.post("/beheer/hubs/programme/", chosen).content.decode()
        assert "deze programma" not in html
        assert "daar haalt alleen een beheerder iets af" in html
        assert "<li>Lassen</li>" in html
        assert "Frezen" not in html
        assert 'href="/beheer/hubs/programme/">Terug' in html

    def test_what_is_in_use_can_be_taken_off_instead(self, own):
        """The link stands where there is something to take off."""
        live, draft, office = programme_of(own), programme_of(own, STATES.DRAFT), desk()
        for row in (live, draft):
            hubs.ActivityFactory(programme=row)
            assert "Haal dat eerst weg." in office.text(row, "delete")
        assert office.address(live, "publication") in office.text(live, "delete")
        assert office.address(draft, "publication") not in office.text(draft, "delete")

    def test_by_the_action_that_confirms(self, own, editor, manager):
        live, draft = (programme_of(own, at, to_confirm=["title"]) for at in (STATES.PUBLISHED, STATES.DRAFT))
        chosen = {"action": "confirm", "_selected_action": [live.pk, draft.pk]}
        answer = editor.client.post("/beheer/hubs/programme/", chosen, follow=True).content.decode()
        assert "1 rij staat op de site" in answer
        assert [Programme.objects.get(pk=row.pk).to_confirm for row in (live, draft)] == [["title"], []]
        manager.client.post("/beheer/hubs/programme/", chosen)
        assert Programme.objects.get(pk=live.pk).to_confirm == []

    def test_by_the_rows_below_the_partner(self, own, editor, manager):
        rows = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-name": "Iemand"}
        rows |= {"people-0-role": "wethouder", "people-0-known_in_year": "2020"}
        editor.save(own, **rows)
        assert not own.people.exists()
        manager.save(own, **rows)
        assert own.people.get().name == "Iemand"

    def test_by_the_own_page_of_people(self, own, editor, manager):
        """It works for managers, from the list as from the partner; for editors there is none."""
        home, other = "/beheer/partners/partnerperson/", partners.PartnerPersonFactory()
        given = {"partner": own.pk, "name": "Jan Pietersen", "role": "wethouder", "known_in_year": "2020"}
        assert editor.client.post(f"{home}add/", given).status_code == 403
        assert editor.client.get(home).status_code == 403
        assert "Jan Pietersen" in manager.client.post(f"{home}add/", given, follow=True).content.decode()
        page = f"{home}{own.people.get().pk}/change/"
        assert manager.client.get(page).status_code == 200
        assert manager.client.get(f"{home}{other.pk}/change/").status_code == 302
        assert page in manager.text(own, "change")
        assert page not in editor.text(own, "change")

    def test_who_manages_another_partner_decides_nothing(self, own):
        row, stranger = programme_of(own, STATES.IN_REVIEW), desk(partners.PartnerFactory(), MemberRole.MANAGER)
        for page in ("publication", "preview"):
            assert stranger.client.get(stranger.address(row, page)).status_code == 404
        assert stranger.step(row, "publish").status_code == 404
        assert state(row) == STATES.IN_REVIEW

    def test_a_manager_of_who_funds_decides_nothing(self, own):
        """`runs` is asked, not just membership."""
        row = programme_of(own, STATES.IN_REVIEW)
        row.partner_roles.update(role="funds")
        assert not Programme.objects.decided_by(desk(own, MemberRole.MANAGER).user).exists()

    def test_a_role_taken_while_its_owner_is_editing(self, own, manager):
        live = programme_of(own)
        typed = {**manager.opened(live), "title": "Net te laat", "_save": "1"}
        Membership.objects.filter(user=manager.user).update(role=MemberRole.EDITOR)
        answer = manager.client.post(manager.address(live), typed, follow=True)
        assert "Je voorstel is bewaard" in answer.content.decode()
        live.refresh_from_db()
        assert live.title != "Net te laat"
        Membership.objects.filter(user=manager.user).delete()
        manager.client.post(manager.address(live), {**typed, "title": "Veel te laat"})
        assert proposals.of(live).fields == {"title": "Net te laat"}


class TestProposals:
    def test_the_site_waits_and_the_form_goes_on(self, own, editor, manager):
        theme, other = hubs.ThemeFactory(), hubs.ThemeFactory()
        live = programme_of(own, themes=[theme])
        was = live.changed_at
        editor.save(live, title="Voorgesteld", themes=[other.pk])
        live.refresh_from_db()
        assert (live.title == "Voorgesteld", list(live.themes.all()), live.changed_at) == (False, [theme], was)
        shown = editor.opened(live)
        assert (shown["title"], shown["themes"]) == ("Voorgesteld", [str(other.pk)])
        editor.save(live, summary="En nog iets.")
        assert set(proposals.of(live).fields) == {"title", "themes", "summary"}
        page = manager.text(live, "publication")
        for said in ("Titel", "Voorgesteld", "Thema", str(theme), str(other), "En", "iets."):
            assert said in page
        manager.step(live, "approve")
        live.refresh_from_db()
        assert (live.title, live.summary, list(live.themes.all())) == ("Voorgesteld", "En nog iets.", [other])
        assert live.changed_at > was
        assert proposals.of(live) is None

    def test_what_equals_the_site_is_no_proposal(self, own, editor):
        live = programme_of(own, title="Zoals het is")
        editor.save(live)
        assert proposals.of(live) is None
        editor.save(live, title="Anders")
        assert "Er is niets veranderd" in editor.save(live, title="Zoals het is").content.decode()
        assert proposals.of(live) is None

    def test_a_decider_saves_at_once_or_proposes(self, own, editor, manager):
        live = programme_of(own)
        manager.save(live, "_propose", title="Straks")
        assert proposals.of(live).fields == {"title": "Straks"}
        manager.save(live, summary="Nu.")
        live.refresh_from_db()
        assert (live.title, live.summary, proposals.of(live)) == ("Straks", "Nu.", None)
        assert not history.of(live).filter(deed=Deed.WITHDRAWN).exists()

    def test_who_goes_on_editing_puts_nothing_on_the_site(self, own, editor, manager):
        """Not even what was planned."""
        live = programme_of(own, title="Op de site")
        editor.save(live, title="Straks")
        manager.step(live, "approve", publish_at="2098-01-01T10:00")
        assert "Opslaan als voorstel en verder bewerken" in manager.text(live, "change")
        manager.save(live, "_continue", summary="Een zin verbeterd.")
        live.refresh_from_db()
        assert (live.title, live.summary == "Een zin verbeterd.") == ("Op de site", False)
        assert proposals.of(live).fields == {"title": "Straks", "summary": "Een zin verbeterd."}

    def test_an_older_version_in_the_place_of_a_proposal(self, own, editor, manager):
        """The history says that it went."""
        live = programme_of(own, title="Op de site")
        manager.save(live, title="Tweede")
        editor.save(live, title="Voorstel")
        page = f"{manager.address(live)}?versie={history.of(live).get(deed=Deed.FOUND).pk}"
        opened = manager.client.get(page)
        assert "Hieronder staat een oudere versie" in opened.content.decode()
        assert "Hieronder staat het voorstel" not in opened.content.decode()
        manager.client.post(page, {**shown_values(opened), "_save": "1"})
        live.refresh_from_db()
        assert (live.title, proposals.of(live)) == ("Op de site", None)
        gone = history.of(live).get(deed=Deed.WITHDRAWN)
        assert (gone.by, gone.changes) == (manager.user, {"title": ["Voorstel", "Op de site"]})

    def test_sent_back_and_withdrawn(self, own, editor, manager):
        live = programme_of(own)
        editor.save(live, title="Voorstel")
        manager.step(live, "send_back", note="Te kort.")
        assert (state(live), due.to_decide(manager.user)) == (STATES.PUBLISHED, [])
        assert [waiting.change.sent_back for waiting in due.to_mend(editor.user)] == ["Te kort."]
        assert "Te kort." in editor.text(live, "change")
        editor.save(live, title="Langer voorstel")
        assert len(due.to_decide(manager.user)) == 1
        editor.step(live, "withdraw")
        live.refresh_from_db()
        assert (proposals.of(live), "voorstel" in live.title) == (None, False)

    def test_what_does_not_fit_any_more_is_said(self, own, editor, manager):
        news, office = content.NewsArticleFactory(slug="eerste"), desk()
        PendingChange.objects.create(subject=news, fields={"slug": "tweede"})
        content.NewsArticleFactory(slug="tweede")
        assert "past niet meer" in office.step(news, "approve").content.decode()
        assert proposals.of(news) is not None
        assert "kan nog niet" in office.client.get(office.address(news, "preview"), follow=True).content.decode()

    def test_of_a_column_that_a_release_removed(self, own, manager):
        live = programme_of(own)
        PendingChange.objects.create(subject=live, fields={"gone": "Voorbij", "title": "Voorstel"})
        assert manager.save(live, title="Anders").status_code == 200
        live.refresh_from_db()
        assert (live.title, proposals.of(live)) == ("Anders", None)

    def test_links_to_what_the_editor_cannot_see_stay(self, own, editor, manager):
        hidden = hubs.ProgrammeFactory(title="Van een ander", state=STATES.DRAFT)
        live, seen = programme_of(own), hubs.ProgrammeFactory()
        live.leads_to.add(hidden)
        editor.save(live, leads_to=[seen.pk])
        assert "Van een ander" not in editor.text(live, "publication")
        manager.step(live, "approve")
        assert set(live.leads_to.all()) == {hidden, seen}


class TestPhotos:
    def test_a_proposed_photo_lives_with_its_proposal(self, own, editor, manager, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path
        live = programme_of(own)
        editor.save(live, photo=photo(), photo_alt="Een rood vlak")
        change = proposals.of(live)
        assert change.photo == change.fields["photo"]
        assert default_storage.exists(change.photo)
        assert remove_unused(clock.now() + timedelta(days=2)) == 0
        assert change.photo in editor.text(live, "preview")
        manager.step(live, "approve")
        live.refresh_from_db()
        assert (live.photo.name, live.photo_width, live.photo_height) == (change.photo, 700, 400)
        assert remove_unused(clock.now() + timedelta(days=2)) == 0

    def test_it_goes_when_the_proposal_is_withdrawn(
        self, own, editor, settings, tmp_path, django_capture_on_commit_callbacks
    ):
        settings.MEDIA_ROOT = tmp_path
        live = programme_of(own)
        editor.save(live, photo=photo(), photo_alt="Een rood vlak")
        name = proposals.of(live).photo
        with django_capture_on_commit_callbacks(execute=True):
            editor.step(live, "withdraw")
        assert not default_storage.exists(name)
