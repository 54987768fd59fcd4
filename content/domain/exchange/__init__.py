"""Lists as files that Excel opens, and files as changes to rows: reading, comparing, applying. Knows no model."""
