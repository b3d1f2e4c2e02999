"""Large images are served in tiles too."""

import io
from pathlib import Path

import pytest
from PIL import Image as Picture

from annotator.accounts.models import User
from annotator.images import renditions, storage
from annotator.images.actions import add_image, delete_image
from annotator.images.models import Image
from annotator.images.pyramids import make_missing_pyramids
from annotator.projects.models import Project
from tests.annotator.conftest import ClientOf

pytestmark = pytest.mark.django_db
WIDTH, HEIGHT = 1300, 700


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renditions, "TILED_FROM_PIXELS", WIDTH * HEIGHT)
    monkeypatch.setattr("annotator.images.pyramids.TILED_FROM_PIXELS", WIDTH * HEIGHT)


@pytest.fixture
def large(project: Project, annotator: User) -> Image:
    pixels = Picture.linear_gradient("L").resize((WIDTH, HEIGHT)).convert("RGB")
    buffer = io.BytesIO()
    pixels.save(buffer, format="PNG")
    buffer.seek(0)
    return add_image(project=project, user=annotator, filename="map.png", file=buffer)[0]


def tile_of(api: ClientOf, user: User, image: Image, level: int, column: int, row: int) -> Picture.Image:
    url = str(api(user).get(f"/api/v1/images/{image.pk}/").json()["tile_url"])
    answer = api(user).get(url.format(level=level, column=column, row=row))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]
    return Picture.open(io.BytesIO(answer.content))


@pytest.mark.parametrize(
    ("level", "column", "row", "size"),
    [(0, 0, 0, (512, 512)), (0, 2, 1, (276, 188)), (1, 1, 0, (138, 350)), (2, 0, 0, (325, 175))],
)
def test_a_large_image_is_served_in_tiles_at_every_level(
    api: ClientOf, viewer: User, large: Image, level: int, column: int, row: int, size: tuple[int, int]
) -> None:
    assert tile_of(api, viewer, large, level, column, row).size == size


def test_tiles_show_what_the_image_shows_there(api: ClientOf, viewer: User, large: Image) -> None:
    tile = tile_of(api, viewer, large, 1, 0, 0).convert("L")
    whole = Picture.open(storage.blob_path(large.rendition_sha256)).convert("L")
    for x, y in [(10, 10), (300, 200), (500, 340)]:
        shown, expected = tile.getpixel((x, y)), whole.getpixel((2 * x, 2 * y))
        assert isinstance(shown, int)
        assert isinstance(expected, int)
        assert abs(shown - expected) <= 3


def test_a_browser_that_has_the_tile_is_not_sent_it_again(api: ClientOf, viewer: User, large: Image) -> None:
    url = f"/api/v1/images/{large.pk}/tiles/0/0/0/"
    etag = api(viewer).get(url).headers["ETag"]
    assert api(viewer).get(url, HTTP_IF_NONE_MATCH=etag).status_code == 304


def test_a_tile_that_is_not_there_is_an_error_that_says_so(api: ClientOf, viewer: User, large: Image) -> None:
    answer = api(viewer).get(f"/api/v1/images/{large.pk}/tiles/0/9/9/")
    assert (answer.status_code, answer.json()["code"]) == (404, "tile_not_found")


def test_a_stranger_sees_no_tile(api: ClientOf, stranger: User, large: Image) -> None:
    assert api(stranger).get(f"/api/v1/images/{large.pk}/tiles/0/0/0/").json()["code"] == "not_found"


def test_a_small_image_has_no_tiles(api: ClientOf, viewer: User, stored: Image) -> None:
    assert api(viewer).get(f"/api/v1/images/{stored.pk}/").json()["tile_url"] is None
    assert api(viewer).get(f"/api/v1/images/{stored.pk}/tiles/0/0/0/").status_code == 404


def test_tiles_go_with_the_image(
    large: Image, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    assert list((media / "pyramids").rglob("*.zip"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_image(large)
    assert not list((media / "pyramids").rglob("*.zip"))


def test_images_from_before_there_were_tiles_get_theirs(api: ClientOf, viewer: User, large: Image) -> None:
    storage.pyramid_path(large.rendition_sha256).unlink()
    assert api(viewer).get(f"/api/v1/images/{large.pk}/").json()["tile_url"] is None
    assert make_missing_pyramids() == 1
    assert make_missing_pyramids() == 0
    assert tile_of(api, viewer, large, 0, 0, 0).size == (512, 512)
