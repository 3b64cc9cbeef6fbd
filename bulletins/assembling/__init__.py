"""The next bulletin, prefilled with what happened since the last one (features, row B5).

`sources` asks what happened, `items` makes items of it, `services` puts them into a draft and remembers what was
offered, so that nothing comes twice and what staff removed stays removed; `views` is the screen.
"""
