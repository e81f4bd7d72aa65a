"""A measured figure beside its bound, and the measuring: A B A B in one run, medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

Action = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """What was measured, beside what it is held against; `bound` is a ratio, or nothing for a line that only informs."""

    name: str
    ours: float
    bare: float
    bound: float | None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the bare figure ours is."""
        return self.ours / self.bare

    @property
    def verdict(self) -> str:
        """Whether the bound is kept, in a word."""
        if self.bound is None:
            return "-"
        return "within" if self.ratio <= self.bound else "OVER"


def print_table(figures: Sequence[Figure]) -> None:
    """One line a figure: measured, bare, ratio, bound, within or over."""
    wide = max(len(one.name) for one in figures)
    print(f"{'figure':{wide}}  {'ours':>11}  {'bare':>11}  {'ratio':>6}  {'bound':>6}  verdict")
    for one in figures:
        bound = f"{one.bound:.2f}" if one.bound is not None else "-"
        ours, bare = f"{one.ours:.2f} {one.unit}", f"{one.bare:.2f} {one.unit}"
        print(f"{one.name:{wide}}  {ours:>11}  {bare:>11}  {one.ratio:6.2f}  {bound:>6}  {one.verdict}")
    over = [one.name for one in figures if one.verdict == "OVER"]
    print(f"over the bound: {', '.join(over)}" if over else "every figure is within its bound")


def interleaved(ours: Iterator[Action], bare: Iterator[Action], rounds: int, block: int) -> tuple[float, float]:
    """The medians, in milliseconds, of two streams of actions taken in turn, `block` of each a round."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for stream, times in zip((ours, bare), taken, strict=True):
            for _ in range(block):
                action = next(stream)
                with _timed(times):
                    action()
    return statistics.median(taken[0]), statistics.median(taken[1])


@contextmanager
def _timed(times: list[float]) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    times.append((time.perf_counter() - begun) * 1000)
