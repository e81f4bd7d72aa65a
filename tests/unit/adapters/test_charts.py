"""Bars show what the table beside them says, and carry no style or script."""

from __future__ import annotations

from xml.etree import ElementTree

from quiz_app.adapters.charts import BAR_WIDTH, bars
from quiz_app.domain.document import Share


def test_a_bar_is_as_long_as_its_share_and_an_empty_whole_has_none() -> None:
    chart = bars("c", "t", "d", [Share("甲", 1, 4, "1/4"), Share("乙", 0, 0, "—")])
    parts = [one for one in ElementTree.fromstring(chart).iter("rect") if one.get("class") == "chart-part"]  # noqa: S314 - our own text
    assert [one.get("width") for one in parts] == [str(BAR_WIDTH // 4), "0"]


def test_the_chart_has_a_title_a_description_and_no_style() -> None:
    chart = bars("c", "完成 <情况>", "d", [Share("a<b", 1, 1, "1 & 1")])
    assert "style" not in chart
    assert "完成 &lt;情况&gt;" in chart
    assert 'aria-labelledby="c-title c-text"' in chart
    assert "a&lt;b" in chart
