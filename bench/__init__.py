"""The measurements of the speed and size bars, one command each: `python -m bench.pages`; all: `python -m bench`.

Everything is measured from outside, on real servers in a data folder of its own, as ratios side by side in one run.
"""
