"""Partners and schools as files."""

import pytest

from partners.models import MemberRole, Partner, School
from tests.exchanging import address, csv, downloaded, faults, sentence, taken_in, upload, xlsx
from tests.factories import partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(partners.OfficeUserFactory())
    return client


@pytest.fixture
def manager(client):
    partner = partners.PartnerFactory(slug="eigen", name="Eigen partner")
    user = partners.UserFactory()
    partners.MembershipFactory(user=user, partner=partner, role=MemberRole.MANAGER)
    client.force_login(user)
    return client


def test_schools_by_their_code(office):
    partners.SchoolFactory(branch_code="04IX00", name="Oud", municipality="Woerden")
    head = ["BRIN met vestiging", "Naam", "Gemeente", "Vakantieregio"]
    content = csv(head, ["04IX00", "Nieuw", "Woerden", "midden"], ["05RA00", "VeenLanden", "De Ronde Venen", "Noord"])
    taken_in(office, School, content, "a.csv")
    assert list(School.objects.order_by("branch_code").values_list("name", "holiday_region")) == [
        ("Nieuw", "midden"),
        ("VeenLanden", "noord"),
    ]
    assert faults(upload(office, School, csv(head, ["X", "a", "b", "zuid"]), "a.csv")) == [
        (2, "BRIN met vestiging", "Vul de code in zoals 04IX00.")
    ]
    assert upload(office, School, downloaded(office, School)).context["plan"].unchanged == 2


def test_schools_are_the_offices(manager):
    for page in ("import", "export_csv", "export_xlsx", "template_csv"):
        assert manager.get(address(School, page)).status_code == 403


def test_a_partner_changes_its_own_page_alone(manager):
    partners.PartnerFactory(slug="ander")
    assert b"ander" not in downloaded(manager, Partner, "csv")
    content = xlsx(["Webadres", "Samenvatting", "Soort"], ["eigen", "Nieuw", "Overheid"])
    assert [(row, column) for row, column, _sentence in faults(upload(manager, Partner, content))] == [(2, "Soort")]
    found = faults(upload(manager, Partner, xlsx(["Webadres", "Naam"], ["ander", "x"], ["", "Nieuwe partner"])))
    assert [row for row, _column, _sentence in found] == [2, 3]
    taken_in(manager, Partner, xlsx(["Webadres", "Samenvatting"], ["eigen", "Nieuw"]))
    assert Partner.objects.get(slug="eigen").summary == "Nieuw"


def test_the_office_adds_partners_once(office):
    partners.PartnerFactory(name="Bestaat al")
    head = ["Webadres", "Naam", "Soort", "Website van de partner"]
    rows = [
        ["", "Bestaat al", "Bedrijf", ""],
        ["", "Nieuw", "Bedrijf", "ftp://x.example"],
        ["", "Nieuw", "Bedrijf", ""],
    ]
    assert [(row, column) for row, column, _sentence in faults(upload(office, Partner, xlsx(head, *rows)))] == [
        (2, "Naam"),
        (3, "Website van de partner"),
        (4, "Naam"),
    ]
    taken_in(office, Partner, xlsx(head, ["", "Nieuw bedrijf", "Bedrijf", "https://x.example"]))
    assert Partner.objects.get(name="Nieuw bedrijf").slug == "nieuw-bedrijf"


def test_no_file_and_a_wrong_file_are_sentences(office):
    answer = office.post(address(Partner, "import"), {})
    assert sentence(answer) == "Kies eerst een bestand."
    assert "macro" in sentence(upload(office, Partner, xlsx(["a"], ["b"]), "a.xlsm"))
