"""What comes from elsewhere is pinned by digest: locked packages, and files copied into the tree."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.guards.project import ROOT, finding, write

LOCKS = ("requirements.lock", "requirements-dev.lock")
SUMS = "SHA256SUMS"
PINNED = re.compile(r"^[a-zA-Z0-9][\w.-]*(\[[\w,-]+\])?==\S+( ; .+)? \\$")
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$")


def lock_findings(root: Path, names: tuple[str, ...] = LOCKS) -> list[str]:
    """Every line of a lock file that is not a pinned package, one of its hashes or a remark without an address."""
    found = []
    for name in names:
        before = ""
        for number, line in enumerate((root / name).read_text(encoding="utf-8").splitlines(), start=1):
            if "://" in line or line.startswith("-"):
                found.append(f"{name}:{number}: names a host or an option")
            elif not (PINNED.match(line) or HASH.match(line) or line.lstrip().startswith("#")):
                found.append(f"{name}:{number}: is no pinned package with hashes")
            elif PINNED.match(before) and not HASH.match(line):
                found.append(f"{name}:{number - 1}: has no hash")
            before = line
    return found


def vendored_findings(root: Path) -> list[str]:
    """Every file of a folder ``vendor`` that differs from the digest recorded beside it, or has none."""
    found = []
    folders = [path for top in ("quiz_app", "docs") for path in sorted((root / top).rglob("vendor")) if path.is_dir()]
    for folder in folders:
        sums = folder / SUMS
        recorded = dict(_sums(sums)) if sums.is_file() else {}
        held = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        for name in sorted(recorded.keys() | held.keys() - {SUMS}):
            path = held.get(name)
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path else None
            if digest is None or recorded.get(name) != digest:
                found.append(finding(root, folder / name, None, f"differs from {SUMS}"))
    return found


def _sums(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(name, digest) for digest, name in (line.split("  ", 1) for line in lines)]


def test_lock_files_carry_hashes_and_name_no_host() -> None:
    assert lock_findings(ROOT) == []


def test_loose_lines_of_a_lock_file_are_named(tmp_path: Path) -> None:
    digest = f"    --hash=sha256:{'0' * 64}"
    lines = [
        "--index-url https://mirror.example/",
        "flask==3.1.0 \\",
        "    # via x",
        "jinja2>=3",
        "click==8.1 \\",
        digest,
    ]
    write(tmp_path, "a.lock", "\n".join(lines))
    assert [line.split(": ")[0] for line in lock_findings(tmp_path, ("a.lock",))] == [
        "a.lock:1",
        "a.lock:2",
        "a.lock:4",
    ]


def test_copied_files_are_those_that_were_recorded() -> None:
    assert vendored_findings(ROOT) == []


def test_changed_or_unrecorded_copies_are_named(tmp_path: Path) -> None:
    right = hashlib.sha256(b"a {}").hexdigest()
    folder = "docs/assets/vendor"
    for name, content in (("right.css", "a {}"), ("changed.css", "b {}"), ("unknown.css", "c {}")):
        write(tmp_path, f"{folder}/{name}", content)
    write(tmp_path, f"{folder}/{SUMS}", "".join(f"{right}  {name}.css\n" for name in ("right", "changed", "gone")))
    names = [line.split(": ")[0].rsplit("/", 1)[1] for line in vendored_findings(tmp_path)]
    assert names == ["changed.css", "gone.css", "unknown.css"]
