"""What somebody filled in, checked by the form and not yet decided."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from uuid import UUID

from django.conf import settings

from signups.models import AgeBand, Kind


@dataclass(frozen=True)
class Application:
    """The fields of SignUp that come from a visitor; see there for what `name`, `email` and `contact_name` hold.

    `email` is in lower case and `name` without doubled spaces: the database compares them as they are.
    """

    kind: Kind
    name: str
    email: str
    language: str
    submit_token: UUID
    age_band: str = ""
    contact_name: str = ""
    phone: str = ""
    audience: str = ""
    education_level_id: int | None = None
    school_id: int | None = None
    school_other: str = ""
    pupils: int | None = None
    adults: int | None = None
    remarks: str = ""

    @property
    def by_guardian(self) -> bool:
        return self.age_band == AgeBand.UNDER_16

    def digest(self) -> str:
        """An HMAC of the fields: says whether a form was posted before with the same content, and nothing else."""
        written = json.dumps(asdict(self), default=str, sort_keys=True)
        return hmac.new(settings.LINK_KEY.encode(), written.encode(), hashlib.sha256).hexdigest()
