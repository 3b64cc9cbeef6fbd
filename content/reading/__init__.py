"""What a document of somebody's office says, whatever program wrote it.

Bytes → text (`sources`) → headings, paragraphs, lists, tables, pictures (`plain_text` and `html_outline` make the same
`outline`) → rich text (`rich_text`) and pictures in the library (`pictures`), with a `report` of what was guessed or
dropped. What it all means is for the room that imports it. Nothing is ever fetched from the network.
"""
