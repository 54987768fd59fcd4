"""Template tags of the pages that every app shares; what one app shows is prepared in that app."""
