"""Counting before the first page is asked for."""

import pytest

from shanhai.web import warming


@pytest.mark.django_db(transaction=True)
def test_a_new_process_counts_in_the_background_and_ends_without_a_fault() -> None:
    thread = warming.begin()
    thread.join(30)
    assert not thread.is_alive()
