"""What `serve` does: the steps before the start (preparation) and the processes after it (children)."""
