"""Who changed what and when, readable; an older version comes back as an ordinary edit."""

import pytest

from content import clock
from content.differences import Reader, text_pieces
from content.domain import history, proposals
from content.models import Deed, PendingChange, Revision
from content.tasks import sweep_publications
from hubs.models import Programme
from partners.models import User
from signups.models import SignUp
from tests.content.publishing_stage import desk, programme_of
from tests.factories import content, hubs, partners
from tests.factories.signups import SignUpFactory
from tests.mkbdeal.test_admin_site import shown_values

pytestmark = pytest.mark.django_db


def deeds(row):
    return list(history.of(row).order_by("pk").values_list("deed", flat=True))


def as_text(pieces):
    marks = {"gone": "-", "new": "+", "same": "", "left_out": ""}
    return "".join(f"[{marks[piece.kind]}{piece.text}]" for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("<p>a</p><p>b c</p>", "<p>a</p><p>b d</p>", "[…][b ][-c][+d]"),
        ("<p>a</p>", "<p><strong>a</strong></p>", ""),
        ("", "<p>nieuw</p>", "[-leeg][+nieuw]"),
        ("<ul><li>een</li><li>twee</li></ul>", "<ul><li>een</li></ul>", "[…][-twee]"),
    ],
)
def test_long_text_reads_as_words(before, after, read):
    assert as_text(text_pieces(before, after)) == read


def test_an_endless_text_is_compared_quickly():
    before, after = ("oud ", "nieuw ")
    assert [piece.kind for piece in text_pieces(before * 5000, after * 5000)] == ["gone", "new"]


class TestWhatIsWritten:
    def test_every_save_and_step(self, own, editor, manager):
        draft = programme_of(own, "draft")
        editor.save(draft, title="Tweede titel")
        editor.save(draft)
        editor.save(draft, "_submit", summary="Anders.")
        manager.step(draft, "publish")
        editor.save(draft, title="Derde titel")
        manager.step(draft, "approve")
        assert deeds(draft) == [
            Deed.FOUND, Deed.CHANGED, Deed.CHANGED, Deed.SUBMITTED, Deed.PUBLISHED, Deed.PROPOSED, Deed.APPROVED,
        ]  # fmt: skip
        page = editor.text(draft, "history")
        for said in (editor.user.name, "wijzigde dit", "Titel", "Tweede titel", "zette dit op de site"):
            assert said in page

    def test_a_new_row(self, own, editor):
        hub = hubs.HubFactory()
        hubs.HubPartnerFactory(hub=hub, partner=own)
        fields = {"title": "Nieuw", "slug": "nieuw", "hub": hub.pk, "kind": "workshop", "summary": "Iets."}
        editor.client.post("/beheer/hubs/programme/add/", {**fields, "partner_roles-TOTAL_FORMS": "0",
                                                           "partner_roles-INITIAL_FORMS": "0"})  # fmt: skip
        assert deeds(Programme.objects.get()) == [Deed.MADE]

    def test_a_date_with_its_meetings_and_nothing_of_who_comes(self, own, editor):
        date = hubs.ActivityFactory(programme=programme_of(own))
        SignUpFactory(activity=date, name="Zonneke", remarks="Allergisch")
        room = hubs.RoomFactory(hub=date.programme.hub, name="Lashal")
        edit = {"meetings-0-room": str(room.pk), "capacity": "20"}
        asked = editor.save(date, **edit)  # whoever signed up will hear of another room
        editor.save(date, **edit, sure=asked.context["sure"])
        version = history.of(date).first()
        assert set(version.changes) == {"capacity", "meetings"}
        page = editor.text(date, "history")
        assert "Lashal" in page
        assert "12" in page
        kept = "".join(str((row.values, row.changes)) for row in Revision.objects.all())
        assert "Zonneke" not in kept
        assert "Allergisch" not in kept
        assert not {"taken", "waiting", "queued"} & set(version.values)
        assert SignUp.objects.exists()

    def test_confirming_in_one_go(self, own, manager):
        live = programme_of(own, to_confirm=["title"])
        manager.client.post("/beheer/hubs/programme/", {"action": "confirm", "_selected_action": [live.pk]})
        assert deeds(live) == [Deed.FOUND, Deed.CONFIRMED]

    def test_names_of_what_one_cannot_see_are_not_told(self, own, editor):
        hidden = hubs.ProgrammeFactory(title="Geheim plan", state="draft")
        mine = programme_of(own)
        change = {"leads_to": [[], [hidden.pk]]}
        assert "Geheim" not in as_text(Reader(Programme, editor.user).differences(change)[0].pieces)
        assert "Geheim" in as_text(Reader(Programme, desk().user).differences(change)[0].pieces)
        assert mine.pk


@pytest.mark.parametrize(
    ("factory", "name"),
    [
        (content.FigureFactory, "label"), (content.MilestoneFactory, "title"), (hubs.ThemeFactory, "name"),
        (hubs.EducationLevelFactory, "name"), (hubs.LevelGroupFactory, "name"),
        (partners.SchoolFactory, "name"), (partners.SchoolHolidayFactory, "name"), (content.SynonymFactory, "word"),
    ],
)  # fmt: skip
def test_who_saves_second_undoes_nothing_of_the_office(factory, name):
    row = factory()
    first, second = desk(), desk()
    opened = [one.opened(row) for one in (first, second)]
    for one, shown, text in zip((first, second), opened, ("Van de eerste", "Van de tweede"), strict=True):
        answer = one.client.post(one.address(row), {**shown, name: text, "_save": "1"}, follow=True)
    assert "intussen gewijzigd" in answer.content.decode()
    row.refresh_from_db()
    assert getattr(row, name) == "Van de eerste"
    assert [version.by for version in history.of(row)] == [first.user, None]


def test_who_saves_second_reads_who_was_first_and_what_differs(own, editor, manager):
    """Directly and as a proposal; only what came after the form was opened."""
    live = programme_of(own, title="Lassen")
    office = desk()
    office.save(live, title="Leren lassen")
    opened = editor.opened(live)
    manager.save(live, summary="Heel anders")
    office.save(live, button="_propose", clothing="Dichte schoenen")
    answer = editor.client.post(editor.address(live), {**opened, "title": "Solderen", "_save": "1"})
    told = answer.context["overtaken"]
    assert [(entry.who, entry.deed) for entry in told] == [
        (str(office.user), "deed een voorstel"),
        (str(manager.user), "wijzigde dit"),
    ]
    assert [[difference.label for difference in entry.differences] for entry in told] == [["Kleding"], ["Samenvatting"]]
    text = answer.content.decode()
    assert "Heel anders</ins>" in text
    assert 'value="Solderen"' in text
    assert "fault-list" not in text, "nobody made a mistake"
    assert "<title>Fout: " in text, "though it is not saved"


def test_who_was_overtaken_by_oneself_reads_that(own, editor, manager):
    """In another window; as soon as somebody else did something too, it was somebody else."""
    live = programme_of(own, title="Lassen")
    opened = manager.opened(live)
    manager.save(live, summary="Heel anders")
    typed = {**opened, "title": "Solderen", "_save": "1"}
    said = manager.client.post(manager.address(live), typed).content.decode()
    assert "Je hebt dit intussen zelf gewijzigd, in een ander venster" in said
    assert "Iemand anders" not in said
    editor.save(live, clothing="Dichte schoenen")
    assert (
        "Iemand anders heeft dit intussen gewijzigd"
        in manager.client.post(manager.address(live), typed).content.decode()
    )


def test_who_was_overtaken_by_what_was_planned_reads_that(own, manager):
    """Nobody else was there; what came by itself stands below with its moment."""
    live = programme_of(own, title="Lassen")
    manager.save(live, "_propose", title="Leren lassen")
    manager.step(live, "approve", publish_at="2098-01-01T10:00")
    opened = manager.opened(live)
    PendingChange.objects.update(publish_at=clock.now())
    sweep_publications()
    said = manager.client.post(manager.address(live), {**opened, "summary": "Anders", "_save": "1"}).content.decode()
    assert "Dit is intussen vanzelf veranderd: er was iets gepland." in said
    assert "Iemand anders" not in said
    assert "Leren lassen</ins>" in said


def test_who_was_overtaken_by_somebody_whose_account_is_gone_reads_that(own, editor, manager):
    draft = programme_of(own, "draft", title="Lassen")
    opened = manager.opened(draft)
    editor.save(draft, summary="Heel anders")
    User.objects.filter(pk=editor.user.pk).delete()
    said = manager.client.post(manager.address(draft), {**opened, "title": "Solderen", "_save": "1"}).content.decode()
    assert "Iemand anders heeft dit intussen gewijzigd" in said
    assert "vanzelf veranderd" not in said


class TestRestoring:
    def test_an_older_version_is_an_ordinary_edit(self, own, editor, manager):
        live = programme_of(own, title="Eerste")
        manager.save(live, title="Tweede")
        oldest = history.of(live).last()
        path = f"{manager.address(live)}?versie={oldest.pk}"
        shown = editor.client.get(path)
        assert "Dit is een oudere versie" in shown.content.decode()
        assert 'value="Eerste"' in shown.content.decode()
        assert Programme.objects.get(pk=live.pk).title == "Tweede"
        for at, title in ((editor, "Tweede"), (manager, "Eerste")):
            live.refresh_from_db()
            typed = {**at.opened(live), "title": "Eerste"}
            at.client.post(path, typed)
            assert Programme.objects.get(pk=live.pk).title == title
        assert deeds(live)[-3:] == [Deed.PROPOSED, Deed.APPROVED, Deed.CHANGED]

    def test_relations_come_back_and_office_fields_stay(self, own, editor):
        theme = hubs.ThemeFactory()
        draft = programme_of(own, "draft", themes=[theme], slug="oud-adres")
        office = desk()
        office.save(draft, themes=[], slug="nieuw-adres")
        oldest = history.of(draft).last()
        path = f"{editor.address(draft)}?versie={oldest.pk}"
        shown = editor.client.get(path).context["adminform"].form
        assert [row.pk for row in shown.initial["themes"]] == [theme.pk]
        editor.client.post(path, {**editor.opened(draft), "themes": [theme.pk]})
        draft.refresh_from_db()
        assert (list(draft.themes.all()), draft.slug) == ([theme], "nieuw-adres")

    @pytest.mark.parametrize("asked", ["abc", "999999999", "9" * 40, "-1"])
    def test_a_version_that_is_none(self, own, editor, asked):
        draft = programme_of(own, "draft")
        answer = editor.client.get(editor.address(draft), {"versie": asked})
        assert answer.status_code == 200
        assert "oudere versie" not in answer.content.decode()

    def test_a_version_of_another(self, own, editor):
        draft, other = programme_of(own, "draft"), hubs.ProgrammeFactory(title="Geheim plan", state="draft")
        foreign = history.record(subject=other, deed=Deed.MADE, by=None, now=other.changed_at)
        assert "Geheim" not in editor.client.get(editor.address(draft), {"versie": foreign.pk}).content.decode()
        assert proposals.of(draft) is None

    def test_links_that_are_not_to_choose_stay_as_they_are(self, own, editor):
        """What an older version was linked to comes back as far as this editor may choose it."""
        gone, stays = (hubs.ProgrammeFactory(title=title, state="draft") for title in ("Geheim plan", "Ander plan"))
        seen, office = hubs.ProgrammeFactory(), desk()
        live = programme_of(own, leads_to=[gone, seen])
        office.save(live, leads_to=[stays.pk])
        editor.save(live, summary="Wacht als voorstel.", leads_to=[])
        path = f"{editor.address(live)}?versie={history.of(live).last().pk}"
        editor.client.post(path, {**shown_values(editor.client.get(path)), "leads_to": [seen.pk], "_save": "1"})
        assert proposals.of(live).fields["leads_to"] == sorted([stays.pk, seen.pk])
        assert proposals.of(live).author == editor.user

    def test_links_that_wait_and_are_not_to_choose_stay_too(self, own, editor):
        hidden = hubs.ProgrammeFactory(state="draft")
        live = programme_of(own)
        desk().save(live, "_propose", leads_to=[hidden.pk])
        editor.save(live, summary="Van de tweede.", leads_to=[])
        assert proposals.of(live).fields == {"leads_to": [hidden.pk], "summary": "Van de tweede."}

    def test_they_stay_too_where_it_is_saved_at_once(self, own, manager):
        """The office linked one and let another go; neither is in the form of who saves over its proposal."""
        hidden, gone = (hubs.ProgrammeFactory(state="draft") for _number in range(2))
        live = programme_of(own, leads_to=[gone])
        desk().save(live, "_propose", leads_to=[hidden.pk])
        manager.save(live, summary="Van de tweede.", leads_to=[])
        live.refresh_from_db()
        assert live.summary == "Van de tweede."
        assert set(live.leads_to.all()) == {hidden}
        assert proposals.of(live) is None
