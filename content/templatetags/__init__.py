"""Template tags of content."""
