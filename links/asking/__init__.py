"""Asks other people's servers whether a page is still there, without being a burden to them or a danger to us."""
