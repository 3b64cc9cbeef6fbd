"""The next bulletin, prefilled with what happened since the last one (features, row B5).

`sources` asks what happened, `items` makes items of it, `services` puts them into a draft and remembers what was
offered, so that nothing comes twice and what staff removed stays removed; `meanwhile` keeps what came while somebody
had the draft open. `views` and `making` are the screens, `rights` says who may, `menus` and `panel` lead there.
"""
