"""Runs in processes of its own, on a database of its own: `python -m tests.annotator.embeddings.stage …`."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import django

from segmentation.registry import register
from tests.annotator.embeddings.counting import SPEC


def work(pool: str) -> None:
    """A real Celery worker that knows the counting segmenter."""
    from annotator.celery import app

    options = ["--concurrency", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    app.worker_main(["worker", "--pool", pool, "--loglevel", "INFO", *options])


def add_images(count: str) -> None:
    """A project with so many images, each of one grey; somebody waits for the last one."""
    from annotator.accounts.actions import get_or_create_user
    from annotator.embeddings.actions import hurry_embedding
    from annotator.embeddings.signatures import signature_of_image
    from annotator.images.actions import add_image
    from annotator.projects.actions import create_project

    owner, _ = get_or_create_user("olga")
    project = create_project(owner, name="Greys")
    project.segmenter = SPEC.name
    project.save()
    for grey in range(int(count)):
        file = io.BytesIO(grey_png(grey))
        image, _ = add_image(project=project, user=owner, filename=f"{grey}.png", file=file)
    hurry_embedding(image, signature_of_image(image), user=owner)


def show() -> None:
    """All jobs with their attempts, as JSON."""
    from annotator.embeddings.models import EmbeddingRecord
    from annotator.jobs.models import Job

    jobs: list[dict[str, Any]] = [
        {"state": job.state, "outcomes": [attempt.outcome for attempt in job.attempt_history.order_by("id")]}
        for job in Job.objects.order_by("id")
    ]
    ready = EmbeddingRecord.objects.filter(ready_at__isnull=False).count()
    sys.stdout.write(json.dumps({"jobs": jobs, "ready": ready}))


def grey_png(grey: int) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), (grey, grey, grey)).save(buffer, "PNG")
    return buffer.getvalue()


if __name__ == "__main__":
    django.setup()
    register(SPEC)
    commands: dict[str, Callable[..., None]] = {"work": work, "add_images": add_images, "show": show}
    commands[sys.argv[1]](*sys.argv[2:])
