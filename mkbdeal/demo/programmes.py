"""Invented programmes, made of offers and words. They lead on along the real progression routes."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from django.utils.html import escape
from django.utils.text import slugify

from content.models import PublicationState
from hubs.models import Phase, Programme, ProgrammeKind, Progression, Track
from mkbdeal.demo import words
from mkbdeal.demo.chance import uuid_from
from mkbdeal.demo.offers import Offer
from mkbdeal.demo.words import Text

TRACKS = (Track.BBL, Track.BBL, Track.BOL)
MOST_LETTERS = 120  # of a title; long names of theme and levels together may be more
HIDDEN_EACH = 25  # so many programmes, one is not public: the back office has something in every state
HIDDEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.EXPIRED)


def make_programmes(offers: Sequence[Offer], chance: Random) -> list[Programme]:
    """Unsaved example programmes, one for each offer in the same order."""
    times: defaultdict[Offer, int] = defaultdict(int)
    programmes = []
    for index, offer in enumerate(offers):
        times[offer] += 1
        programmes.append(_make_programme(index, offer, times[offer], chance))
    return programmes


def _make_programme(index: int, offer: Offer, time: int, chance: Random) -> Programme:
    theme = Text(offer.theme.name, offer.theme.name_en or offer.theme.name)
    title = words.TITLES[offer.kind].fill(theme=theme, level=offer.whom)
    if time > 1:
        title = words.REPEATED.fill(title=title, number=Text(str(time), str(time)))
    small = Text(_uncapitalised(theme.nl), _uncapitalised(theme.en))
    summary = words.SUMMARIES[offer.kind].fill(theme=small)
    body = words.BODY.fill(theme=Text(escape(small.nl), escape(small.en)))
    hidden = index % HIDDEN_EACH == HIDDEN_EACH - 1
    return Programme(
        uuid=uuid_from(chance),
        hub=offer.hub,
        slug=f"voorbeeld-{index + 1}-{slugify(title.nl)}"[:80].rstrip("-"),
        kind=offer.kind,
        title=title.nl[:MOST_LETTERS],
        title_en=title.en[:MOST_LETTERS],
        summary=summary.nl,
        summary_en=summary.en,
        body=body.nl,
        body_en=body.en,
        preparation=words.PREPARATION.nl,
        preparation_en=words.PREPARATION.en,
        clothing=words.CLOTHING.nl,
        clothing_en=words.CLOTHING.en,
        audiences=[offer.audience],
        phases=[Phase.INITIAL if offer.levels else Phase.POST_INITIAL],
        track=chance.choice(TRACKS) if offer.kind == ProgrammeKind.VOCATIONAL else "",
        state=HIDDEN_STATES[index // HIDDEN_EACH % len(HIDDEN_STATES)] if hidden else PublicationState.PUBLISHED,
        is_example=True,
    )


def _uncapitalised(name: str) -> str:
    """ "lassen", but "3D-printen" and "ICT" """
    return name if name[:2].isupper() or not name[:1].isalpha() else name[:1].lower() + name[1:]


def make_steps(
    offers: Sequence[Offer], programmes: Sequence[Programme], chance: Random
) -> list[tuple[Programme, Programme]]:
    """From each programme to at most two of the same theme at a level that its own levels lead to."""
    onward: defaultdict[int, set[int]] = defaultdict(set)
    for route in Progression.objects.all():
        onward[route.from_level_id].add(route.to_level_id)
    steps = []
    for offer, programme in zip(offers, programmes, strict=True):
        own = {level.pk for level in offer.levels}
        reached = set().union(*(onward[level] for level in own)) - own
        following = [
            other
            for next_offer, other in zip(offers, programmes, strict=True)
            if next_offer.theme == offer.theme and reached & {level.pk for level in next_offer.levels}
        ]
        steps += [(programme, other) for other in chance.sample(following, min(2, len(following)))]
    return steps
