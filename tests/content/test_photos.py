"""Uploads that lie, and what becomes of honest ones. Real files, real Pillow, a real folder."""

import io
import os
import resource
import struct
import subprocess
import sys
import zlib
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from content import clock, photos, tasks
from content.domain import renditions
from content.domain.photos import MAX_BYTES, checked
from content.models import NewsArticle, PendingChange
from tests.factories.content import NewsArticleFactory


def encoded(image, kind="JPEG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def check(data):
    return checked(io.BytesIO(data), len(data))


def refusal(data):
    with pytest.raises(ValidationError) as caught:
        check(data)
    return caught.value.code


def opened(photo):
    return Image.open(io.BytesIO(photo.read()))


def empty_png(width, height):
    """A valid PNG of a MB at most that unpacks to width × height pixels.

    Only zeros, so that one packed piece of them is repeated: to pack all of them would take seconds.
    """

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def packed(zeros, end):
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
        return packer.compress(bytes(zeros)) + packer.flush(end)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    size = height * (1 + width * 3)
    pieces, rest = divmod(size, 1_000_000)
    checksum = struct.pack(">I", size % 65_521 << 16 | 1)
    body = b"\x78\xda" + packed(1_000_000, zlib.Z_FULL_FLUSH) * pieces + packed(rest, zlib.Z_FINISH) + checksum
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_four_kinds_become_jpeg(kind):
    photo = check(encoded(Image.new("RGB", (300, 200), "#0b7040"), kind))
    assert (opened(photo).format, photo.width, photo.height) == ("JPEG", 300, 200)


def test_a_large_photo_is_made_smaller():
    photo = check(encoded(Image.new("RGB", (4800, 3200), "#c2370b")))
    assert (photo.width, photo.height) == (2400, 1600)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"GIF89a" + b"\0" * 200,
        b"%PDF-1.7 not a photo",
        b"<html>hello</html>",
        b"\xff\xd8\xff\xe0 nothing that follows is a photo",
        b"x",
    ],
)
def test_what_is_no_photo_is_refused(data):
    assert refusal(data) == "unreadable"


def test_a_gif_is_refused():
    assert refusal(encoded(Image.new("P", (10, 10)), "GIF")) == "unreadable"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_file_is_refused(kind):
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    data = encoded(noise, kind)
    assert refusal(data[: len(data) // 2]) == "unreadable"


def test_sixteen_megabytes_are_refused_unread():
    with pytest.raises(ValidationError) as caught:
        checked(io.BytesIO(b""), MAX_BYTES + 1)
    assert caught.value.code == "too_many_bytes"


def test_fifty_one_megapixels_are_refused():
    assert refusal(empty_png(8_500, 6_001)) == "too_many_pixels"


def test_a_bomb_of_400_megapixels_costs_no_memory():
    """In a process of its own, so that its peak is the check's own."""
    code = (
        "import io, resource, sys, django; django.setup()\n"
        "from django.core.exceptions import ValidationError\n"
        "from content.domain.photos import checked\n"
        "data = sys.stdin.buffer.read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    checked(io.BytesIO(data), len(data))\n"
        "except ValidationError as error:\n"
        "    print(error.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=empty_png(20_000, 20_000), capture_output=True, check=True, env=os.environ
    )
    code, growth = done.stdout.split()
    assert code == b"too_many_pixels"
    assert int(growth) * 1024 < 20e6


def test_fifty_megapixels_stay_below_400_megabytes():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    photo = check(empty_png(8_000, 6_250))
    assert (photo.width, photo.height) == (2400, 1875)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 400e6


def test_where_and_when_it_was_taken_is_gone():
    image = Image.new("RGB", (100, 50))
    exif = Image.Exif()
    exif[0x010F] = "Cameramaker"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 7.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    original = encoded(image, exif=exif, icc_profile=profile, comment=b"geheim")
    assert b"Cameramaker" in original
    photo = check(original)
    result = opened(photo)
    assert dict(result.getexif()) == {}
    assert set(result.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = check(encoded(Image.new("RGB", (100, 50)), exif=exif))
    assert (photo.width, photo.height) == (50, 100)


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG"),
        (Image.new("L", (20, 20), 120), "PNG"),
        (Image.new("LA", (20, 20), (120, 10)), "PNG"),
        (Image.new("I;16", (20, 20), 40_000), "PNG"),
        (Image.new("1", (20, 20), 1), "PNG"),
        (Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "WEBP"),
    ],
)
def test_other_colour_models_become_rgb(image, kind):
    assert opened(check(encoded(image, kind))).mode == "RGB"


def test_a_palette_with_transparency_gets_a_white_ground():
    image = Image.new("P", (40, 40), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    result = opened(check(encoded(image, "PNG", transparency=0)))
    assert all(value > 250 for value in result.getpixel((20, 20)))


def test_an_animation_becomes_its_first_frame():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("#ff0000", "#0000ff")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)
    red, _, blue = opened(check(data)).getpixel((15, 15))
    assert red > 200
    assert blue < 60


def test_colours_of_another_profile_are_translated():
    image = Image.new("RGB", (20, 20), (120, 60, 30))
    broken = opened(check(encoded(image, icc_profile=b"no profile at all")))
    assert broken.mode == "RGB"


# --- Smaller versions ------------------------------------------------------------------------------------------------


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def with_photo(width=1200, height=800):
    article = NewsArticleFactory(photo_alt="Een draaibank")
    article.photo.save("x.jpg", check(encoded(Image.effect_noise((width, height), 60).convert("RGB"))))
    return article


@pytest.mark.django_db
def test_the_sweep_makes_what_is_missing_and_repeats_safely(media):
    article = with_photo()
    tasks.sweep_photos()
    article.refresh_from_db()
    assert (article.photo_width, article.photo_height, article.photo_widths) == (1200, 800, [480, 960, 1200])
    files = {path: path.stat().st_mtime_ns for path in media.rglob("*") if path.is_file()}
    assert len(files) == 7
    NewsArticle.objects.update(photo_widths=[])
    tasks.sweep_photos()
    assert {path: path.stat().st_mtime_ns for path in media.rglob("*") if path.is_file()} == files
    with Image.open(default_storage.path(renditions.rendition_name(article.photo.name, 480, "avif"))) as small:
        assert (small.format, small.size) == ("AVIF", (480, 320))


@pytest.mark.django_db
def test_a_photo_that_was_replaced_meanwhile_is_not_written(media, monkeypatch):
    article = with_photo(600, 400)
    real = renditions._write_rendition

    def replace_then_write(*args):
        NewsArticle.objects.filter(pk=article.pk).update(photo="photos/newsarticle/other.jpg")
        real(*args)

    monkeypatch.setattr(renditions, "_write_rendition", replace_then_write)
    assert renditions.make_renditions(NewsArticle, article.pk) is False
    article.refresh_from_db()
    assert article.photo_widths == []


@pytest.mark.django_db
def test_a_broken_file_does_not_stop_the_sweep(media):
    broken, whole = NewsArticleFactory(photo_alt="x"), with_photo(600, 400)
    broken.photo.save("x.jpg", ContentFile(b"no photo"))
    tasks.sweep_photos()
    whole.refresh_from_db()
    assert whole.photo_widths == [480, 600]


@pytest.mark.django_db
def test_only_old_files_that_nobody_uses_are_removed(media):
    kept, gone, pending = with_photo(600, 400), with_photo(600, 400), with_photo(600, 400)
    tasks.sweep_photos()
    subject = ContentType.objects.get_for_model(NewsArticle)
    PendingChange.objects.create(content_type=subject, object_id=1, photo=pending.photo.name)
    gone.delete()
    pending.delete()
    assert renditions.remove_unused(clock.now()) == 0
    assert renditions.remove_unused(clock.now() + timedelta(days=2)) == 5
    names = {path.name for path in media.rglob("*") if path.is_file()}
    assert len(names) == 10
    assert default_storage.exists(kept.photo.name)
    assert default_storage.exists(pending.photo.name)


@pytest.mark.django_db
def test_what_a_template_gets(media, settings):
    article = with_photo(600, 400)
    assert photos.photo(article) is None
    tasks.sweep_photos()
    article.refresh_from_db()
    shown = photos.photo(article)
    stem = article.photo.url.removesuffix(".jpg")
    assert shown == photos.ShownPhoto(
        src=article.photo.url,
        alt="Een draaibank",
        alt_lang=None,
        width=600,
        height=400,
        credit="",
        sources=(
            ("image/avif", f"{stem}-480.avif 480w, {stem}-600.avif 600w"),
            ("image/webp", f"{stem}-480.webp 480w, {stem}-600.webp 600w"),
        ),
    )
    assert photos.photo(NewsArticleFactory()) is None
