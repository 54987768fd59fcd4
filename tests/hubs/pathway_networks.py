"""The networks that the tests of the pathway map draw: the real one, and what may come. Plain data."""

from __future__ import annotations

from dataclasses import replace

from hubs.pathway.network import WORK, Line, Network, Route, Stage, Stop, build_network

W, N, M = "technohub-woerden", "make-center-nieuwegein", "makerspace-mijdrecht"
LONG = "Gemengde leerweg met voorzieningen"

LINES = (
    Line(W, "W", "Technohub Woerden", "orange", f"/hubs/{W}/"),
    Line(N, "N", "M.A.K.E. Center Nieuwegein", "blue", f"/hubs/{N}/"),
    Line(M, "M", "Makerspace Mijdrecht", "green", f"/hubs/{M}/"),
)


def stop(
    key: str, name: str, stage: Stage, position: int, counts: dict[str, int], note: str = "", *, works: bool = False
) -> Stop:
    return Stop(key, name, note, stage, position, f"/leerlijn/{key}/", counts, frozenset(counts), ends_in_work=works)


STOPS: tuple[Stop, ...] = (
    stop("basis", "Basisonderwijs", Stage.PRIMARY, 1, {W: 2, M: 2}, "groep 1-8"),
    stop("pro", "Praktijkonderwijs", Stage.SECONDARY, 0, {}, works=True),
    stop("vmbo", "Vmbo", Stage.SECONDARY, 1, {W: 3}, "basis, kader, gemengd"),
    stop("mavo", "Mavo", Stage.SECONDARY, 2, {W: 1, M: 2}, "vmbo-tl"),
    stop("havo", "Havo", Stage.SECONDARY, 3, {W: 1, M: 2}),
    stop("vwo", "Vwo", Stage.SECONDARY, 4, {W: 1, M: 2}),
    stop("mbo", "Mbo", Stage.MBO, 1, {N: 3}, works=True),
    stop("post", "Post-initieel mbo", Stage.POST_INITIAL, 1, {N: 2}, "leren naast je werk", works=True),
    stop("hbo", "hbo, wo", Stage.HIGHER, 1, {}, works=True),
    stop("zij", "Zij-instromers", Stage.LATERAL, 1, {W: 1}, "van een ander vak naar techniek", works=True),
)

ROUTES = tuple(
    Route(start, end)
    for start, ends in {
        "basis": "pro vmbo mavo havo vwo",
        "pro": "mbo",
        "vmbo": "mbo",
        "mavo": "mbo havo",
        "havo": "mbo hbo vwo",
        "vwo": "hbo",
        "mbo": "post hbo",
        "zij": "post",
    }.items()
    for end in ends.split()
)


def network(
    stops: tuple[Stop, ...] = STOPS, lines: tuple[Line, ...] = LINES, routes: tuple[Route, ...] = ROUTES
) -> Network:
    return build_network(stops, lines, routes)


def served(stops: tuple[Stop, ...], hub: str, keys: str, count: int = 1) -> tuple[Stop, ...]:
    """The same stops, with one more hub at some of them."""
    return tuple(
        replace(s, counts={**s.counts, hub: count}, served=s.served | {hub}) if s.key in keys.split() else s
        for s in stops
    )


X = Line("werkplaats-x", "X", "Werkplaats X", "purple", "/hubs/werkplaats-x/")
Y = Line("werkplaats-y", "Y", "Werkplaats Y", "teal", "/hubs/werkplaats-y/")
Z = Line("werkplaats-z", "Z", "Werkplaats Z", "magenta", "/hubs/werkplaats-z/")
EVERYWHERE = "basis vmbo mavo havo vwo mbo post zij"


def _fourth() -> Network:
    return network(served(STOPS, X.slug, "vmbo mbo zij"), (*LINES, X))


def _fifth() -> Network:
    return network(served(served(STOPS, X.slug, "vmbo mbo zij"), Y.slug, "basis vwo hbo post"), (*LINES, X, Y))


def _everywhere() -> Network:
    return network(served(STOPS, X.slug, EVERYWHERE, 12), (*LINES, X))


def _six_everywhere() -> Network:
    stops = STOPS
    for line in (*LINES, X, Y, Z):
        stops = served(stops, line.slug, EVERYWHERE, 7)
    return network(stops, (*LINES, X, Y, Z))


def _level(stage: Stage, near: str, ends: str, hubs: dict[str, int], name: str = "Nieuw niveau") -> Network:
    """One more level in a stage, reached from `near` (none for a first school) and going on to `ends`."""
    new = stop("nieuw", name, stage, 0, hubs)
    starts = [Route(key, "nieuw") for key in near.split()]
    return network((*STOPS, new), LINES, (*ROUTES, *starts, *(Route("nieuw", key) for key in ends.split())))


def _all_stages(name: str = "Nieuw niveau") -> Network:
    new = [stop(f"nieuw-{stage.value}", name, stage, 9, {W: 4, N: 4}) for stage in Stage]
    ends = {
        0: "vmbo nieuw-1",
        1: "nieuw-3 nieuw-5 mbo",
        2: "nieuw-4 post work",
        3: "nieuw-4 post work",
        4: "work",
        5: "work",
    }
    more = [Route(f"nieuw-{value}", key) for value, keys in ends.items() for key in keys.split()]
    return network((*STOPS, *new), LINES, (*ROUTES, *more))


NETWORKS: dict[str, Network] = {
    "default": network(),
    "fourth-hub": _fourth(),
    "fifth-hub": _fifth(),
    "hub-everywhere": _everywhere(),
    "six-hubs-everywhere": _six_everywhere(),
    "hub-nowhere": network(STOPS, (*LINES, X)),
    "new-primary": _level(Stage.PRIMARY, "", "vmbo mavo", {W: 1}),
    "new-secondary": _level(Stage.SECONDARY, "basis", "mbo", {M: 1, W: 1}),
    "new-mbo": _level(Stage.MBO, "vmbo", "post work", {N: 1}),
    "new-post": _level(Stage.POST_INITIAL, "mbo", "work", {N: 1}),
    "new-higher": _level(Stage.HIGHER, "vwo", "work", {M: 1}),
    "new-lateral": _level(Stage.LATERAL, "", "post work", {M: 1}),
    "new-in-all": _all_stages(),
    "long-names": network(tuple(replace(s, name=LONG) for s in STOPS)),
    "long-new-in-all": _all_stages(LONG),
    "forty-programmes": network(
        tuple(replace(s, counts={slug: n + 140 for slug, n in s.counts.items()}) for s in STOPS)
    ),
    "no-programmes-yet": network(tuple(replace(s, counts={}) for s in STOPS)),
    "no-routes": network(STOPS, LINES, ()),
    "one-stop": network(STOPS[:1], LINES, ()),
    "empty": network((), (), ()),
    "only-work": network(STOPS, (), (Route("vwo", WORK),)),
}
