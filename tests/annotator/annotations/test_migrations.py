from importlib import import_module
from uuid import UUID, uuid4

from django.apps import apps

from annotator.accounts.models import User
from annotator.annotations.models import Annotation
from annotator.images.models import Image
from annotator.projects.models import Project
from tests.annotator.annotations.conftest import BodyOf, put, rle_of_box
from tests.annotator.conftest import ClientOf, make_image


def test_annotations_from_before_positions_keep_their_drawing_order(
    api: ClientOf, annotator: User, body: BodyOf, image: Image, project: Project
) -> None:
    client = api(annotator)
    other = make_image(project)
    ids: dict[int, list[UUID]] = {image.pk: [], other.pk: []}
    for left in range(3):
        for place in (image, other):
            ids[place.pk].append(uuid4())
            put(client, ids[place.pk][-1], body(image=place.pk, rle=rle_of_box(left=left), position=0))
    import_module("annotator.annotations.migrations.0003_attributes_lock_position").number_by_age(apps, None)
    for image_id, in_order in ids.items():
        rows = Annotation.objects.filter(image_id=image_id).order_by("position")
        assert [(row.pk, row.position) for row in rows] == [(pk, n) for n, pk in enumerate(in_order, start=1)]
