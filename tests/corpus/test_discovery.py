"""Discovery: which files of some folders are documents, and what is said of those that are not."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Root
from zhengce.corpus.sources.discovery import Discovered, discover

Put = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    return tmp_path / "texts"


@pytest.fixture
def put(folder: Path) -> Put:
    def write(name: str, text: str = "开行班列。\n") -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def ids(found: Discovered) -> list[str]:
    return [file.source.id for file in found.files]


def skipped(found: Discovered, folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): reason for path, reason in found.skipped}


def in_folder(folder: Path, *globs: str, follow: bool = False) -> Discovered:
    return discover([Root(folder, globs, follow=follow)])


# What is left out


@pytest.mark.parametrize("name", [".gitignore", ".zhengceignore"])
def test_what_an_ignore_file_says_is_left_out_without_a_word(folder: Path, put: Put, name: str) -> None:
    put(name, "# 草稿\n\n*.bak.txt\n/旧/\n草稿/*\n!草稿/留.txt\nnotes\n\\#a.txt\n尾.txt   \n")
    for each in ("a.txt", "a.bak.txt", "旧/b.txt", "新/旧/c.txt", "草稿/d.txt", "草稿/留.txt", "x/notes/e.txt"):
        put(each)
    put("#a.txt")
    put("尾.txt")
    found = in_folder(folder)
    assert ids(found) == ["a", "新/旧/c", "草稿/留"]
    assert found.skipped == ()


def test_ignore_files_below_say_more_of_their_folder(folder: Path, put: Put) -> None:
    put(".gitignore", "*.md\n")
    put("市/.gitignore", "/a.txt\n!b.md\n")
    for each in ("a.txt", "b.md", "市/a.txt", "市/b.md", "市/c.md", "市/区/a.txt", "省/a.txt"):
        put(each)
    assert ids(in_folder(folder)) == ["a", "市/b", "市/区/a", "省/a"]


def test_both_ignore_files_count_and_the_programs_own_comes_last(folder: Path, put: Put) -> None:
    put(".gitignore", "*.txt\n")
    put(".zhengceignore", "!a.txt\n*.md\n")
    for each in ("a.txt", "b.txt", "c.md", "d.text"):
        put(each)
    assert ids(in_folder(folder)) == ["a", "d"]


def test_what_is_in_an_ignored_folder_does_not_come_back(folder: Path, put: Put) -> None:
    put(".gitignore", "旧/\n!旧/a.txt\n")
    put("旧/a.txt")
    put("旧/.gitignore", "!*\n")
    put("b.txt")
    assert ids(in_folder(folder)) == ["b"]


def test_an_ignore_file_may_have_any_bytes(folder: Path, put: Put) -> None:
    put("a.txt")
    put("b.txt")
    (folder / ".gitignore").write_bytes(b"\xef\xbb\xbfb.txt\r\n\xff\xfe\n[\n[z-a]\n***x\n!\n\\\n")
    assert ids(in_folder(folder)) == ["a"]


@pytest.mark.parametrize("name", [".gitignore", "metadata.csv", "metadata.toml"])
def test_a_folder_or_a_pipe_of_the_name_is_none(folder: Path, put: Put, name: str) -> None:
    put("a.txt")
    put(f"one/{name}/c.txt")
    (folder / "two").mkdir()
    os.mkfifo(folder / "two" / name)
    found = in_folder(folder)
    assert ids(found) == ["a"] + ([] if name.startswith(".") else [f"one/{name}/c"])
    assert set(skipped(found, folder)) == (set() if name.startswith(".") else {f"two/{name}"})


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is kept from root")
@pytest.mark.parametrize("name", [".gitignore", "metadata.csv"])
def test_an_ignore_file_or_a_sidecar_that_cannot_be_read_is_named(folder: Path, put: Put, name: str) -> None:
    put(f"one/{name}", "*").chmod(0)
    put("one/a.txt")
    put("two/b.txt")
    found = in_folder(folder)
    assert ids(found) == ["one/a", "two/b"]
    assert "Permission denied" in skipped(found, folder)[f"one/{name}"]


def test_an_ignore_file_that_fails_to_be_read_is_named(folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("one/.gitignore", "*")
    put("one/a.txt")
    put("two/b.txt")
    read = Path.read_text

    def refuse(path: Path, *arguments: str, **options: str) -> str:
        if path.name == ".gitignore":
            raise PermissionError(13, "Permission denied")
        return read(path, *arguments, **options)

    monkeypatch.setattr(Path, "read_text", refuse)
    found = in_folder(folder)
    assert ids(found) == ["one/a", "two/b"]
    assert skipped(found, folder) == {"one/.gitignore": "cannot be read: Permission denied"}


def test_hidden_files_and_folders_are_left_out_unless_they_are_asked_for(folder: Path, put: Put) -> None:
    for each in (".a.txt", ".b/c.txt", "d/.e/f.txt", "g.txt"):
        put(each)
    assert ids(in_folder(folder)) == ["g"]
    assert in_folder(folder).skipped == ()
    assert ids(discover([Root(folder / ".b"), Root(folder / ".a.txt")])) == ["c", ".a"]


def test_globs_choose_among_the_files(folder: Path, put: Put) -> None:
    for each in ("a.md", "a.txt", "通知/b.txt", "通知/b.md", "旧/通知/c.txt", "旧/d.txt", "e.png"):
        put(each)
    assert ids(in_folder(folder, "*.md")) == ["a", "通知/b"]
    assert ids(in_folder(folder, "通知/")) == ["旧/通知/c", "通知/b", "通知/b.txt"]
    assert ids(in_folder(folder, "/通知/**")) == ["通知/b", "通知/b.txt"]
    assert ids(in_folder(folder, "*.txt", "!旧/**")) == ["a", "通知/b"]
    assert in_folder(folder, "*.md").skipped == (), "of what was not asked for, nothing is said"
    with pytest.raises(DocumentError, match="There is no document"):
        in_folder(folder, "*.docx")


@pytest.mark.parametrize("glob", ["!", "[z-a]"])
def test_a_glob_that_is_none_is_refused(folder: Path, put: Put, glob: str) -> None:
    put("a.txt")
    with pytest.raises(DocumentError, match="is not a pattern"):
        in_folder(folder, "*.txt", glob)


def test_globs_do_not_bring_back_what_is_ignored(folder: Path, put: Put) -> None:
    put(".gitignore", "a.txt\n")
    put("a.txt")
    put("b.txt")
    assert ids(in_folder(folder, "*.txt")) == ["b"]


def test_unknown_endings_are_named(folder: Path, put: Put) -> None:
    for each in ("a.TXT", "图.png", "none", "a.tar.gz", "dot."):
        put(each)
    found = in_folder(folder)
    assert ids(found) == ["a"]
    assert skipped(found, folder) == {
        "a.tar.gz": ".gz is not a format that the program reads",
        "dot.": "a file without a suffix is not a format that the program reads",
        "none": "a file without a suffix is not a format that the program reads",
        "图.png": ".png is not a format that the program reads",
    }


def test_pipes_sockets_and_devices_are_left_alone(folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    monkeypatch.chdir(folder)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.txt")
    found = in_folder(folder, follow=True)
    assert ids(found) == ["a"]
    assert skipped(found, folder) == dict.fromkeys(("pipe.txt", "socket.txt", "zero.txt"), "is not a file")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is kept from root")
def test_a_folder_that_cannot_be_read_is_named(folder: Path, put: Put) -> None:
    put("a.txt")
    closed = put("closed/b.txt").parent
    closed.chmod(0)
    try:
        found = in_folder(folder)
        assert ids(found) == ["a"]
        assert skipped(found, folder) == {"closed": "cannot be read: Permission denied"}
        with pytest.raises(DocumentError, match="closed cannot be read: Permission denied"):
            in_folder(closed)
    finally:
        closed.chmod(0o755)


def test_a_folder_that_fails_to_be_read_is_named(folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt")
    put("closed/b.txt")
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = in_folder(folder)
    assert ids(found) == ["a"]
    assert skipped(found, folder) == {"closed": "cannot be read: Permission denied"}
    with pytest.raises(DocumentError, match="closed cannot be read: Permission denied"):
        in_folder(folder / "closed")


def test_roots_that_are_not_there_are_refused(folder: Path, put: Put) -> None:
    put("a.txt")
    for path in (folder / "b", folder / "a.txt" / "c"):
        with pytest.raises(DocumentError, match=f"{path} cannot be read: "):
            discover([Root(folder), Root(path)])


# Links


def test_links_within_the_folder_are_files_and_folders_like_others(folder: Path, put: Put) -> None:
    put("a.txt")
    put("市/b.txt")
    (folder / "c.txt").symlink_to("a.txt")
    (folder / "省").symlink_to("市", target_is_directory=True)
    found = in_folder(folder)
    assert ids(found) == ["a", "c", "市/b"]
    assert skipped(found, folder) == {"省": "is a folder that is already read"}


@pytest.mark.parametrize("follow", [False, True])
def test_links_that_lead_out_are_followed_if_asked_for(tmp_path: Path, folder: Path, put: Put, follow: bool) -> None:
    put("a.txt")
    put("../other/b.txt")
    # Its name begins as that of the folder does.
    put("../texts-2/c.txt")
    (folder / "b.txt").symlink_to("../other/b.txt")
    (folder / "other").symlink_to(tmp_path / "other", target_is_directory=True)
    (folder / "more").symlink_to("../texts-2", target_is_directory=True)
    found = in_folder(folder, follow=follow)
    assert ids(found) == (["a", "b", "more/c", "other/b"] if follow else ["a"])
    reason = "is a link that leads out of the folder; --follow goes there"
    assert skipped(found, folder) == ({} if follow else dict.fromkeys(("b.txt", "more", "other"), reason))


def test_links_that_lead_nowhere_are_named(folder: Path, put: Put) -> None:
    put("a.txt")
    (folder / "b.txt").symlink_to("none.txt")
    (folder / "c.txt").symlink_to("c.txt")
    (folder / "d").symlink_to("none", target_is_directory=True)
    (folder / "e.png").symlink_to("none.png")
    put(".gitignore", "e.*\n")
    found = in_folder(folder, follow=True)
    assert ids(found) == ["a"]
    reasons = skipped(found, folder)
    assert set(reasons) == {"b.txt", "c.txt", "d"}
    assert all(reason.startswith("cannot be read: ") for reason in reasons.values())


@pytest.mark.parametrize("follow", [False, True])
@pytest.mark.parametrize("through_a_link", [False, True])
def test_links_in_circles_are_walked_once(
    tmp_path: Path, folder: Path, put: Put, follow: bool, through_a_link: bool
) -> None:
    put("a.txt")
    put("市/区/b.txt")
    (folder / "市" / "区" / "上").symlink_to("..", target_is_directory=True)
    (folder / "市" / "顶").symlink_to(folder, target_is_directory=True)
    if through_a_link:
        (tmp_path / "link").symlink_to(folder, target_is_directory=True)
        folder = tmp_path / "link"
    found = in_folder(folder, follow=follow)
    assert ids(found) == ["a", "市/区/b"]
    assert skipped(found, folder) == dict.fromkeys(("市/区/上", "市/顶"), "is a folder that is already read")


def test_two_folders_that_lead_to_each_other_are_walked_once(tmp_path: Path, folder: Path, put: Put) -> None:
    put("a.txt")
    put("../other/b.txt")
    (folder / "to").symlink_to("../other", target_is_directory=True)
    (tmp_path / "other" / "back").symlink_to("../texts", target_is_directory=True)
    assert ids(in_folder(folder, follow=True)) == ["a", "to/b"]


# Depth, names and order


def test_folders_are_gone_into_to_some_depth(folder: Path, put: Put) -> None:
    put("/".join(["d"] * 100) + "/a.txt")
    put("/".join(["d"] * 101) + "/b.txt")
    found = in_folder(folder)
    assert ids(found) == ["/".join(["d"] * 100) + "/a"]
    assert skipped(found, folder) == {"/".join(["d"] * 101): "is too deep"}


ODD = (
    "a\nb.txt",
    "a\tb.txt",
    "\x1b[31mred.txt",
    "\u202egpj.txt",
    "[bold]x[bold].txt",
    "{a,b}*?.txt",
    "-rf.txt",
    " .txt",
    "a b　c.txt",
    "'\"\\.txt",
    "😀.txt",
    "é.txt",
    "e\u0301.txt",
    "字" * 80 + ".txt",
)


def test_odd_names_are_names(folder: Path, put: Put) -> None:
    for name in ODD:
        put(name)
    found = in_folder(folder)
    assert sorted(ids(found)) == sorted(name[:-4] for name in ODD)
    assert {file.source.path.name for file in found.files} == set(ODD)


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_names_that_are_not_utf_8_are_names(folder: Path, put: Put) -> None:
    name = os.fsdecode("通知".encode("gbk"))
    put(f"{name}/{name}.txt")
    put(f"{name}/.gitignore", "b.txt\n")
    put(f"{name}/b.txt")
    assert ids(in_folder(folder)) == [f"{name}/{name}"]


def test_files_are_in_the_order_of_roots_and_names(folder: Path, put: Put) -> None:
    for each in ("10.txt", "9.txt", "B.txt", "a.txt", "b/a.txt", "b.txt", "二.txt", "一/一.txt", "b/b.txt"):
        put(each)
    assert ids(in_folder(folder)) == ["10", "9", "B", "a", "b/a", "b/b", "b", "一/一", "二"]
    roots = [Root(folder / each) for each in ("二.txt", "b", "a.txt")]
    assert ids(discover(roots)) == ["二", "a", "b", "a.txt"]
    assert ids(discover(reversed(roots))) == ["a", "a.txt", "b", "二"]


# Ids, and files that are named twice


def test_an_id_has_the_ending_where_another_file_has_the_name(folder: Path, put: Put) -> None:
    for each in ("a.md", "a.text", "a.txt", "a.b.txt", "a.b/a.txt"):
        put(each)
    assert ids(in_folder(folder)) == ["a.b/a", "a.b", "a", "a.text", "a.txt"]


def test_files_of_several_roots_never_have_the_same_id(folder: Path, put: Put) -> None:
    for root in ("one", "two", "three"):
        for name in ("a.txt", "a.md", "a.txt.txt"):
            put(f"{root}/{name}")
    found = discover([Root(folder / root) for root in ("one", "two", "three")])
    assert len(set(ids(found))) == len(found.files) == 9


def test_a_file_is_taken_once_for_the_first_root_that_has_it(folder: Path, put: Put) -> None:
    single = put("one/two/a.txt")
    put("one/b.txt")
    found = discover([Root(single, encoding="gbk"), Root(folder / "one" / "two"), Root(folder), Root(folder / "one")])
    assert ids(found) == ["a", "one/b"]
    assert found.files[0].source.encoding == "gbk"


def test_a_file_that_is_named_is_taken_whatever_folders_say(folder: Path, put: Put) -> None:
    put(".gitignore", "*\n")
    root = Root(put("图.png"), globs=("*.txt",))
    assert ids(discover([root])) == ["图"]


# What is known of a file


def test_a_file_has_its_size_and_time_and_the_encoding_of_its_root(folder: Path, put: Put) -> None:
    path = put("a.txt", "字")
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    (file,) = discover([Root(folder, encoding="big5")]).files
    assert (file.size, file.time, file.source.encoding) == (3, 1_700_000_000_123_456_789, "big5")
