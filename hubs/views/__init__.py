"""The public catalogue pages, one noun a file. A view parses, asks, and answers."""
