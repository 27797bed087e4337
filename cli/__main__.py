"""Runs the command line: ``python -m zhengce.cli``."""

from .main import main

main()
