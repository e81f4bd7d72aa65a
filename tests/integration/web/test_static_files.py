"""Files of the built site come with their own type and the headers of the site."""

from __future__ import annotations

import json
from pathlib import Path

from werkzeug.test import Client
from werkzeug.wrappers import Response

from quiz_app.web.static_files import with_static_files

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_word_file_is_served_as_one(tmp_path: Path) -> None:
    for folder in ("forms", "en/forms"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "facts.docx").write_bytes(b"PK word")
    (tmp_path / "_headers.json").write_text(json.dumps({"*": {"Referrer-Policy": "same-origin"}}), encoding="utf-8")
    client = Client(with_static_files(Response("the service", status=404), tmp_path))
    for address in ("/forms/facts.docx", "/en/forms/facts.docx"):
        with client.get(address, headers={"Accept-Encoding": "br, gzip"}) as answer:
            data = answer.data
        assert answer.status_code == 200
        assert data == b"PK word"
        assert answer.headers["Content-Type"] == WORD
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Content-Encoding" not in answer.headers
    assert client.get("/forms/none.docx").data == b"the service"
