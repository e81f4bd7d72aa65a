"""Charts as inline SVG made on the server, without style attributes or script; the table beside has the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..domain.document import Share

WIDTH = 340
BAR_WIDTH = 260
BAR_HEIGHT = 16
ROW_HEIGHT = 54
LABEL_LINE = 18


def bars(chart_id: str, title: str, description: str, rows: Sequence[Share]) -> str:
    """Horizontal bars in the given order, each as long as its share of its whole; the order is never by size.

    The label stands above its bar, so that the chart is as wide as a phone and its text keeps its size.
    """
    body = "".join(_bar(number * ROW_HEIGHT, row) for number, row in enumerate(rows))
    return (
        f'<svg class="chart" role="img" viewBox="0 0 {WIDTH} {len(rows) * ROW_HEIGHT}" '
        f'aria-labelledby="{chart_id}-title {chart_id}-text">'
        f'<title id="{chart_id}-title">{escape(title)}</title>'
        f'<desc id="{chart_id}-text">{escape(description)}</desc>{body}</svg>'
    )


def _bar(top: int, row: Share) -> str:
    bar = top + LABEL_LINE + 8
    length = BAR_WIDTH * row.part // row.whole if row.whole else 0
    return (
        f'<text class="chart-label" x="0" y="{top + LABEL_LINE}">{escape(row.label)}</text>'
        f'<rect class="chart-whole" x="0" y="{bar}" width="{BAR_WIDTH}" height="{BAR_HEIGHT}"/>'
        f'<rect class="chart-part" x="0" y="{bar}" width="{length}" height="{BAR_HEIGHT}"/>'
        f'<text class="chart-value" x="{BAR_WIDTH + 8}" y="{bar + BAR_HEIGHT - 2}">{escape(row.words)}</text>'
    )
