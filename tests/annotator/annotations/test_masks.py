"""Every mask from outside is checked against its image."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest
from pycocotools import mask as coco

from annotator.accounts.models import User
from annotator.annotations.models import Annotation
from tests.annotator.annotations.conftest import BodyOf, put
from tests.annotator.conftest import ClientOf


def test_swapped_sides_are_recognised(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID
) -> None:
    response = put(api(annotator), annotation_id, body(rle={"size": [8, 6], "counts": [48]}))
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_mask"
    assert response.json()["message"] == (
        "The mask is 8x6 but the image is 6x8 (height x width). Did you swap them?"
    )


@pytest.mark.parametrize(
    "rle",
    [
        None,
        "mask",
        [],
        {},
        {"size": [6, 8]},
        {"size": [6, 8], "counts": "!!"},
        {"size": [6, 8], "counts": [47]},
        {"size": [6, 8], "counts": [49]},
        {"size": [6, 8], "counts": [-1, 49]},
        {"size": [6, 9], "counts": [54]},
        {"size": [10**9, 10**9], "counts": [10**18]},
        {"size": ["6", "8"], "counts": [48]},
    ],
)
def test_what_is_no_mask_of_this_image_is_refused(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, rle: Any
) -> None:
    response = put(api(annotator), annotation_id, body(rle=rle))
    assert response.status_code == 400
    assert response.json()["code"] in {"invalid_mask", "invalid"}
    assert not Annotation.objects.exists()


@pytest.mark.parametrize("kind", ["hole", "empty", "full", "pixel", "last column"])
def test_masks_come_back_as_pycocotools_wrote_them(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, kind: str
) -> None:
    mask = np.zeros((6, 8), np.uint8, order="F")
    if kind == "hole":
        mask[1:5, 1:5], mask[2:4, 2:4] = 1, 0
    elif kind == "full":
        mask[:] = 1
    elif kind == "pixel":
        mask[3, 3] = 1
    elif kind == "last column":
        mask[:, 7] = 1
    rle = coco.encode(mask)
    sent = {"size": rle["size"], "counts": rle["counts"].decode()}
    answer = put(api(annotator), annotation_id, body(rle=sent)).json()
    assert answer["rle"] == sent
    assert answer["area"] == coco.area(rle)
    assert answer["bbox_xywh"] == coco.toBbox(rle).tolist()


@pytest.mark.parametrize(
    ("provenance", "message"),
    [
        ({"color": "red"}, "provenance.color: "),
        ({"points": [{"x": 1, "y": 2, "label": 7}]}, "provenance.points.0.label: "),
        ({"points": [{"x": "nan", "y": 2, "label": 1}]}, "provenance.points.0.x: "),
        ({"box_xyxy": [1, 2, 3]}, "provenance.box_xyxy: "),
        ({"predicted_iou": "inf"}, "provenance.predicted_iou: "),
        ({"checkpoint_sha256": "abc"}, "provenance.checkpoint_sha256: "),
        (
            {"points": [{"x": 1.123456789012345, "y": 1.123456789012345, "label": 1}] * 1001},
            "provenance.points: ",
        ),
    ],
)
def test_provenance_has_a_shape(
    api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID, provenance: Any, message: str
) -> None:
    response = put(api(annotator), annotation_id, body(provenance=provenance))
    assert response.status_code == 400
    assert response.json()["message"].startswith(message)


def test_provenance_is_kept(api: ClientOf, annotator: User, body: BodyOf, annotation_id: UUID) -> None:
    provenance = {
        "segmenter": "pocket",
        "checkpoint_sha256": "0" * 64,
        "points": [{"x": 1.5, "y": 2.5, "label": 1}, {"x": 7.0, "y": 0.5, "label": 0}],
        "box_xyxy": [0.0, 0.0, 8.0, 6.0],
        "predicted_iou": 0.91,
        "stability_score": 0.97,
        "mean_logit": 3.25,
        "candidate": 1,
        "seconds": 2.5,
    }
    answer = put(api(annotator), annotation_id, body(source="prompt", provenance=provenance)).json()
    assert (answer["source"], answer["provenance"]) == ("prompt", provenance)
