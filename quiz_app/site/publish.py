"""After MkDocs: leave out what nobody needs, work out the security headers, compress."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import brotli
from whitenoise.compress import Compressor

HEADERS_FILE = "_headers.json"
_COMPRESSED_ALREADY = ("pf_fragment", "pf_index", "pf_meta", "pagefind", "docx")
_UNNEEDED = ("sitemap.xml", "sitemap.xml.gz")
_UNNEEDED_FOLDERS = ("images", "javascripts")


def prune_site(site: Path) -> None:
    """Remove the theme's own scripts, source maps and what only a public host would want."""
    for name in _UNNEEDED:
        (site / name).unlink(missing_ok=True)
    for file in [*site.rglob("*.map"), *(site / "assets" / "stylesheets").glob("palette.*")]:
        file.unlink(missing_ok=True)
    for folder in _UNNEEDED_FOLDERS:
        shutil.rmtree(site / "assets" / folder, ignore_errors=True)
    for file in (site / "assets" / "stylesheets").glob("*.css"):
        lines = file.read_text(encoding="utf-8").splitlines()
        file.write_text("\n".join(line for line in lines if "sourceMappingURL=" not in line), encoding="utf-8")


def write_headers(site: Path) -> None:
    """Write the headers every static page needs, with the digest of each inline script there is."""
    policy = content_security_policy(_inline_hashes(site))
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    text = json.dumps({"*": headers}, ensure_ascii=False, indent=1)
    (site / HEADERS_FILE).write_text(text, encoding="utf-8")


def content_security_policy(scripts: list[str]) -> str:
    """The policy of the static pages: nothing from elsewhere, no inline style, only the known inline scripts.

    WebAssembly is the search engine; data images are the icons of the theme's style sheet.
    """
    allowed = " ".join(["'self'", "'wasm-unsafe-eval'", *scripts])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {allowed}",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


def compress_site(site: Path) -> None:
    """Write a gzip and a brotli copy beside every file that gets smaller by it."""
    compressor = Compressor(extensions=(*Compressor.SKIP_COMPRESS_EXTENSIONS, *_COMPRESSED_ALREADY), quiet=True)
    # The highest quality takes almost three times as long, half of the whole build, to save 2 % of size.
    compressor.compress_brotli = partial(brotli.compress, quality=10)
    files = [str(file) for file in sorted(site.rglob("*")) if file.is_file()]
    wanted = [name for name in files if compressor.should_compress(name) and not name.endswith(HEADERS_FILE)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(lambda name: list(compressor.compress(name) or ()), wanted):
            pass


def _inline_hashes(site: Path) -> list[str]:
    hashes: set[str] = set()
    for page in site.rglob("*.html"):
        reader = _InlineScripts()
        reader.feed(page.read_text(encoding="utf-8"))
        hashes |= {_hash(script) for script in reader.found}
    return sorted(hashes)


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class _InlineScripts(HTMLParser):
    """Collects the text of scripts that run and have no address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        data = values.get("type") not in (None, "", "module", "text/javascript")
        self._open = tag == "script" and "src" not in values and not data
        if self._open:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = False
