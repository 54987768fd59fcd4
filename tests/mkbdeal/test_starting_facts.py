"""What the content files hold: published, in both languages, marked where uncertain, true to the facts."""

from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.test import TestCase

from content.models import NewsArticle, Page, PublicationState
from hubs.models import Audience, Hub, Programme, ProgrammeKind
from mkbdeal.starting_content.kinds import KINDS
from mkbdeal.starting_content.loading import load
from partners.models import HolidayRegion, Partner, PartnerPerson, School, SchoolHoliday

# Where a visitor would look, and what must be found there.
FACTS: dict[tuple[type, str], str] = {
    (Page, "over-de-deal"): """
        € 740.000
        € 2,8 miljoen
        € 100.000 en € 400.000
        2 juli 2020
        Mona Keijzer
        Robert Strijk
        videoverbinding
        hard groeien
        banen voor mensen met elke
        het aantal én om de kwaliteit
        minder snel
        robots
        wie er al werkt
        Overheden, bedrijven en scholen
        genoeg vakmensen
        zelf direct stuurt
        basisonderwijs, vmbo, havo, vwo en zij-instromers
        post-initieel mbo
        basisonderwijs, mavo, havo en vwo
        verspreid over de regio
        doorlopende leerlijn
        interview
        Paul Oosterlaken
        Jan van Walraven
        Kiremko
        raad van commissarissen van OBM Midden-Nederland
        was het daarna lang wachten
    """,
    (NewsArticle, "mkb-deal-getekend"): """
        Mona Keijzer
        Robert Strijk
        TechNet Amstel & Venen
        provincie Utrecht
        geduld
    """,
    (Hub, "technohub-woerden"): """
        2.650 vierkante meter
        180 bedrijven
        Industrieweg 2b
        3442 AE
        Honthorst
    """,
    (Hub, "make-center-nieuwegein"): """
        vakcentrum voor de maakindustrie
        Harmonielaan 2
        BBL
        BOL
        associate degree
    """,
    (Hub, "makerspace-mijdrecht"): """
        VeenLanden College
        mavo
        alle leeftijden
        roboticaclub
        laser
    """,
    (Partner, "technet-amstel-venen"): """
        4.000 leerlingen
        8 tot en met 10 oktober 2024
    """,
    (Partner, "woerdens-techniek-talent"): """
        Meer dan 100 bedrijven
        zeven scholen
        Bodegraven-Reeuwijk
    """,
    (Partner, "obm-midden-nederland"): """
        2007
        14 juli 2020
    """,
    (Partner, "kiremko"): """
        aardappelen
        Montfoort
    """,
    (Partner, "provincie-utrecht"): """
        Trekker
    """,
    (Page, "toegankelijkheid"): """
        onderzoek gepland
        EN 301 549
    """,
    (Page, "privacy"): """
        Autoriteit Persoonsgegevens
        cookies
    """,
}


class TestStartingFacts(TestCase):
    """They only read, so the content is loaded once for all of them."""

    @classmethod
    def setUpTestData(cls) -> None:
        load(Path(project.BASE_DIR))

    def test_everything_is_published(self) -> None:
        for model in (Partner, Hub, Programme, NewsArticle, Page):
            assert set(model._default_manager.values_list("state", flat=True)) == {PublicationState.PUBLISHED}

    def test_every_dutch_text_has_its_english_twin(self) -> None:
        lone = [
            (kind.name, str(row), field.name)
            for kind in KINDS
            for field in kind.model._meta.fields
            if field.name.endswith("_en")
            for row in kind.model._default_manager.all()
            if bool(getattr(row, field.name)) != bool(getattr(row, field.name.removesuffix("_en")))
        ]
        assert lone == []

    def test_uncertain_values_are_marked(self) -> None:
        """The K values of the facts: in the content only with a mark, or not at all."""
        uncertain: list[tuple[Any, list[str]]] = [
            *((partner, ["cbs_code"]) for partner in Partner.objects.exclude(cbs_code="")),
            *((hub, ["postcode", "levels"]) for hub in Hub.objects.all()),
            *((school, ["branch_code"]) for school in School.objects.all()),
            *((programme, ["body"]) for programme in Programme.objects.all()),
            *((programme, ["levels"]) for programme in Programme.objects.filter(levels__isnull=False).distinct()),
            *((partner, ["website"]) for partner in Partner.objects.filter(website__contains="technohub.nl")),
            (Hub.objects.get(slug="technohub-woerden"), ["website"]),
            (Hub.objects.get(slug="makerspace-mijdrecht"), ["street"]),
            (School.objects.get(branch_code="05RA00"), ["street"]),
        ]
        assert [(str(row), name) for row, names in uncertain for name in names if name not in row.to_confirm] == []
        assert not Hub.objects.exclude(latitude=None, longitude=None, bag_id="").exists()
        assert not Hub.objects.exclude(contact_email="", contact_phone="", opening="", accessibility="").exists()
        assert not Programme.objects.exclude(recognised_programme_code="").exists()

    def test_the_pathway_is_continuous_across_hubs(self) -> None:
        """From every programme but the last, next steps lead to the M.A.K.E. Center, where one learns a trade."""
        onward = {p.slug: {n.slug for n in p.leads_to.all()} for p in Programme.objects.prefetch_related("leads_to")}
        arrived = set(Programme.objects.filter(hub__slug="make-center-nieuwegein").values_list("slug", flat=True))
        while grown := {slug for slug, nexts in onward.items() if slug not in arrived and nexts & arrived}:
            arrived |= grown
        assert set(onward) - arrived == set()

    def test_facts_stand_where_a_visitor_looks(self) -> None:
        for (model, slug), facts in FACTS.items():
            row = model.objects.get(slug=slug)
            text = " ".join(str(getattr(row, f.name)) for f in model._meta.fields).replace("&amp;", "&")
            assert [fact for line in facts.strip().splitlines() if (fact := line.strip()) not in text] == [], slug

    def test_who_signed_and_who_was_what(self) -> None:
        roles = PartnerPerson.objects.values_list("name", "role", "partner__slug", "known_in_year", "signed_deal")
        assert set(roles) == {
            ("Mona Keijzer", "staatssecretaris", "ministerie-van-economische-zaken-en-klimaat", 2020, True),
            ("Robert Strijk", "gedeputeerde", "provincie-utrecht", 2020, True),
            ("Paul Oosterlaken", "voorzitter", "woerdens-techniek-talent", 2020, False),
            ("Paul Oosterlaken", "directeur", "kiremko", 2020, False),
            ("Jan van Walraven", "voorzitter van de raad van commissarissen", "obm-midden-nederland", 2020, False),
            ("Jan van Walraven", "voorzitter", "technet-amstel-venen", 2021, False),
            ("Karin Wateler", "projectleider", "technet-amstel-venen", 2021, False),
            ("Marlous Birkhoff", "directeur", "technohub-woerden", 2023, False),
        }

    def test_a_teacher_finds_all_that_is_for_classes(self) -> None:
        lessons = Programme.objects.filter(kind__in=[ProgrammeKind.SCHOOL_LESSON, ProgrammeKind.GUEST_LESSON])
        assert lessons.exists()
        assert not lessons.exclude(audiences__contains=[Audience.TEACHER]).exists()

    def test_school_holidays_of_three_years_from_a_saturday_to_a_sunday(self) -> None:
        """Each region has its five; where the ministry only advises, the name says so."""
        for region in HolidayRegion:
            found = list(SchoolHoliday.objects.filter(region=region))
            assert [(row.from_on.isoweekday(), row.until_on.isoweekday()) for row in found] == [(6, 7)] * len(found)
            names = [row.name.partition(" ")[0] for row in found if "extra week" not in row.name]
            assert names == 3 * [
                "Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie", "Zomervakantie"
            ]  # fmt: skip
        advised = {row.name.partition(" ")[0] for row in SchoolHoliday.objects.filter(name__contains="(advies)")}
        assert advised == {"Herfstvakantie", "Voorjaarsvakantie", "Meivakantie,"}
