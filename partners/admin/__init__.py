"""The back office of partners, schools and accounts."""

from partners.admin import accounts, partners, schools

__all__ = ["accounts", "partners", "schools"]
