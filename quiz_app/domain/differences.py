"""Whether two tables over the same people let a small group be worked out by taking rows from each other.

Adding rows of one table and taking away rows of the other gives a figure about a set of people
exactly when the rows taken away lie wholly inside the rows added. So the question is for which units
U the people of U outside the branches lying inside U are fewer than a least number. Those people are
what a cut through a network costs, in which every unit leads to its branches (as many people wide as
they share) and every branch back to all its units (of any width); so a largest flow answers it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

_Node = tuple[str, str]
_UNIT, _BRANCH = "unit", "branch"


class _Network:
    """Units and branches joined by the people they share."""

    def __init__(self, cells: Mapping[tuple[str, str], int]) -> None:
        self.width: dict[tuple[_Node, _Node], int] = {}
        self.beside: dict[_Node, list[_Node]] = defaultdict(list)
        for (unit_id, branch_id), people in sorted(cells.items()):
            if people:
                unit, branch = (_UNIT, unit_id), (_BRANCH, branch_id)
                self.width[unit, branch] = people
                self.beside[unit].append(branch)
                self.beside[branch].append(unit)

    def parts(self) -> Iterator[list[_Node]]:
        """The units of each part of the network that hangs together."""
        seen: set[_Node] = set()
        for node in sorted(self.beside):
            if node[0] == _UNIT and node not in seen:
                part = _reached(self.beside, node)
                seen |= part.keys()
                yield sorted(found for found in part if found[0] == _UNIT)

    def cut(self, source: _Node, sink: _Node, least: int) -> set[_Node] | None:
        """The near side of a cut that costs fewer than `least` people, or nothing when there is none."""
        spare = dict(self.width)
        flow = 0
        while flow < least:
            came_from = _reached(self.beside, source, spare)
            if sink not in came_from:
                return set(came_from)
            flow += _send(spare, came_from, sink, least)
        return None


def small_difference(cells: Mapping[tuple[str, str], int], least: int) -> frozenset[str] | None:
    """The branches to take from some units so that 1 to `least` - 1 people remain, or nothing when there are none.

    `cells` counts the people by (unit, branch); every unit and every branch has at least `least` people.
    """
    network = _Network(cells)
    for units in network.parts():
        first = units[0]
        for other in units[1:]:
            for source, sink in ((first, other), (other, first)):
                near = network.cut(source, sink, least)
                if near is not None:
                    return frozenset(name for kind, name in near if kind == _BRANCH)
    return None


def _reached(
    beside: Mapping[_Node, list[_Node]], source: _Node, spare: Mapping[tuple[_Node, _Node], int] | None = None
) -> dict[_Node, _Node]:
    came_from = {source: source}
    waiting = [source]
    for node in waiting:
        for next_node in beside[node]:
            closed = spare is not None and node[0] == _UNIT and spare[node, next_node] <= 0
            if next_node not in came_from and not closed:
                came_from[next_node] = node
                waiting.append(next_node)
    return came_from


def _send(spare: dict[tuple[_Node, _Node], int], came_from: Mapping[_Node, _Node], sink: _Node, least: int) -> int:
    path = []
    node = sink
    while came_from[node] != node:
        path.append((came_from[node], node))
        node = came_from[node]
    people = min([least, *(spare[step] for step in path if step in spare)])
    for near, far in path:
        if (near, far) in spare:
            spare[near, far] -= people
        else:
            spare[far, near] += people
    return people
