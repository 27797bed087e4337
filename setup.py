"""Compiles the catalogues when the package is built; all else that setuptools needs is in setup.cfg."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path("cli/language/locale")


class BuildWithCatalogues(build_py):
    """Builds the package with a compiled catalogue beside each one that is written."""

    def run(self) -> None:
        """Compile the catalogues, then build. What has no translation is left out, and so said in English."""
        for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
            with path.open("rb") as source, path.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source))
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
