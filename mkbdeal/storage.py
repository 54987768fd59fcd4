"""How static files are stored: under a name that changes with their content, so browsers may keep them for a year."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns: Any) -> tuple[Any, ...]:
    """Libraries name source maps that we don't serve; their references stay as they are."""
    kept = []
    for extension, rules in patterns:
        names = [(rule if isinstance(rule, str) else rule[0], rule) for rule in rules]
        kept.append((extension, tuple(rule for name, rule in names if "sourceMappingURL" not in name)))
    return tuple(kept)


PATTERNS: Final = _without_source_maps(HashedFilesMixin.patterns)
VISITORS: Final = ("css/", "js/", "img/", "django_htmx/htmx-2.min")


class PlainStorage(ManifestStaticFilesStorage):
    """For the embedded default: quick to collect, since only what visitors fetch is compressed, not the back office."""

    patterns = PATTERNS

    def post_process(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """Writes gzip and brotli beside our own files; those of an earlier start have the same content."""
        compressor = Compressor(quiet=True)
        for name, stored_name, processed in super().post_process(*args, **kwargs):
            yield name, stored_name, processed
            if stored_name and name.startswith(VISITORS) and compressor.should_compress(name):
                path = self.path(stored_name)
                if not Path(f"{path}.br").exists():
                    list(compressor.compress(path))


class CompressedStorage(CompressedManifestStaticFilesStorage):
    """For production: also writes gzip and brotli."""

    patterns = PATTERNS
