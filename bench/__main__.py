"""All measurements, one table. The order: what needs a quiet machine first."""

from bench import lists, pages, previews, sign_ups, start, weight
from bench.table import run

run(pages.measure, lists.measure, sign_ups.measure, weight.measure, previews.measure, start.measure)
