"""Journeys of a visitor through the real portal in a real browser. Its own database, its own web server, no mocks."""
