"""Pages of the partners, and of their staff about themselves."""
