"""The QR code that somebody shows at the door: it leads the phone of staff to this sign-up, and says nothing else."""

from dataclasses import dataclass
from typing import Final

import segno
from django.urls import reverse

from content.structured_data import absolute
from signups.models import SignUp

QUIET: Final = 4  # modules of white around it, which readers need


@dataclass(frozen=True)
class DoorCode:
    """`path` draws the dark modules in a square of `size` units, its quiet edge included."""

    address: str
    size: int
    path: str


def door_code(entry: SignUp) -> DoorCode:
    """Holds no token and no name: whoever is not staff only comes to a login with it."""
    address = absolute(reverse("admin:door", args=[entry.uuid]))
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    dark = [(x + QUIET, y + QUIET) for y, line in enumerate(matrix) for x, is_dark in enumerate(line) if is_dark]
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    return DoorCode(address, len(matrix) + 2 * QUIET, path)
