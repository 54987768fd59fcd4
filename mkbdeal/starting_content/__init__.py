"""Loads the YAML files in the folders `starting` into an empty or older database, once. What the files say is theirs; nothing about a model's meaning lives here."""
