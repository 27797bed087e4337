"""The version of reading: raised when the same files give other documents, and only then."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pdfs import DrawnPage, pdf
from wordfile import paragraph, word_file
from zhengce.corpus import reading_version
from zhengce.corpus.document_reader import read_documents
from zhengce.corpus.files import Source
from zhengce.corpus.reading_version import READING_VERSION
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter
from zhengce.index.storage.document_records import metadata_record
from zhengce.index.storage.fingerprint import fingerprint

SAMPLES = Path(__file__).parent / "samples"
DIGESTS = Path(__file__).parent / "reading_version.json"
FOLDERS = Path(reading_version.__file__).parents[1]

# Of each format that has a reader of its own, a small file with what the reader makes of it: headings, tables, pages.
VOLUME = "".join(
    f"{number}. 青山区人民政府关于印发{name}方案的通知（2023年3月{number}日）\n各部门：\n现将方案印发给你们。\n附件：{name}方案\n"
    for number, name in enumerate(("物流", "招商"), start=1)
)
TITLE, TEXT = "关于物流枢纽建设的通知", "各区县人民政府，市政府各部门：\n　　为推进物流枢纽建设，现就有关事项通知如下。"
HTML = f"""<html><head><title>{TITLE}</title></head><body><div class="content"><h1>{TITLE}</h1>
<p>一、总体要求</p><p>{TEXT}</p><p>（一）建设<sup>1</sup>枢纽。</p>
<table><tr><td>项目</td><td>单位</td></tr><tr><td>班列</td><td>市交通局</td></tr></table></div></body></html>"""
DOCX = word_file(
    paragraph(TITLE, '<w:pStyle w:val="Title"/>')
    + paragraph("一、总体要求")
    + paragraph(TEXT.replace("\n", ""))
    + "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>单位</w:t></w:r></w:p></w:tc>"
    + "</w:tr></w:tbl>"
)
PDF = pdf(
    DrawnPage()
    .text(200, 760, TITLE, 18)
    .lines(90, 700, ["　　一、总体要求", "　　为推进物流枢纽建设，现就有关", "事项通知如下。"]),
    DrawnPage().text(290, 40, "2").grid([90, 300, 500], [600, 560]).text(100, 575, "项目").text(310, 575, "单位"),
)


def digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a digest of each document: its passages, metadata, folded texts and, of the bundled ones, words."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "page.html").write_text(HTML, encoding="utf-8")
    (folder / "notice.docx").write_bytes(DOCX)
    (folder / "notice.pdf").write_bytes(PDF)
    (folder / "volume.txt").write_text(VOLUME, encoding="utf-8")
    (folder / "gb18030.txt").write_bytes((SAMPLES / "notice.txt").read_bytes().decode().encode("gb18030"))
    folding = Folding(simplified_characters())
    segmenter = Segmenter(folding, tmp_path_factory.mktemp("cache"))
    bundled = catalogued_sources(FOLDER)
    others = [Source(path.name, path) for path in sorted((*SAMPLES.glob("*.txt"), *folder.iterdir()))]
    found = {}
    documents = [(source, document) for source in (*bundled, *others) for document in read_documents(source)]
    for source, document in documents:
        folded = [folding.fold(passage.text) for passage in document.passages]
        words = [segmenter.index_terms(segmenter.cut(text)) for text in folded] if source in bundled else []
        passages = [passage._asdict() for passage in document.passages]
        found[document.id] = digest(passages, metadata_record(document.metadata), dict(document.origins), folded, words)
    return found


def test_the_version_is_raised_when_documents_are_read_in_another_way(digests: dict[str, str]) -> None:
    kept = json.loads(DIGESTS.read_text(encoding="utf-8"))
    changed = sorted(name for name, found in digests.items() if kept["digests"].get(name, found) != found)
    if kept["version"] == READING_VERSION:
        assert not changed, (
            f"{', '.join(changed)} are read in another way than READING_VERSION {READING_VERSION} stands for. If that is "
            "meant, raise READING_VERSION in corpus/reading_version.py, so that indexes are built anew, and run "
            "`UPDATE_READING=1 python -m pytest tests/corpus/test_reading_version.py`. If only jieba, lxml, pypdfium2, "
            "OpenCC or Python is of another version, indexes notice that by themselves: do not raise it."
        )
    if os.environ.get("UPDATE_READING"):
        new = {"version": READING_VERSION, "digests": digests}
        DIGESTS.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return
    assert kept == {"version": READING_VERSION, "digests": digests}, (
        "READING_VERSION or the files that are read here have changed: run `UPDATE_READING=1 python -m pytest "
        "tests/corpus/test_reading_version.py`."
    )


def test_comments_in_the_program_build_no_index_anew(tmp_path: Path) -> None:
    for folder in ("corpus", "index"):
        shutil.copytree(FOLDERS / folder, tmp_path / "zhengce" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for module in (tmp_path / "zhengce").rglob("*.py"):
        with open(module, "a", encoding="utf-8") as file:
            file.write("# a comment\n")
    program = "from zhengce.index.storage import fingerprint; print(fingerprint.__file__, *fingerprint.fingerprint())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    file, *found = done.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert found == [*map(str, fingerprint())][:-1], "the last one, of the documents, is empty"
