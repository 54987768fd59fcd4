"""Loads the YAML files in the folders `starting` into an empty or older database, each row once.

The texts and facts are in those files; what a model means is in the model. Neither lives here.
"""
