"""Pages of signing up: each reads the request, asks the domain once, and answers."""
