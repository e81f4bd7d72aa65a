"""Files are replaced whole and together; whatever fails, the old ones stand and nothing is left lying about."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz_app.adapters.whole_files import copy_with, new_file, replace_files


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two files with their old content."""
    paths = [tmp_path / "one.yml", tmp_path / "two.yml"]
    for path in paths:
        path.write_bytes(b"old")
        path.chmod(0o640)
    return paths


def contents(paths: list[Path]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def test_all_files_get_their_content_and_keep_their_rights(files: list[Path]) -> None:
    replace_files({path: path.name.encode() for path in files})
    assert contents(files) == [b"one.yml", b"two.yml"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o640}
    assert sorted(files[0].parent.iterdir()) == files


def test_a_file_named_by_a_link_is_replaced_where_it_lies(files: list[Path], tmp_path: Path) -> None:
    link = tmp_path / "link.yml"
    link.symlink_to(files[0])
    replace_files({link: b"new"})
    assert link.is_symlink()
    assert files[0].read_bytes() == b"new"


def test_if_one_cannot_be_written_beside_none_is_replaced(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        replace_files({files[0]: b"new", tmp_path / "gone" / "three.yml": b"new"})
    assert contents(files) == [b"old", b"old"]
    assert sorted(tmp_path.iterdir()) == files


def test_if_one_cannot_be_put_in_place_the_others_come_back(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Path.replace

    def only_one(self: Path, target: Path) -> Path:
        if self.read_bytes() == b"new" and target.name == "two.yml":
            raise OSError("disk full")
        return put(self, target)

    monkeypatch.setattr(Path, "replace", only_one)
    with pytest.raises(OSError, match="disk full"):
        replace_files(dict.fromkeys(files, b"new"))
    assert contents(files) == [b"old", b"old"]
    assert sorted(tmp_path.iterdir()) == files


def test_a_file_that_is_there_is_not_written_over(files: list[Path]) -> None:
    with pytest.raises(FileExistsError):
        new_file(files[0], b"new")
    assert contents(files) == [b"old", b"old"]


def test_a_copy_reads_differently_and_is_gone_afterwards(files: list[Path], tmp_path: Path) -> None:
    with copy_with(tmp_path, {"two.yml": b"new"}) as copy:
        assert (copy.name, contents([copy / "one.yml", copy / "two.yml"])) == (tmp_path.name, [b"old", b"new"])
    assert not copy.exists()
    assert contents(files) == [b"old", b"old"]
