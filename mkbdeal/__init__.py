"""The composition root: settings, routes and commands. It imports every app and no app imports it."""
