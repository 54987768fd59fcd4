"""How high every stop of the horizontal map lies."""

from __future__ import annotations

from collections.abc import Sequence

from hubs.pathway import lettering
from hubs.pathway.horizontal.node import COLUMNS, SCALE, SNAP, TAIL, Node
from hubs.pathway.network import Route, Stage


def place(nodes: dict[str, Node], routes: Sequence[Route]) -> None:
    """Rows: secondary schools set the grid, the others lie at the middle of where their travellers come from or go to.
    Rows: secondary schools set the grid, the others lie at the middle of where their travellers come from or go to."""
    grid = [node for node in nodes.values() if node.stop.stage is Stage.SECONDARY]
    _stack(grid, [0.0] * len(grid))
    for stages in ((Stage.HIGHER, Stage.MBO), (Stage.POST_INITIAL,)):
        column = [node for node in nodes.values() if node.stop.stage in stages]
        _stack(
            column,
            [_middle(nodes, [r.from_key for r in routes if r.to_key == node.stop.key], stages) for node in column],
        )
    higher = [node for node in nodes.values() if node.stop.stage is Stage.HIGHER]
    post = [node for node in nodes.values() if node.stop.stage is Stage.POST_INITIAL]
    for upper, lower in zip(higher[-1:], post[:1], strict=False):
        push = max(0.0, upper.y + upper.half_height + 16 + lower.above - lower.y)
        for node in post:
            node.y += push
    first = [node for node in nodes.values() if node.stop.stage is Stage.PRIMARY]
    _stack(first, [_middle(nodes, [r.to_key for r in routes if r.from_key == node.stop.key], ()) for node in first])
    late = [node for node in nodes.values() if node.stop.stage is Stage.LATERAL]
    others = [node.y + node.half_height for node in nodes.values() if node not in late]
    _stack(late, [max(others, default=0) + 60 + node.above for node in late])
    _slide(late, post or [node for node in nodes.values() if node.stop.stage is Stage.MBO])
    top = min((node.y - node.above for node in nodes.values()), default=0)
    for node in nodes.values():
        node.y = round(node.y - top + 6)


def _slide(late: Sequence[Node], goals: Sequence[Node]) -> None:
    """Let those who step in later begin where their way up to the lowest goal can slant at 45 degrees.

    The last one lies on that slant; the others to the left of it, with room for their name.
    """
    if not late or not goals:
        return
    goal = max(goals, key=lambda node: node.y)
    for node in late:
        aside = 0.0
        if node is not late[-1]:
            aside = max(lettering.width(line, SCALE.font) for line in node.name) + node.below + 20
        node.x = min(
            COLUMNS[Stage.MBO],
            max(COLUMNS[Stage.PRIMARY] + TAIL, goal.x - SCALE.radius - 12 - (node.y - goal.y) - aside),
        )


def _middle(nodes: dict[str, Node], keys: Sequence[str], but: tuple[Stage, ...]) -> float:
    """Halfway the outermost of these stops; where one of them is near, at that one, so that its track runs straight."""
    placed = [nodes[key].y for key in keys if key in nodes and nodes[key].stop.stage not in (*but, Stage.LATERAL)]
    if not placed:
        return 0.0
    middle = (min(placed) + max(placed)) / 2
    nearest = min(placed, key=lambda y: abs(y - middle))
    return nearest if abs(nearest - middle) < SNAP else middle


def _stack(column: Sequence[Node], wanted: Sequence[float]) -> None:
    """Put each node where it wants to be, but below the one before it; then shift the whole so that the error is even.
    Put each node where it wants to be, but below the one before it; then shift the whole so that the error is even."""
    for index, (node, y) in enumerate(zip(column, wanted, strict=True)):
        node.y = y
        if index:
            before = column[index - 1]
            node.y = max(y, before.y + before.below + 16 + node.above)
    if column and column[0].stop.stage is not Stage.LATERAL:
        error = sum(node.y - y for node, y in zip(column, wanted, strict=True)) / len(column)
        for node in column:
            node.y -= error
