"""Share previews: what is drawn, that long names fit, who gets which picture, and that a link names the right one."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import override
from PIL import Image, ImageChops

from hubs import preview, preview_type
from hubs.models import HubColour
from tests.factories.hubs import ActivityFactory, HubFactory, ProgrammeFactory, ThemeFactory

TOKENS = Path(__file__).parents[2] / "static" / "css" / "tokens.css"
WORDS = "Regionaal Centrum voor Technologische Maakvaardigheden Gouda"
ONE_WORD = "Maakindustrieopleidingscentrumvoorbereidingswerkplaatsenhuis"
PLACE = "Sint Jacobiparochie-Nieuwegeinse Rijn"


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def ink(picture):
    """The box of all that is not ground."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    return ImageChops.difference(picture, ground).convert("L").point(lambda light: 255 * (light > 12)).getbbox()


def same(picture, other):
    return ImageChops.difference(picture, other).getbbox() is None


class TestDrawing:
    def test_the_fields_are_those_of_the_stylesheet(self):
        light = TOKENS.read_text("utf-8").partition("prefers-color-scheme")[0]
        assert dict(re.findall(r"--(\w+)-field:(#[0-9a-f]{6})", light)) == preview.FIELDS
        assert set(preview.FIELDS) == set(HubColour.values)

    @pytest.mark.parametrize("letter", ["W", "I", "Ē", "Å", "Ж"])
    @pytest.mark.parametrize("name", ["Technohub", WORDS, ONE_WORD, "Ж"])
    def test_a_hub_stays_within_its_edges(self, name, letter):
        png = preview.hub_preview(name, PLACE, letter, "orange")
        assert len(png) < 60_000
        picture = opened(png)
        assert picture.size == (1200, 630)
        assert picture.getpixel((0, 0)) == (0xC2, 0x37, 0x0B)
        left, top, right, bottom = ink(picture)
        assert left >= 50
        assert top >= 8
        assert right <= 1200 - 30
        assert bottom <= 630 - 30  # descenders

    @pytest.mark.parametrize("name", ["Robotica", "W" * 60, WORDS, ONE_WORD, "Ж", "a-" * 30])
    def test_a_theme_stays_within_its_edges(self, name):
        png = preview.theme_preview(name)
        assert len(png) < 60_000
        left, top, right, bottom = ink(opened(png))
        assert (left >= 50, top >= 30, right <= 1170, bottom <= 600) == (True,) * 4

    def test_a_name_does_not_touch_the_letter(self):
        """Between them stays a strip of the field."""
        picture = opened(preview.hub_preview(ONE_WORD, WORDS, "W", "blue"))
        gap = picture.crop((1200 - preview.EDGE - 460 - 30, 0, 1200 - preview.EDGE - 460 - 8, 630))
        assert ink(gap) is None

    @pytest.mark.parametrize("name", [WORDS, ONE_WORD])
    def test_nothing_of_a_long_name_is_lost(self, name):
        block = preview.fitting([name, PLACE], (560, 390), 116)
        assert "".join(block.lines).replace("-", "").replace(" ", "") == (name + PLACE).replace("-", "").replace(
            " ", ""
        )

    def test_a_name_beyond_all_measure_is_cut_off(self):
        block = preview.fitting(["W" * 2_000], (560, 390), 116)
        assert len(block.lines) * block.step <= 390

    @pytest.mark.parametrize(
        ("text", "base"),
        [
            ("één ruïne", "een ruine"),
            ("Łódź", "Lodz"),
            ("’s-Graveland", "'s-Graveland"),
            ("a–b…", "a-b..."),
            ("Ж字", ""),
        ],
    )
    def test_what_the_font_lacks_is_composed_folded_or_left_out(self, text, base):
        assert "".join(letter.sign for letter in preview_type.letters(text)) == base

    @pytest.mark.parametrize("text", ["é", "É", "ï", "à", "ê", "ñ", "ā", "å", "š", "ç"])
    def test_an_accent_is_drawn_apart_from_its_letter(self, text):
        base = preview_type.letters(text)[0].sign
        assert preview_type.width(text) == preview_type.width(base)
        assert not same(preview_type.line(text, 100).mask, preview_type.line(base, 100).mask)

    def test_an_accent_stands_above_its_letter(self):
        top = {sign: preview_type.line(sign, 100).mask.getbbox()[1] for sign in "eéEÉ"}
        assert 12 <= top["e"] - top["é"] <= 35
        assert 12 <= top["E"] - top["É"] <= 35

    def test_it_is_drawn_once(self):
        first, again = (preview.hub_preview("Technohub", "Woerden", "W", "teal") for _ in range(2))
        assert first is again


@pytest.mark.django_db
class TestViews:
    def test_a_hub_has_one(self, client, django_assert_num_queries):
        HubFactory(slug="w", name="Technohub", town="Woerden", letter="W", colour="orange")
        with django_assert_num_queries(1):
            response = client.get("/deelbeeld/hub/w.png")
        assert response["Content-Type"] == "image/png"
        assert response["Cache-Control"] == "public, max-age=86400"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in response
        assert response.content == preview.hub_preview("Technohub", "Woerden", "W", "orange")

    def test_who_has_it_already_gets_no_bytes(self, client):
        HubFactory(slug="w")
        etag = client.get("/deelbeeld/hub/w.png")["ETag"]
        again = client.get("/deelbeeld/hub/w.png", headers={"If-None-Match": etag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)

    def test_a_theme_has_one_in_either_language(self, client):
        ThemeFactory(slug="lassen", name="Lassen", name_en="Welding")
        assert client.get("/deelbeeld/thema/lassen.png").content == preview.theme_preview("Lassen")
        assert client.get("/en/deelbeeld/thema/lassen.png").content == preview.theme_preview("Welding")

    @pytest.mark.parametrize("path", ["hub/concept.png", "hub/onbekend.png", "thema/onbekend.png", "hub/w.jpg"])
    def test_nobody_else_has_one(self, client, path):
        HubFactory(slug="concept", state="draft")
        HubFactory(slug="w")
        assert client.get(f"/deelbeeld/{path}").status_code == 404

    def test_it_can_only_be_read(self, client):
        assert client.post("/deelbeeld/hub/w.png").status_code == 405


@pytest.mark.django_db
class TestLinks:
    def shared(self, client, path):
        """Address, width and height of the picture that this page offers."""
        html = client.get(path).content.decode()
        found = re.findall(r'<meta property="og:image(|:width|:height)" content="([^"]*)">', html)
        assert [name for name, _ in found] == ["", ":width", ":height"]
        return tuple(value for _, value in found)

    @pytest.fixture
    def programme(self):
        return ProgrammeFactory(slug="lassen", hub=HubFactory(slug="w"))

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_hub_programme_and_date_show_their_hub(self, client, settings, programme, language):
        activity = ActivityFactory(programme=programme)
        expected = (f"{settings.SITE_URL.geturl()}{language}/deelbeeld/hub/w.png", "1200", "630")
        for path in ("hubs/w/", "programmas/lassen/", f"agenda/{activity.pk}/"):
            assert self.shared(client, f"{language}/{path}") == expected

    def test_their_own_photo_takes_its_place(self, client, settings, programme):
        for subject in (programme, programme.hub):
            subject.photo, subject.photo_alt, subject.photo_width, subject.photo_height = (
                "photos/a.jpg",
                "Vonk",
                1600,
                900,
            )
            subject.save()
        activity = ActivityFactory(programme=programme)
        expected = (f"{settings.SITE_URL.geturl()}/media/photos/a.jpg", "1600", "900")
        for path in ("/hubs/w/", "/programmas/lassen/", f"/agenda/{activity.pk}/"):
            assert self.shared(client, path) == expected

    @pytest.mark.parametrize("path", ["/programmas/", "/agenda/", "/en/agenda/"])
    def test_a_list_shows_the_theme_it_is_filtered_by(self, client, settings, path):
        ThemeFactory(slug="lassen")
        site = settings.SITE_URL.geturl()
        prefix = "/en" if path.startswith("/en") else ""
        assert self.shared(client, f"{path}?thema=lassen")[0] == f"{site}{prefix}/deelbeeld/thema/lassen.png"
        assert self.shared(client, f"{path}?thema=lassen&hub=zoek")[0] == f"{site}{prefix}/deelbeeld/thema/lassen.png"
        for query in ("", "?thema=onbekend", "?thema=", "?hub=w"):
            assert re.fullmatch(rf"{site}/static/img/preview[.\w]*\.png", self.shared(client, path + query)[0])

    def test_the_address_of_the_picture_answers(self, client, settings, programme):
        with override("nl"):
            address = self.shared(client, "/programmas/lassen/")[0]
        assert client.get(address.removeprefix(settings.SITE_URL.geturl())).status_code == 200
