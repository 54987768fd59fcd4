"""An upload that waits for its confirmation: in the cache, where every web process finds it and which forgets it."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.cache import cache

KEPT_SECONDS: Final = 3600
CLAIMED_SECONDS: Final = 600


@dataclass(frozen=True)
class Upload:
    """The file as it came, and what somebody called it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Shelf:
    """The uploads of one user for one list: nobody else finds them."""

    owner: Any
    label: str

    def keep(self, upload: Upload) -> UUID | None:
        """A number to find it by; None while the cache is away."""
        number = uuid4()
        cache.set(self._key(number), (upload.name, upload.content), KEPT_SECONDS)
        return number if self.find(number) else None

    def find(self, number: UUID) -> Upload | None:
        """None when it is another's, was used, or lies there too long."""
        kept = cache.get(self._key(number))
        return Upload(*kept) if kept else None

    def claim(self, number: UUID) -> bool:
        """For one request: whoever presses twice imports once."""
        return cache.add(f"{self._key(number)}:claimed", value=True, timeout=CLAIMED_SECONDS)

    def release(self, number: UUID) -> None:
        """Nothing was done: it may be confirmed again."""
        cache.delete(f"{self._key(number)}:claimed")

    def forget(self, number: UUID) -> None:
        cache.delete(self._key(number))

    def _key(self, number: UUID) -> str:
        return f"exchange:{self.label}:{self.owner.pk}:{number}"
