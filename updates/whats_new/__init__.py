"""The public list of updates of the whole site: what may be asked of it, its lines, and its feeds."""
