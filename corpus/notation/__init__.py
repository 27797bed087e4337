"""Notation: dates, document numbers, numbering and enactment notes as official writing has them."""
