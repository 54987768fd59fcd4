"""The back office of partners, schools and accounts."""

from partners.admin import accounts, partners, schools, sign_in

__all__ = ["accounts", "partners", "schools", "sign_in"]
