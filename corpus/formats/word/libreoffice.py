"""LibreOffice as a converter: runs the installed program to make DOCX of a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ...errors import DocumentError, MissingReaderError
from ...limits import Limits
from ...messages import message

NAME = "LibreOffice"
"""Its name in `zhengce.corpus.errors.MissingReaderError`."""

HOW_TO_GET = message(
    "LibreOffice, which is not installed: apt install libreoffice-writer, or https://www.libreoffice.org"
)
"""The end of "it needs …" in messages."""

_PROGRAMS = ("soffice", "libreoffice")
_READING = 5.0  # seconds of the limit that are kept for reading the result, at most half
_BLOCK = 512  # bytes, the unit of `ulimit -f`

# No macros and no network: links are not followed, and any request goes to a proxy on a port where nothing listens.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_VALUES = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def program() -> str | None:
    """Return the path of the program, None if it is not installed."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def convert(path: Path, data: bytes, limits: Limits) -> bytes:
    """Return a file converted to DOCX.

    LibreOffice recognises the format by the content. It works on a copy, with a profile of its own that does not
    disturb an open LibreOffice, and is killed with all its processes at the time limit.

    Raises:
        DocumentError: The file cannot be converted, or not within the limits.
        MissingReaderError: LibreOffice is not installed.
    """
    command = program()
    if command is None:
        said = message("{path} can only be read with {program}", path=path, program=HOW_TO_GET)
        raise MissingReaderError(said, NAME)
    with tempfile.TemporaryDirectory(prefix="zhengce-") as folder:
        home = Path(folder)
        source, result = home / "document", home / "converted" / "document.docx"
        source.write_bytes(data)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        items = "\n".join(_SETTING.format(path=path_, name=name, value=value) for path_, name, value in _VALUES)
        settings.write_text(_SETTINGS.format(items=items), encoding="utf-8")
        converting = [
            command, f"-env:UserInstallation={(home / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx", "--outdir", str(result.parent), str(source),
        ]  # fmt: skip
        in_time = _run(converting, home, max(limits.seconds - _READING, limits.seconds / 2), limits.size)
        if not in_time:
            raise DocumentError(
                message(
                    "{path} takes more than {seconds:g} seconds to convert with LibreOffice.",
                    path=path,
                    seconds=limits.seconds,
                )
            )
        if not result.is_file():
            raise DocumentError(
                message("{path} cannot be converted by LibreOffice; save it as DOCX or PDF.", path=path)
            )
        with result.open("rb") as file:
            converted = file.read(limits.size + 1)
    if len(converted) > limits.size:
        raise DocumentError(
            message("{path} exceeds the limit of {limit:,} bytes when converted.", path=path, limit=limits.size)
        )
    return converted


def _run(command: list[str], home: Path, seconds: float, size: int) -> bool:
    """Run a command that can write no file larger than ``size`` bytes. Return whether it ended in time."""
    limited = ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(size // _BLOCK + 1), *command]
    environment = {**os.environ, "HOME": str(home), "TMPDIR": str(home), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        limited,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False
    finally:
        # Kill what it has started and left behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
