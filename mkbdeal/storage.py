"""How static files are stored: under a name that changes with their content, so browsers may keep them for a year."""

from typing import Any, Final

from django.contrib.staticfiles.storage import HashedFilesMixin, ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_source_maps(patterns: Any) -> tuple[Any, ...]:
    """Libraries name source maps that we don't serve; their references stay as they are."""
    kept = []
    for extension, rules in patterns:
        names = [(rule if isinstance(rule, str) else rule[0], rule) for rule in rules]
        kept.append((extension, tuple(rule for name, rule in names if "sourceMappingURL" not in name)))
    return tuple(kept)


PATTERNS: Final = _without_source_maps(HashedFilesMixin.patterns)


class PlainStorage(ManifestStaticFilesStorage):
    """For the embedded default: quick to collect."""

    patterns = PATTERNS


class CompressedStorage(CompressedManifestStaticFilesStorage):
    """For production: also writes gzip and brotli."""

    patterns = PATTERNS
