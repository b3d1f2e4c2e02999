"""Parts of an image have embeddings of their own."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from annotator.accounts.models import User
from annotator.embeddings.actions import forget_embedding
from annotator.embeddings.models import RegionRecord
from annotator.embeddings.upkeep import remove_unneeded_embeddings
from annotator.images.models import Image
from annotator.images.pixels import Region, read_pixels, read_region
from annotator.jobs.models import Lane
from annotator.jobs.worker import drain_lane
from segmentation.imaging import ImageLimits, read_box, write_pyramid
from tests.annotator.conftest import ClientOf
from tests.annotator.embeddings.counting import CountingSegmenter

pytestmark = pytest.mark.django_db
QUERY = "x=1&y=2&width=4&height=3"


def test_a_region_is_embedded_once_when_somebody_asks(
    api: ClientOf, annotator: User, added: Image, segmenter: CountingSegmenter
) -> None:
    drain_lane(Lane.COMPUTE)
    before = segmenter.encode_calls
    url = f"/api/v1/images/{added.pk}/embedding/region/?{QUERY}"
    pending = api(annotator).get(url)
    assert (pending.status_code, pending.headers["Retry-After"]) == (202, "1")
    assert api(annotator).get(url).json()["job"]["id"] == pending.json()["job"]["id"]
    drain_lane(Lane.COMPUTE)
    answer = api(annotator).get(url)
    assert answer.status_code == 200
    assert answer.headers["ETag"]
    assert segmenter.encode_calls == before + 1
    other = api(annotator).get(f"/api/v1/images/{added.pk}/embedding/region/?x=0&y=0&width=4&height=3")
    assert other.status_code == 202


@pytest.mark.parametrize(
    ("query", "code"),
    [("x=5000&y=0&width=9&height=9", "region_outside"), ("x=0&y=0&width=0&height=3", "invalid")],
)
def test_a_region_that_is_none_is_refused(
    api: ClientOf, annotator: User, added: Image, segmenter: CountingSegmenter, query: str, code: str
) -> None:
    assert segmenter.encode_calls == 0
    answer = api(annotator).get(f"/api/v1/images/{added.pk}/embedding/region/?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_upkeep_leaves_regions_until_they_are_forgotten(
    api: ClientOf, annotator: User, added: Image, segmenter: CountingSegmenter
) -> None:
    api(annotator).get(f"/api/v1/images/{added.pk}/embedding/region/?{QUERY}")
    drain_lane(Lane.COMPUTE)
    assert segmenter.encode_calls == 2
    assert remove_unneeded_embeddings() == 0
    forget_embedding(RegionRecord.objects.get().key)
    assert remove_unneeded_embeddings() == 1


def test_a_region_has_the_pixels_of_its_place(added: Image) -> None:
    pixels = read_region(added, Region(1, 2, 4, 3))
    assert np.array_equal(pixels, read_pixels(added)[2:5, 1:5])


def test_a_region_of_a_large_image_is_read_from_tiles(tmp_path: Path) -> None:
    gradient = Picture.linear_gradient("L").resize((1500, 1100)).convert("RGB")
    gradient.save(tmp_path / "large.png")
    write_pyramid(tmp_path / "large.png", tmp_path / "large.zip", limits=ImageLimits())
    fine = read_box(tmp_path / "large.zip", (500, 300, 1300, 900), least_side=600)
    coarse = read_box(tmp_path / "large.zip", (500, 300, 1300, 900), least_side=400)
    assert (fine.shape, coarse.shape) == ((600, 800, 3), (300, 400, 3))
    truth = np.asarray(gradient)[300:900, 500:1300].astype(int)
    assert np.abs(fine.astype(int) - truth).max() <= 4
    assert np.abs(coarse.astype(int) - truth[::2, ::2]).max() <= 4
