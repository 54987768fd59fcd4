"""What the forms of the back office share: faults by name, places at the end, deletions in Dutch, plain text boxes."""

import pytest

from content.richtext import clean_html
from tests.factories.hubs import ActivityFactory, EducationLevelFactory, HubFactory, ProgrammeFactory, ThemeFactory
from tests.hubs.test_admin_hubs import change, office  # noqa: F401 - a fixture
from tests.mkbdeal.test_admin_site import REGISTRY, address

pytestmark = pytest.mark.django_db


# --- Faults ----------------------------------------------------------------------------------------------------------


def test_each_fault_names_its_field_and_leads_to_it(office):  # noqa: F811
    html = change(office, ProgrammeFactory(), title="", summary="").content.decode()
    assert "Verbeter eerst deze 2 fouten:" in html
    for label, target in (("Titel", "id_title"), ("Samenvatting", "id_summary")):
        assert f'<a href="#{target}">{label}</a>: Vul dit in.' in html
        assert f'id="{target}"' in html
    assert "Verbeter de fout" not in html  # Django's own note
    added = office.post(address("Programme", "add"), {"title": "x"}).content.decode()
    assert 'id="fouten" tabindex="-1" autofocus' in added
    assert "change_form.js" not in added  # it would take the focus to the first field


def test_faults_of_rows_lead_to_their_row(office):  # noqa: F811
    fields = {"meetings-0-ends_at": "2099-11-28T09:00", "meetings-0-starts_at": ""}
    html = change(office, ActivityFactory(), **fields).content.decode()
    assert '<a href="#id_meetings-0-starts_at">Bijeenkomst 1: Begin</a>: Vul dit in.' in html
    html = change(office, ActivityFactory(), **{"meetings-0-ends_at": "2099-11-28T09:00"}).content.decode()
    assert '<a href="#meetings-0">Bijeenkomst 1</a>: Het einde ligt vóór het begin.' in html
    assert 'id="meetings-0"' in html


def test_what_is_empty_says_what_to_do_and_has_a_red_frame(office):  # noqa: F811
    """Of a new date, where nothing at all was filled in."""
    sizes = {"TOTAL": "1", "INITIAL": "0", "MIN_NUM": "1", "MAX_NUM": "1000"}
    fields = {f"meetings-{kind}_FORMS": number for kind, number in sizes.items()}
    html = office.post(address("Activity", "add"), fields).content.decode()
    assert '<a href="#id_programme">Programma</a>: Maak een keuze.' in html
    assert '<a href="#id_meetings-0-starts_at">Bijeenkomst 1: Begin</a>: Vul dit in.' in html
    assert "verplicht." not in html
    for name in ("starts_at", "ends_at"):
        assert f'<td class="field-{name} errors"' in html
    assert '<td class="field-place errors"' not in html


def test_a_closed_group_with_a_fault_is_open(office):  # noqa: F811
    programme = ProgrammeFactory()
    assert "<details>" in office.get(address("Programme", "change", programme.pk)).content.decode()
    html = change(office, programme, title_en="x" * 200).content.decode()
    assert '<a href="#id_title_en">' in html
    assert "<details>" not in html


def test_what_concerns_the_whole_form_is_said_once(office):  # noqa: F811
    html = change(office, ActivityFactory(), for_persons="").content.decode()
    assert html.count("Kies personen, klassen of allebei.") == 1


# --- The order of things ---------------------------------------------------------------------------------------------


def test_meetings_come_right_after_the_programme(office):  # noqa: F811
    for page in (address("Activity", "change", ActivityFactory().pk), address("Activity", "add")):
        html = office.get(page).content.decode()
        places = [html.index(f'id="{part}"') for part in ("id_note", "meetings-group", "id_capacity")]
        assert places == sorted(places)
        assert html.count('id="meetings-group"') == 1


@pytest.mark.parametrize("name", ["Hub", "EducationLevel", "LevelGroup", "Theme", "Figure"])
def test_what_is_new_comes_last(office, name):  # noqa: F811
    from_empty = office.get(address(name, "add")).context["adminform"].form
    assert from_empty.get_initial_for_field(from_empty.fields["position"], "position") == 0
    factory = {"Hub": HubFactory, "EducationLevel": EducationLevelFactory, "Theme": ThemeFactory}.get(name)
    if factory is None:
        return
    factory(position=70)
    factory(position=30)
    form = office.get(address(name, "add")).context["adminform"].form
    assert form.get_initial_for_field(form.fields["position"], "position") == 80


def test_every_model_with_places_has_new_rows_last():
    for page in REGISTRY.values():
        if any(field.name == "position" for field in page.model._meta.fields):
            assert hasattr(page, "get_changeform_initial_data"), page
            assert any(base.__name__ == "OrderedAdmin" for base in type(page).__mro__), page


# --- Deleting --------------------------------------------------------------------------------------------------------


def test_a_deletion_tells_what_goes_in_dutch(office):  # noqa: F811
    level, theme = EducationLevelFactory(), ThemeFactory()
    programme = ProgrammeFactory(title="Lassen", levels=[level], themes=[theme])
    html = office.get(address("Programme", "delete", programme.pk)).content.decode()
    assert "Programma&#x27;s: 1" in html
    fields = {"action": "delete_selected", "_selected_action": [programme.pk]}
    several = office.post(address("Programme", "changelist"), fields).content.decode()
    for page in (html, several):
        assert "Lassen" in page
        assert "relatie" not in page
        assert "object (" not in page


# --- Text without the editor -----------------------------------------------------------------------------------------


def test_without_javascript_the_text_box_says_how(office):  # noqa: F811
    html = office.get(address("Programme", "change", ProgrammeFactory().pk)).content.decode()
    assert "<noscript>Zonder JavaScript zie je hier codes. Een alinea staat tussen &lt;p&gt; en &lt;/p&gt;" in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<h1>Kop</h1><p>a</p>", "<h2>Kop</h2><p>a</p>"),
        ("<h5 class=x>Kop</h5>", "<h3>Kop</h3>"),
        ("<div>een<div>twee</div></div>", "<p>een</p><p>twee</p>"),
        ("eerste\n\ntweede < derde", "<p>eerste</p>\n\n<p>tweede &lt; derde</p>"),
        ("<p>a</p><p> </p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<pre>x</pre>", "<p>x</p>"),
    ],
)
def test_bare_html_becomes_what_the_editor_makes(office, typed, kept):  # noqa: F811
    programme = ProgrammeFactory()
    assert change(office, programme, body=typed).status_code == 302
    programme.refresh_from_db()
    assert programme.body == kept
    assert clean_html(kept) == kept


def test_the_words_of_a_table_stay_and_stay_apart():
    table = "<table><tr><th>Dag</th><th>Tijd</th></tr><tr><td>ma</td><td>9.00</td></tr></table>"
    assert str(clean_html(table)).split() == ["<p>", "Dag", "Tijd", "</p><p>", "ma", "9.00", "</p>"]


def test_slugs_explain_themselves(office):  # noqa: F811
    html = office.get(address("Hub", "add")).content.decode()
    assert "Webadres" in html
    assert "zoals technohub-woerden" in html
