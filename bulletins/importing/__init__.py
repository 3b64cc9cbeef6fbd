"""An old bulletin, as text or HTML, becomes a draft issue (features, row B6).

`content.reading` makes an outline of the file: headings, paragraphs, lists, tables, pictures. Here that becomes a
title, a date and sections (`sections`), items of the kinds that bulletins have (`items`), and a draft page with a
report (`services`).
"""
