"""Notation: how official writing gives dates, document numbers, numbered headings and notes on enactment.

Each module has the patterns of one notation and functions that find it in a text or recognise a line of nothing else.
They are regular expressions: the notations are fixed by standards (GB/T 9704) and few, and a pattern can be checked.
"""
