"""The back office of content, and the base classes of every back office page above."""

from content.admin import office, review

__all__ = ["office", "review"]
