"""Counts how many small mistakes the tests would notice, module by module.

Each mutant changes one expression of one module: a boundary (`<` for `<=`, `==` for `!=`), an integer by one, `and` for `or`,
a `not` dropped, `+` for `-`, `True` for `False`, `min` for `max`. The tests named for the module are run on a copy of the
tree; a mutant that they let pass has survived, and is printed with its line. A survivor is one of three things: a change
that makes no difference (equivalent), a constant that was tuned and may as well be one more, or a promise without a test.

    python tests/benchmarks/mutations.py                       # the modules of MODULES, one of each folder
    python tests/benchmarks/mutations.py --count 40 corpus/text/folding.py=tests/corpus/test_folding.py

The sample is drawn by seed and module name, so that the same tree gives the same mutants. The interpreter that runs this
runs the tests; it needs the test extras. Exit code 1 if a mutant survived.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("cli", "corpus", "index")
MEMORY = 6 * 2**30  # bytes of address space for a test run: a mutant may loop and collect

# One module of each folder, and the tests that should notice a mistake in it, the quickest first.
MODULES = {
    "corpus/text/folding.py": "tests/corpus/test_folding.py",
    "corpus/notation/dates.py": "tests/corpus/test_notation.py,tests/corpus/test_metadata.py,tests/corpus/test_sidecars.py",
    "corpus/structure/classification.py": (
        "tests/corpus/test_classification.py,tests/corpus/test_paragraphs.py,tests/corpus/test_pdf.py"
    ),
    "corpus/metadata/text_metadata.py": "tests/corpus/test_metadata.py,tests/corpus/test_sidecars.py",
    "corpus/formats/sandbox.py": "tests/corpus/test_sandbox.py",
    "corpus/formats/html/blocks.py": "tests/corpus/test_html.py",
    "corpus/formats/pdf/tables.py": "tests/corpus/test_pdf.py",
    "corpus/formats/word/numbering.py": "tests/corpus/test_docx.py",
    "corpus/sources/discovery.py": "tests/corpus/test_discovery.py",
    "index/query/operands.py": "tests/index/test_query.py",
    "index/storage/generations.py": "tests/index/test_library.py,tests/index/test_updates.py",
    "index/search/conditions.py": "tests/index/test_conditions.py,tests/index/test_query.py,tests/index/test_composed.py",
    "index/search/evaluator.py": "tests/index/test_query.py,tests/index/test_composed.py",
    "index/indexing/changes.py": "tests/index/test_corpora.py,tests/index/test_updates.py",
    "index/citations/gbt7714.py": "tests/index/test_citations.py",
    "index/records/rows.py": "tests/index/test_records.py,tests/cli/test_exports.py",
    "cli/display/snippets.py": "tests/cli/test_layout.py,tests/cli/test_golden.py",
    "cli/output/documents.py": "tests/cli/test_commands.py,tests/cli/test_golden.py",
    "cli/export/delimited.py": "tests/cli/test_exports.py,tests/cli/test_golden.py",
    "cli/help/drawing.py": "tests/cli/test_golden.py,tests/test_help.py",
    "cli/language/choice.py": "tests/cli/test_language.py",
    "cli/browse/document_layout.py": "tests/cli/test_window_layout.py,tests/cli/test_browse.py",
    "cli/config/reading.py": "tests/cli/test_config.py,tests/cli/test_use.py",
    "cli/completion/candidates.py": "tests/cli/test_completion.py",
    "cli/commands/personal/history.py": "tests/cli/test_history.py",
    "cli/commands/query_marks.py": "tests/cli/test_show_query.py,tests/cli/test_commands.py",
}

BOUNDARIES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
SUMS: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
EXTREMES = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """A module's text with one expression changed."""

    line: int
    before: str
    after: str
    text: str


def changed(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what may stand in the place of an expression by mistake."""
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=comparators) if type(operator) in BOUNDARIES:
            yield ast.Compare(left, [BOUNDARIES[type(operator)]()], comparators)
        case ast.Compare(left=left, ops=[first, second], comparators=comparators):
            if type(first) in BOUNDARIES:
                yield ast.Compare(left, [BOUNDARIES[type(first)](), second], comparators)
            if type(second) in BOUNDARIES:
                yield ast.Compare(left, [first, BOUNDARIES[type(second)]()], comparators)
        case ast.BoolOp(op=operator, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in SUMS:
            yield ast.BinOp(left, SUMS[type(operator)](), right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords) if name in EXTREMES:
            yield ast.Call(ast.Name(EXTREMES[name]), arguments, keywords)


def expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the expressions that run and stand in the text as they are: no annotation, no part of an f-string (their
    offsets are wrong before Python 3.12), no decorator (`frozen=True` is held by the type checker)."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.JoinedStr) or not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.expr):
                yield child
            yield from expressions(child)


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a module's text."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def position(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    for node in expressions(ast.parse(source)):
        start = position(node.lineno, node.col_offset)
        end = position(node.end_lineno or node.lineno, node.end_col_offset or 0)
        for instead in changed(node):
            words = ast.unparse(instead)
            if isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.BinOp):
                words = f"({words})"
            text = source[:start] + words + source[end:]
            if "\n" not in source[start:end] and '"""' not in words:
                found.append(Mutant(node.lineno, source[start:end], ast.unparse(instead), text))
            else:
                found.append(Mutant(node.lineno, ast.unparse(node), ast.unparse(instead), text))
    return found


def copy_of_the_tree(tree: Path, target: Path) -> None:
    """Copy what the tests need, and lay the packages under the name that they are imported by."""
    target.mkdir()
    for path in tree.iterdir():
        if path.is_file():
            shutil.copy(path, target)
    for folder in (*FOLDERS, "tests"):
        shutil.copytree(tree / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (target / "build/typed/zhengce").mkdir(parents=True)
    for folder in FOLDERS:
        (target / "build/typed/zhengce" / folder).symlink_to(target / folder)


def environment(copy: Path) -> dict[str, str]:
    """Return the environment in which the copy is imported, by the processes that tests start too."""
    return {**os.environ, "PYTHONPATH": str(copy / "build/typed"), "ZHENGCE_HOME": str(copy / "home")}


def run_tests(copy: Path, tests: list[str], seconds: float) -> bool:
    """Tell whether the tests pass within the time."""
    command = [sys.executable, "-m", "pytest", "-x", "-n0", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    process = subprocess.Popen(
        command,
        cwd=copy,
        env=environment(copy),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def survivors_of(copy: Path, module: str, tests: list[str], count: int, seed: int, limit: float) -> tuple[int, int]:
    """Run the tests of a module over a sample of its mutants, print those that survive, and return how many there were and
    how many survived."""
    path = copy / module
    source = path.read_text(encoding="utf-8")
    began = time.monotonic()
    if not run_tests(copy, tests, limit):
        sys.exit(f"{module}: the tests fail, or take more than {limit:.0f} s, before anything is changed")
    seconds = min(limit, 20 + 5 * (time.monotonic() - began))
    everything = mutants(source)
    sample = random.Random(f"{seed} {path.name}").sample(everything, min(count, len(everything)))
    survived = 0
    for mutant in sorted(sample, key=lambda each: each.line):
        # Python tells a changed source by size and second: the bytecode of the last mutant may look like this one's.
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):
            compiled.unlink()
        path.write_text(mutant.text, encoding="utf-8")
        if run_tests(copy, tests, seconds):
            survived += 1
            print(f"{module}:{mutant.line}: {mutant.before}  →  {mutant.after}", flush=True)
    path.write_text(source, encoding="utf-8")
    print(f"{module}: {survived} of {len(sample)} survived ({len(everything)} mutants in all)", flush=True)
    return len(sample), survived


def main() -> int:
    parser = argparse.ArgumentParser(description="Count the mutants that the tests let pass.")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the tree to copy; default: this one")
    parser.add_argument("--count", type=int, default=13, help="mutants for each module; default: 13")
    parser.add_argument("--seed", type=int, default=11, help="the same seed gives the same sample")
    parser.add_argument("--limit", type=float, default=300, help="seconds for a run of the tests; default: 300")
    parser.add_argument("modules", nargs="*", metavar="MODULE=TESTS", help="TESTS: arguments of pytest, by commas")
    options = parser.parse_args()
    wanted = dict(each.split("=", 1) for each in options.modules) or MODULES
    totals = [0, 0]
    with tempfile.TemporaryDirectory(prefix="mutations-") as folder:
        copy = Path(folder) / "tree"
        copy_of_the_tree(options.tree, copy)
        where = "import zhengce.corpus; print(zhengce.corpus.__file__)"
        imported = subprocess.run([sys.executable, "-c", where], env=environment(copy), capture_output=True, text=True)
        if not imported.stdout.startswith(str(copy)):
            sys.exit(f"the copy is not what is imported: {imported.stdout or imported.stderr}")
        for module, tests in wanted.items():
            counts = survivors_of(copy, module, tests.split(","), options.count, options.seed, options.limit)
            totals = [old + new for old, new in zip(totals, counts, strict=True)]
    print(f"{totals[1]} of {totals[0]} survived")
    return int(totals[1] > 0)


if __name__ == "__main__":
    sys.exit(main())
