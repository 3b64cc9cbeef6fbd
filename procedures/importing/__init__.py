"""A manual that was kept elsewhere becomes drafts (features, row O3).

Files (`files`) → trees without navigation, boxes marked (`pages`) → chapters with scope, guidance and sections
(`chapters`, `parts_of_chapters`) → their places (`outline_file`, `matching`, `plan`) → drafts, links and redirects in
one transaction (`services`, `links`, `raw`, `redirects`), and a `report`. Nothing is ever fetched from the network.
"""
