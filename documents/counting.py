"""Counting downloads."""


def count_download(*, request, response, document_id):
    """Note that a file was downloaded."""
