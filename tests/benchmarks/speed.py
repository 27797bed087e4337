"""Speed: forty exact searches by zhengce and by what a user would pick instead, in one run on any folder.

Run it from the repository: ``make bench CORPUS=FOLDER``, or

    python tests/benchmarks/speed.py FOLDER [--growth] [--cache DIR] [--json FILE] [--markdown] [--seed N]
                                            [--only zhengce,ripgrep,recoll,sqlite,tantivy,textbook] [--skip-textbook]

FOLDER holds ``.md`` and ``.txt`` files. Peers take part if they are installed: ripgrep and recoll as commands, SQLite
with Python, tantivy from PyPI, Whoosh and jieba with the project. Recall and precision, against a plain scan of the
folded passages, stand beside each time, because a fast wrong answer is no answer. ``--cache`` keeps the peers' indexes
with what they took to build, and the texts of ``--growth``, until the folder is removed; the textbook recipe takes
minutes, which ``--skip-textbook`` saves. ``--growth`` measures again on ten times the texts, which takes as long as ten
builds. Times are medians; compare them within one run only.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import tempfile
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import growth
import ours
from measure import Prepared, measure, prepare, say
from peers import PEERS, Textbook
from queries import draw
from report import Corpus, Report, short_tables, tables
from table import markdown, plain
from texts import Truth, read_texts

OURS = "zhengce"
KEYS = (OURS, *(peer.key for peer in PEERS))


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        report = run(options, Path(temporary))
    show, shown = (markdown, short_tables) if options.markdown else (plain, tables)
    print("\n\n".join([report.head, *map(show, shown(report))]))
    if options.json:
        options.json.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1), encoding="utf-8")


def run(options: argparse.Namespace, temporary: Path) -> Report:
    """Measure what was asked for."""
    say("reading the texts")
    truth = Truth(read_texts(options.folder))
    texts = truth.texts
    if not texts.passages:
        raise SystemExit(f"{options.folder} holds no text.")
    say("drawing the queries")
    queries = draw(truth, options.seed)
    kept, home = (options.cache or temporary) / texts.fingerprint, temporary / "home"
    peers = [prepare(peer(), texts, kept / peer.key) for peer in PEERS if peer.key in options.only]
    corpus = Corpus(len(texts.files), len(texts.passages), texts.size, texts.unreadable)
    if OURS not in options.only:
        _settle()
        return Report(machine(), corpus, options.seed, queries, measure(peers, truth, queries))

    say("building zhengce")
    index, version = ours.build([texts.folder], home), metadata.version("zhengce")
    exact = ours.Exact(texts, home)
    own = [Prepared(exact, version, index), Prepared(ours.WithSpans(exact), version, index)]
    textbook = next((each.tool for each in peers if isinstance(each.tool, Textbook) and each.version), None)
    _settle()
    measured = measure([*own, *peers], truth, queries)
    say("counting, ranking")
    miscounted = ours.miscounted(exact, truth, [query.text for query in queries.terms])
    ranked = ours.ranked(exact, textbook, queries.pairs)
    say("running the command")
    whole = ours.whole(queries, home)
    grown = growth.measure(truth, queries, kept / "growth", home, options.seed) if options.growth else None
    return Report(machine(), corpus, options.seed, queries, measured, tuple(miscounted), ranked, whole, grown)


def machine() -> str:
    """Return the processor, its cores, and what runs on them."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    python = f"Python {platform.python_version()}"
    return f"{model or platform.processor()}, {os.cpu_count()} cores, {platform.system()}, {python}"


def _settle() -> None:
    """Take what is here to stay from the garbage collector, which would walk through it amid the measurements."""
    gc.collect()
    gc.freeze()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=lambda path: Path(path).resolve(), metavar="FOLDER")
    parser.add_argument("--growth", action="store_true", help="measure on ten times the texts too")
    parser.add_argument(
        "--cache", type=lambda path: Path(path).resolve(), help="keep the peers' indexes in this folder"
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--markdown", action="store_true", help="print Markdown")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=lambda names: names.split(","), default=KEYS, help=",".join(KEYS))
    parser.add_argument("--skip-textbook", action="store_true", help="leave out what takes longest to build")
    options = parser.parse_args()
    if unknown := set(options.only) - set(KEYS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join(KEYS)}")
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    if options.skip_textbook:
        options.only = [name for name in options.only if name != "textbook"]
    return options


if __name__ == "__main__":
    main()
