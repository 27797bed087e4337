"""Shell completion: what is offered where, and that real shells insert it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from click.shell_completion import FishComplete, ZshComplete, get_completion_class
from conftest import Run
from zhengce.cli.commands.program import COMMANDS
from zhengce.cli.commands.program import zhengce as program
from zhengce.cli.completion import candidates
from zhengce.cli.completion.scripts import INSTALL
from zhengce.cli.completion.shells import VARIABLE, register, script
from zhengce.cli.config.settings import SETTINGS
from zhengce.cli.export.table import EXPORTS
from zhengce.cli.help.table import NAMES
from zhengce.index import build_corpus, open_corpus
from zhengce.index.citations.styles import STYLES
from zhengce.index.query.operators import FIELDS


def offered(line: str) -> list[str]:
    """Return the candidates for the last word of a command line."""
    *words, incomplete = line.split(" ")[1:]
    complete = ZshComplete(program, {}, "zhengce", VARIABLE)
    return [item.value for item in complete.get_completions(words, incomplete)]


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    path.write_text('[aliases]\n"班列" = "中欧班列"\n"港口" = "口岸"\n', encoding="utf-8")
    monkeypatch.setenv("ZHENGCE_CONFIG", str(path))
    return path


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zhengce sea", ["search"]),
        ("zhengce corpora re", ["remove", "rename"]),
        ("zhengce docs --corpus b", ["bundled"]),
        ("zhengce use b", ["bundled"]),
        ("zhengce corpora show ", ["bundled"]),
        ("zhengce show cheng", ["chengyu", "chengdu"]),
        ("zhengce show CHENGY", ["chengyu"]),
        ("zhengce show engy", ["chengyu"]),
        ("zhengce show 西宁", ["xining"]),
        ("zhengce cite chengyu xin", ["xining"]),
        ("zhengce open ba", ["bazhong"]),
        ("zhengce outline ba", ["bazhong"]),
        ("zhengce set ba", ["bazhong"]),
        ("zhengce search 班列 --doc xi", ["xining"]),
        ("zhengce search issuer:重", ["issuer:重庆市人民政府办公厅"]),
        ("zhengce search 班列 -issuer:日报", []),
        ("zhengce search (issuer:日报", ["(issuer:成都日报社"]),
        ("zhengce search number:渝", ["number:渝府办发〔2022〕86号"]),
        ("zhengce search kind:t", ["kind:title", "kind:table"]),
        ("zhengce search year:2022", ["year:2022"]),
        ("zhengce search doc:西宁", ["doc:xining"]),
        ("zhengce search iss", ["issuer:"]),
        ("zhengce kwic tit", ["title:"]),
        ("zhengce browse tit", ["title:"]),
        ("zhengce explain 班列 @", ["@班列", "@港口"]),
        ("zhengce search @港", ["@港口"]),
        ("zhengce search ＠港", ["@港口"]),
        ("zhengce search (@港", ["(@港口"]),
        ("zhengce show chengyu --query @港", ["@港口"]),
        ("zhengce search 班列 -f js", ["jsonl"]),
        ("zhengce config set wi", ["width"]),
        ("zhengce config unset @班", ["@班列"]),
        ("zhengce search 中", []),
        ("zhengce search nofield:x", []),
        ("zhengce nothing x", []),
        ("zhengce completion p", ["powershell"]),
    ],
)
def test_what_is_offered(line: str, expected: list[str], configured: Path) -> None:
    assert offered(line) == expected


def test_everything_is_offered_where_nothing_is_typed(configured: Path) -> None:
    assert offered("zhengce ") == [*COMMANDS]
    assert offered("zhengce search ") == [*(f"{name}:" for name in FIELDS), "@班列", "@港口"]
    assert offered("zhengce search 班列 -f ") == [each.name for each in EXPORTS]
    assert offered("zhengce cite chengyu --cite ") == [each.name for each in STYLES]
    assert set(offered("zhengce help ")) == {*NAMES, *COMMANDS}
    assert offered("zhengce config set ") == [*SETTINGS, "@班列", "@港口"]
    assert offered("zhengce completion ") == [*INSTALL]
    assert "--corpus" in offered("zhengce search --")


@pytest.mark.usefixtures("quick_builds")
def test_documents_come_with_their_titles_and_are_cut(own_home: Path, zhengce: Run) -> None:
    folder = own_home / "many"
    folder.mkdir()
    for number in range(250):
        (folder / f"d{number:03}.txt").write_text(f"第{number}号“文件” 的通知\n\n班列。\n", encoding="utf-8")
    assert zhengce("index", "--corpus", "many", str(folder))[0] == 0
    zhengce("use", "many")
    assert len(offered("zhengce show ")) == candidates.MOST
    assert offered("zhengce show d24") == [f"d24{digit}" for digit in range(10)]
    assert offered("zhengce show 第24号") == ["d024"]
    assert offered("zhengce show --corpus bundled chengy") == ["chengyu"]
    (value,) = offered("zhengce search title:第24号")
    assert open_corpus(name="many").search(value).counts.documents == 1
    fish = FishComplete(program, {}, "zhengce", VARIABLE)
    (item,) = fish.get_completions(["show"], "第24号")
    assert "第24号" in (item.help or "")


def test_nothing_is_built_and_nothing_fails_for_a_candidate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "empty"))
    assert offered("zhengce show ") == []
    assert offered("zhengce show --corpus nope ") == []
    assert offered("zhengce use ") == ["bundled"]
    assert not (tmp_path / "empty").exists()
    config = tmp_path / "config.toml"
    config.write_text("width = ", encoding="utf-8")
    monkeypatch.setenv("ZHENGCE_CONFIG", str(config))
    assert offered("zhengce search @") == []
    monkeypatch.setenv("ZHENGCE_HOME", "~nosuchuser/x")
    assert offered("zhengce show --corpus bundled ") == offered("zhengce docs --corpus ") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", INSTALL)
def test_the_script_says_how_it_is_installed(shell: str, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = zhengce("completion", shell)
    assert code == 0
    assert INSTALL[shell] in out.splitlines()[1]
    assert all(line.startswith("#") for line in out.splitlines()[:2])
    assert out.endswith(script(shell, program))
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    assert zhengce("completion")[1] == out


def test_without_a_shell_it_is_asked_for(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/csh")
    code, _, err = zhengce("completion")
    assert (code, "Write one of bash, zsh, fish, powershell." in err) == (2, True)


def needs(shell: str) -> pytest.MarkDecorator:
    """Skip a test where a shell is not installed."""
    return pytest.mark.skipif(not shutil.which(shell), reason=f"no {shell}")


def of_shell(shell: str, **environment: str) -> list[str]:
    """Return the lines that the program prints for a shell's script."""
    done = subprocess.run(
        [sys.executable, "-m", "zhengce.cli"],
        env={**os.environ, VARIABLE: f"{shell}_complete", **environment},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zhengce sea", ["search\tFind passages."]),
        ("zhengce show xini", ["xining\t打造开放之城 西宁持续扩大国际朋友圈"]),
        ("zhengce search '@港", ["'@港口'\t口岸"]),
        ("zhengce search 班列 issuer:重", ["issuer:重庆市人民政府办公厅\tissuer:重庆市人民政府办公厅"]),
        ("zhengce search number:渝", ["'number:渝府办发〔2022〕86号'\tchengyu"]),
        ("zhengce use ", ["bundled\tbundled"]),
        ("zhengce docs --corpus=b", ["'--corpus=bundled'\t--corpus=bundled"]),
    ],
)
def test_powershell_gets_a_value_and_its_description(line: str, expected: list[str], configured: Path) -> None:
    assert of_shell("powershell", COMP_LINE=line) == expected


def test_the_script_of_powershell_asks_as_the_program_answers() -> None:
    text = script("powershell", program)
    assert "Register-ArgumentCompleter -Native -CommandName zhengce" in text
    assert f"$env:{VARIABLE} = 'powershell_complete'" in text
    assert "%" not in text.replace("| %", "")
    assert text.count("{") == text.count("}")


def test_a_script_of_earlier_is_answered_too() -> None:
    assert of_shell("bash", COMP_WORDS="zhengce sea", COMP_CWORD="1") == ["plain,search"]
    assert of_shell("zsh", COMP_WORDS="zhengce sea", COMP_CWORD="1")[:2] == ["plain", "search"]


class RealShell:
    """A shell on a terminal of its own, in which completion is installed. Ctrl-G writes the line that is being edited to
    a file, and removes it."""

    def __init__(self, shell: str, folder: Path) -> None:
        self.line = folder / "line"
        self.terminal, other = pty.openpty()
        environment = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TERM": "dumb",
            "INPUTRC": "/dev/null",
            "LC_ALL": "C.UTF-8",
        }
        options, written = SHELLS[shell]
        self.process = subprocess.Popen(
            [shell, *options, "-i"],
            stdin=other, stdout=other, stderr=other, env=environment, cwd=folder, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(other)
        os.write(self.terminal, f"{written}; touch line\n".encode())
        self._wait()

    def completed(self, typed: str) -> str:
        """Return a command line after the Tab key."""
        self.line.unlink()
        os.write(self.terminal, f"{typed}\t\x07".encode())
        self._wait()
        return self.line.read_text(encoding="utf-8")

    def _wait(self) -> None:
        """Wait until the file is written, and for the prompt after it."""
        end = time.monotonic() + 30
        while not self.line.exists() and time.monotonic() < end:
            # A shell waits until what it shows is read.
            if select.select([self.terminal], [], [], 0.05)[0]:
                os.read(self.terminal, 65536)
        while select.select([self.terminal], [], [], 0.2)[0]:
            os.read(self.terminal, 65536)

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


# How each shell is started without the user's own settings, and what is typed into it.
SHELLS = {
    "bash": (
        ["--norc", "--noprofile"],
        """keep() { printf '%s' "$READLINE_LINE" > new; READLINE_LINE=; mv new line; }; """
        """bind -x '"\\C-g": keep'; eval "$(zhengce completion bash)\"""",
    ),
    "zsh": (
        ["-f"],
        """keep() { print -rn -- "$BUFFER" > new; BUFFER=; mv new line; }; zle -N keep; bindkey -e; """
        """bindkey '^G' keep; eval "$(zhengce completion zsh)\"""",
    ),
    "fish": (
        ["--no-config"],
        """function keep; printf %s (commandline | string collect) > new; commandline -r ''; mv new line; end; """
        r"""bind \cg keep; zhengce completion fish | source""",
    ),
}


@pytest.fixture(scope="module")
def of_odd_names(shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a corpus whose ids have what means something to shells."""
    home = tmp_path_factory.mktemp("odd")
    folder = home / "documents"
    folder.mkdir()
    for name in ("成都 通知", "港口:办法", "逗号,办法", "a'b$(c)"):
        (folder / f"{name}.txt").write_text(f"关于“{name}” 的通知\n\n班列。\n", encoding="utf-8")
    shutil.copytree(shared_home, home / "data")
    build_corpus(home / "data", name="odd", paths=[folder])
    return home / "data"


@pytest.mark.slow
@pytest.mark.parametrize("shell", [pytest.param(each, marks=needs(each)) for each in SHELLS])
def test_a_real_shell_inserts_what_is_offered(
    shell: str, configured: Path, of_odd_names: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(of_odd_names))
    (tmp_path / "some file.txt").touch()
    real = RealShell(shell, tmp_path)
    try:
        for typed, expected in {
            "zhengce sea": "zhengce search ",
            "zhengce show chengy": "zhengce show chengyu ",
            "zhengce show engyu": "zhengce show chengyu ",
            "zhengce show 西宁": "zhengce show xining ",
            "zhengce search issuer:重": "zhengce search issuer:重庆市人民政府办公厅 ",
            "zhengce search 'issuer:重": "zhengce search 'issuer:重庆市人民政府办公厅' ",
            "zhengce search '(issuer:成": "zhengce search '(issuer:成都日报社' ",
            "zhengce search iss": "zhengce search issuer:",
            "zhengce search @港": "zhengce search @港口 ",
            "zhengce search @": "zhengce search @",
            "zhengce search 班列 -f js": "zhengce search 班列 -f jsonl ",
            "zhengce search 班列 --per": "zhengce search 班列 --per-doc ",
            "zhengce search 班列 --output=some": "zhengce search 班列 --output=some\\ file.txt ",
            "zhengce docs --corpus=b": "zhengce docs --corpus=bundled ",
            "zhengce search title:西宁": 'zhengce search title:\\"打造开放之城\\ 西宁持续扩大国际朋友圈\\" ',
            "zhengce show --corpus odd 成": "zhengce show --corpus odd 成都\\ 通知 ",
            "zhengce show --corpus odd 成都\\ ": "zhengce show --corpus odd 成都\\ 通知 ",
            "zhengce show --corpus odd 港": "zhengce show --corpus odd 港口:办法 ",
            "zhengce show --corpus odd 逗": "zhengce show --corpus odd 逗号,办法 ",
            "zhengce show --corpus odd a": "zhengce show --corpus odd a\\'b\\$\\(c\\) ",
            "zhengce search --corpus odd doc:成": 'zhengce search --corpus odd doc:\\"成都\\ 通知\\" ',
        }.items():
            assert real.completed(typed) == expected
        # Of several ids that hold what is typed, Zsh takes what they begin with.
        assert real.completed("zhengce show eng") == ("zhengce show cheng" if shell == "zsh" else "zhengce show eng")
    finally:
        real.close()


@pytest.mark.parametrize("shell", [pytest.param(each, marks=needs(each)) for each in SHELLS])
def test_the_script_is_one_that_the_shell_can_read(shell: str, tmp_path: Path) -> None:
    file = tmp_path / "script"
    file.write_text(script(shell, program), encoding="utf-8")
    assert subprocess.run([shell, "-n", str(file)], capture_output=True, check=False).stderr == b""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("zhengce show 成都\\ ", (["show"], "成都 ")),
        ("zhengce show 成都\\\\ ", (["show", "成都\\"], "")),
        ("zhengce show '成都 ", (["show"], "成都 ")),
        ("zhengce show 成都 ", (["show", "成都"], "")),
    ],
)
def test_the_word_that_is_typed(line: str, expected: tuple[list[str], str], monkeypatch: pytest.MonkeyPatch) -> None:
    register()
    monkeypatch.setenv("COMP_LINE", line)
    for shell in INSTALL:
        complete = get_completion_class(shell)
        assert complete
        assert complete(program, {}, "zhengce", VARIABLE).get_completion_args() == expected
