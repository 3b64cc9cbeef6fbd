"""An old bulletin, as text or HTML, becomes a draft issue (features, row B6).

Bytes → text (`reading`) → headings, paragraphs, lists, tables, pictures (`plain_text` and `html_outline` make the same
`outline`) → title, date and sections (`sections`) → items of the kinds that bulletins have (`items`) → a draft page and
a report (`services`). Nothing is ever fetched from the network.
"""
