"""Every link of the built site leads somewhere; those into the service are the service's own matter."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from tests.site.pages import Page, pages, read

SERVICE = ("/learn/", "/suggestions/")
_ADDRESSES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))


def link_findings(site: Path, found: list[Page]) -> list[str]:
    """Every address of these pages that leads to no file or to no anchor of its page."""
    anchors = {page.path: page.ids for page in found}
    lines = []
    for page in found:
        for tag, name in _ADDRESSES:
            for values in page.all(tag):
                reason = _wrong(site, anchors, page.path, values.get(name))
                if reason:
                    lines.append(f"{page.path}: {values[name]}: {reason}")
    return lines


def _wrong(site: Path, anchors: dict[str, set[str]], path: str, address: str | None) -> str | None:
    if address is None or urlsplit(address).scheme in ("http", "https"):
        return None
    if urlsplit(address).scheme or address.startswith("/"):
        return "not relative, so no sub-path is possible"
    target = urlsplit(urljoin(path, address))
    if target.path.startswith(SERVICE):
        return None
    file = site / unquote(target.path).lstrip("/")
    if target.path.endswith("/"):
        if not (file / "index.html").is_file():
            return "no such page"
        if target.fragment and unquote(target.fragment) not in anchors[target.path]:
            return "no such anchor"
        return None
    return None if file.is_file() else "no such file"


def test_every_link_leads_somewhere(site: Path) -> None:
    found = pages(site)
    assert sum(len(page.all("a")) for page in found) > 1000
    assert link_findings(site, found) == []


def test_dead_links_and_anchors_are_named(tmp_path: Path) -> None:
    html = '<a href="../b/">1</a><a href="#x">2</a><a href="../learn/">3</a><script src="x.js"></script><a href="/a/">4'
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(html, encoding="utf-8")
    lines = link_findings(tmp_path, pages(tmp_path))
    assert [line.rsplit(": ", 1)[1] for line in lines] == [
        "no such page",
        "no such anchor",
        "not relative, so no sub-path is possible",
        "no such file",
    ]


def test_the_page_for_a_wrong_address_leads_back(site: Path) -> None:
    page = read((site / "404.html").read_text(encoding="utf-8"))
    assert page.language == "zh-CN"
    assert len(page.all("h1")) == 1
    for link in page.all("a"):
        assert link["href"].startswith("/"), "it is shown at any depth, so its links begin at the root"
        assert (site / link["href"].lstrip("/") / "index.html").is_file()
    assert [form["action"] for form in page.all("form")] == ["/search/", "/en/search/"]
