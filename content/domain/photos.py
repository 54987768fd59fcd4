"""Uploaded photos: checks that a file is what it claims and makes it harmless. Smaller versions: renditions.py."""

import warnings
from io import BytesIO
from threading import Lock
from typing import IO, Final, cast

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MAX_BYTES: Final = 15 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
MAX_SIDE: Final = 2400
MIN_WIDTH: Final = 640
MIN_HEIGHT: Final = 360
# Only these decoders are tried, whatever the file is called: no SVG, no PostScript, no exotic parsers.
FORMATS: Final = ("JPEG", "PNG", "WEBP", "AVIF")
WHITE: Final = (255, 255, 255)

# A photo of 50 megapixels takes about 250 MB while it is decoded: one at a time in each process.
_decoding = Lock()


class Photo(ContentFile):
    """A photo that was checked and re-encoded by `checked`, with its size in pixels."""

    def __init__(self, content: bytes, width: int, height: int) -> None:
        super().__init__(content, name="photo.jpg")
        self.width, self.height = width, height


def checked(upload: IO[bytes], size: int) -> Photo:
    """The same picture as a fresh sRGB JPEG: upright, at most 2400 px a side, without metadata such as the place.

    `size` is the upload's length in bytes. Raises ValidationError with a sentence for whoever uploaded.
    """
    if size > MAX_BYTES:
        raise ValidationError(_("Deze foto is groter dan 15 MB. Kies een kleinere versie."), code="too_many_bytes")
    upload.seek(0)
    with _decoding, _opened(upload) as image:
        try:
            picture = _harmless(image)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise _unreadable() from error
    content = BytesIO()
    picture.save(content, "JPEG", quality=88, optimize=True, progressive=True)
    return Photo(content.getvalue(), picture.width, picture.height)


def refuse_small(photo: Photo) -> None:
    """Raises ValidationError for a photo that would look blurred at the top of a page."""
    if photo.width < MIN_WIDTH or photo.height < MIN_HEIGHT:
        sentence = _(
            "Deze foto is %(width)d bij %(height)d pixels. Kies een foto van minstens %(least_width)d pixels breed en "
            "%(least_height)d pixels hoog."
        )
        sizes = {"width": photo.width, "height": photo.height, "least_width": MIN_WIDTH, "least_height": MIN_HEIGHT}
        raise ValidationError(sentence % sizes, code="too_small")


def _opened(upload: IO[bytes]) -> Image.Image:
    """Reads the header only: the number of pixels is known before anything is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is stricter
            image = Image.open(upload, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _unreadable() from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise _too_many_pixels()
    return image


def _harmless(image: Image.Image) -> Image.Image:
    """The first frame as RGB pixels and nothing else. Shrinks first, so that all later steps are cheap."""
    profile = cast(bytes | None, image.info.get("icc_profile"))
    if image.mode in {"P", "1", "PA"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256, "F" if image.mode == "F" else None).convert("L")
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = ImageOps.exif_transpose(image)
    return _in_srgb(_on_white(image), profile)


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # a broken profile: the plain colours are the best guess
        if converted is not None:
            return _bare(converted)
    return _bare(image.convert("RGB"))


def _bare(image: Image.Image) -> Image.Image:
    """Without what Pillow would write along: EXIF, colour profile, comments."""
    image.info.clear()
    return image


def _unreadable() -> ValidationError:
    return ValidationError(
        _("Dit bestand is geen foto die we kunnen lezen. Kies een JPEG, PNG, WebP of AVIF."), code="unreadable"
    )


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("Deze foto heeft meer dan 50 miljoen pixels. Kies een kleinere versie."), code="too_many_pixels"
    )
