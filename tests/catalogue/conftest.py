"""What the tests of the catalogue share."""

import pytest

from shanhai.catalogue.places import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def places() -> Gazetteer:
    """The places that come with the project."""
    return load_gazetteer()
