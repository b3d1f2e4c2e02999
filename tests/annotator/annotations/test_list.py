from uuid import uuid4

from pytest_django import DjangoAssertNumQueries

from annotator.accounts.models import User
from annotator.images.models import Image
from annotator.projects.models import Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box, url_of
from tests.annotator.conftest import ClientOf


def _url(image: Image) -> str:
    return f"/api/v1/images/{image.pk}/annotations/"


def test_it_lists_in_the_order_of_making_without_the_deleted(
    api: ClientOf, annotator: User, body: BodyOf, image: Image
) -> None:
    client = api(annotator)
    ids = [uuid4() for _ in range(4)]
    made = [put(client, one, body(rle=rle_of_box(left=i))).json() for i, one in enumerate(ids)]
    client.delete(f"{url_of(ids[1])}?version=1")
    assert client.get(_url(image)).json() == {"results": [made[0], *made[2:]], "next": None}


def test_it_pages_by_cursor(api: ClientOf, annotator: User, body: BodyOf, image: Image) -> None:
    client = api(annotator)
    made = [put(client, uuid4(), body(rle=rle_of_box(left=i))).json()["id"] for i in range(5)]
    url, seen, pages = f"{_url(image)}?limit=2", [], 0
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url, pages = page["next"], pages + 1
    assert (seen, pages) == (made, 3)


def test_it_takes_the_same_queries_for_many_annotations(
    api: ClientOf,
    annotator: User,
    body: BodyOf,
    image: Image,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = api(annotator)
    for left in range(5):
        put(client, uuid4(), body(rle=rle_of_box(left=left)))
    with django_assert_num_queries(4):  # the token, the image, the role, the annotations
        assert len(client.get(_url(image)).json()["results"]) == 5


def test_viewer_reads_and_stranger_does_not(
    api: ClientOf, viewer: User, stranger: User, image: Image
) -> None:
    assert api(viewer).get(_url(image)).status_code == 200
    assert api(stranger).get(_url(image)).status_code == 404


def test_projects_count_live_annotations(
    api: ClientOf, annotator: User, body: BodyOf, project: Project
) -> None:
    client = api(annotator)
    ids = [uuid4(), uuid4(), uuid4()]
    for one in ids:
        put(client, one, body())
    client.delete(f"{url_of(ids[0])}?version=1")
    answer = client.get(f"/api/v1/projects/{project.pk}/").json()
    assert (answer["image_count"], answer["annotation_count"]) == (1, 2)
