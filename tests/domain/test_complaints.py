"""What a case is called that nobody gave a name."""

import pytest

from asb_cases.domain.complaints import usual_title


@pytest.mark.parametrize(
    ("categories", "place", "title"),
    [
        (["Noise: party", "Vehicles"], "14 Marsh Lane, Oxford OX4 9ZZ", "Noise: party, 14 Marsh Lane"),
        (["Litter"], None, "Litter"),
        ([], " , Oxford", "Anti-social behaviour"),
    ],
)
def test_usual_title(categories: list[str], place: str | None, title: str) -> None:
    assert usual_title(categories, place) == title
