"""Comments that are pinned to a place on an image."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from annotator.accounts.models import User
from annotator.comments.actions import resolve
from annotator.comments.models import Comment, Thread
from annotator.images.models import Image
from tests.annotator.conftest import ClientOf


def _url(image: Image) -> str:
    return f"/api/v1/images/{image.pk}/threads/"


def _start(client: APIClient, image: Image, text: str = "Whose tail is this?", **place: Any) -> Any:
    return client.post(_url(image), {"x": 3.5, "y": 2, "text": text, **place})


def test_a_thread_begins_with_a_place_and_a_comment(api: ClientOf, annotator: User, image: Image) -> None:
    response = _start(api(annotator), image)
    assert response.status_code == 201
    thread = response.json()
    assert (thread["image"], thread["x"], thread["y"]) == (image.pk, 3.5, 2.0)
    assert (thread["resolved"], thread["resolved_by"]) == (False, None)
    assert [(one["author"], one["text"]) for one in thread["comments"]] == [
        ("anna-annotator", "Whose tail is this?")
    ]


@pytest.mark.parametrize("place", [{"x": 8.01}, {"y": -1}])
def test_a_place_outside_the_image_is_refused(
    api: ClientOf, annotator: User, image: Image, place: dict[str, Any]
) -> None:
    response = _start(api(annotator), image, **place)
    assert (response.status_code, response.json()["code"]) == (400, "outside_image")
    assert not Thread.objects.exists()


def test_an_empty_comment_is_refused(api: ClientOf, annotator: User, image: Image) -> None:
    assert _start(api(annotator), image, text="  ").status_code == 400


def test_people_reply_to_each_other(api: ClientOf, annotator: User, manager: User, image: Image) -> None:
    thread = _start(api(annotator), image).json()
    replied = api(manager).post(f"/api/v1/threads/{thread['id']}/comments/", {"text": "The left cat's."})
    assert replied.status_code == 201
    assert [one["author"] for one in replied.json()["comments"]] == ["anna-annotator", "mia-manager"]


def test_resolving_names_who_did_it_first(
    api: ClientOf, annotator: User, manager: User, image: Image
) -> None:
    url = f"/api/v1/threads/{_start(api(annotator), image).json()['id']}/"
    assert api(manager).patch(url, {"resolved": True}).json()["resolved_by"] == "mia-manager"
    again = api(annotator).patch(url, {"resolved": True}).json()
    assert (again["resolved"], again["resolved_by"]) == (True, "mia-manager")
    opened = api(annotator).patch(url, {"resolved": False}).json()
    assert (opened["resolved"], opened["resolved_by"]) == (False, None)


def test_a_reply_opens_a_resolved_thread_again(api: ClientOf, annotator: User, image: Image) -> None:
    client = api(annotator)
    thread = _start(client, image).json()
    resolve(Thread.objects.get(), resolved=True, user=annotator)
    assert not client.post(f"/api/v1/threads/{thread['id']}/comments/", {"text": "No."}).json()["resolved"]


def test_the_list_can_be_limited_to_what_is_open(api: ClientOf, annotator: User, image: Image) -> None:
    client = api(annotator)
    settled, unsettled = (_start(client, image).json()["id"] for _ in range(2))
    client.patch(f"/api/v1/threads/{settled}/", {"resolved": True})

    def listed(query: str) -> list[int]:
        return [one["id"] for one in client.get(_url(image) + query).json()["results"]]

    assert listed("") == [settled, unsettled]
    assert listed("?resolved=false") == [unsettled]
    assert listed("?resolved=true") == [settled]


def test_one_deletes_ones_own_comment_and_a_manager_any(
    api: ClientOf, annotator: User, manager: User, owner: User, image: Image
) -> None:
    thread = _start(api(annotator), image).json()
    first = thread["comments"][0]["id"]
    reply = api(manager).post(f"/api/v1/threads/{thread['id']}/comments/", {"text": "Mine."}).json()
    second = reply["comments"][1]["id"]
    refused = api(annotator).delete(f"/api/v1/comments/{second}/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_comment")
    assert api(annotator).delete(f"/api/v1/comments/{first}/").status_code == 204
    assert api(owner).delete(f"/api/v1/comments/{second}/").status_code == 204
    assert not Thread.objects.exists()


def test_the_list_takes_the_same_queries_for_many_comments(
    api: ClientOf,
    viewer: User,
    annotator: User,
    image: Image,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        thread = _start(api(annotator), image).json()
        api(annotator).post(f"/api/v1/threads/{thread['id']}/comments/", {"text": "More."})
    client = api(viewer)
    with django_assert_num_queries(5):  # the token, the image, the role, the threads, the comments
        assert len(client.get(_url(image)).json()["results"]) == 3


def test_comments_go_with_their_image(api: ClientOf, annotator: User, image: Image) -> None:
    _start(api(annotator), image)
    image.delete()
    assert not Comment.objects.exists()


def test_a_comment_that_is_sent_again_is_said_once(api: ClientOf, annotator: User, image: Image) -> None:
    """As a page does whose answer was lost."""
    begun, replied = {"key": str(uuid4())}, {"text": "The left cat's.", "key": str(uuid4())}
    first, again = (_start(api(annotator), image, **begun) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    url = f"/api/v1/threads/{first.json()['id']}/comments/"
    assert [api(annotator).post(url, replied).status_code for _ in range(2)] == [201, 200]
    assert [one.text for one in Comment.objects.all()] == ["Whose tail is this?", "The left cat's."]


def test_a_reply_that_is_sent_again_does_not_open_what_was_resolved_since(
    api: ClientOf, annotator: User, manager: User, image: Image
) -> None:
    thread = _start(api(annotator), image).json()
    replied = {"text": "The left cat's.", "key": str(uuid4())}
    api(annotator).post(f"/api/v1/threads/{thread['id']}/comments/", replied)
    resolve(Thread.objects.get(), resolved=True, user=manager)
    again = api(annotator).post(f"/api/v1/threads/{thread['id']}/comments/", replied)
    assert again.json()["resolved"]


def test_nobody_takes_the_key_of_another_ones_comment(
    api: ClientOf, annotator: User, manager: User, image: Image
) -> None:
    key = str(uuid4())
    _start(api(annotator), image, key=key)
    response = _start(api(manager), image, key=key)
    assert (response.status_code, response.json()["code"]) == (409, "comment_key_taken")
