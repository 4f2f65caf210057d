"""What the tests of plans share: a project with all that a plan tells."""

import pytest

from programme.conftest import Enter
from shanhai.programme.models import Project


@pytest.fixture
def clinic(project: Enter) -> Project:
    return project(
        "X1",
        planned="120万元",
        planned_start="2023-03-01",
        planned_end="2024-10-31",
        places="洛隆县孜托镇",
        level="county",
        livelihood="whole",
    )
