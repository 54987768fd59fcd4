"""The back office of hubs, programmes, dates and education levels."""

from hubs.admin import activities, hubs, levels, programmes

__all__ = ["activities", "hubs", "levels", "programmes"]
