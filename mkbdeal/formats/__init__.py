"""How dates and times are written where a page does not say it: in the lists of the back office."""
