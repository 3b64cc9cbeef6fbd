"""What tests of links need."""

import pytest

from tests.links.servers import serving


@pytest.fixture
def web():
    """All servers of the world, on this machine."""
    with serving() as web:
        yield web
