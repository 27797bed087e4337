"""The language to speak: what the user asks for, else what the system is set to."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

LANGUAGE_VARIABLE = "ZHENGCE_LANG"

SOURCE = "en"
"""The language of the source, which has no catalogue."""

CATALOGUES = Path(__file__).parent / "locale"

_CHINESE = "zh_CN"  # for whoever asks for Chinese of another kind
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def chosen_language(setting: str, environment: Mapping[str, str]) -> str:
    """Return the first language asked for that there is: by ``ZHENGCE_LANG``, by the setting (``auto`` asks for none),
    by the locale. English if there is none of them."""
    return next((found for name in _asked(setting, environment) if (found := language_named(name))), SOURCE)


def language_named(name: str) -> str | None:
    """Return the language that a name means, such as zh_CN for ``zh``, ``zh-Hans-CN`` or ``zh_CN.UTF-8``; None if the
    program does not speak it."""
    plain = re.split("[.@]", name, maxsplit=1)[0].replace("-", "_").strip().lower()
    if plain in ("c", "posix") or plain.split("_")[0] == SOURCE:
        return SOURCE
    near = {each.lower(): each for each in languages()}
    return near.get(plain) or (_CHINESE if plain.split("_")[0] == "zh" else None)


def languages() -> tuple[str, ...]:
    """Return the names of the languages that have a catalogue."""
    return tuple(sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir()))


def _asked(setting: str, environment: Mapping[str, str]) -> Iterator[str]:
    yield from filter(None, (environment.get(LANGUAGE_VARIABLE, "").strip(), "" if setting == "auto" else setting))
    by_locale = next(filter(None, map(environment.get, _LOCALE_VARIABLES)), "")
    # As gettext has it: the list is for those who have set a locale at all.
    if by_locale not in ("C", "POSIX"):
        yield from filter(None, environment.get("LANGUAGE", "").split(":"))
    yield from filter(None, [by_locale] if by_locale else _of_system())


def _of_system() -> Iterator[str]:
    """Yield what Windows and macOS are set to, where no variable says anything."""
    # A name of its own, so that mypy reads the lines for all systems.
    system: str = sys.platform
    if system == "win32":
        import ctypes
        import locale

        with suppress(AttributeError, OSError):
            yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")  # type: ignore[attr-defined]
    elif system == "darwin":
        import subprocess

        with suppress(OSError, subprocess.SubprocessError):
            asked = ["defaults", "read", "-g", "AppleLocale"]
            yield subprocess.run(asked, capture_output=True, text=True, timeout=1, check=False).stdout.strip()
