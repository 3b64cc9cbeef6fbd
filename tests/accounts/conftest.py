"""As on a public site: a second factor is required. All other tests run as on somebody's own machine, without."""

import pytest


@pytest.fixture(autouse=True)
def _as_on_a_public_site(settings):
    settings.SECOND_FACTOR_REQUIRED = True
