from annotator.common.errors import Conflict, Invalid, NotFound
from annotator.jobs.models import Job


class EmbeddingFailed(Conflict):
    code = "embedding_failed"

    def __init__(self, job: Job) -> None:
        super().__init__(
            f"The embedding of this image could not be computed: {job.error_message} "
            f"To try again, POST to /api/v1/jobs/{job.pk}/retry/.",
            data={"job": job.pk, "reason": job.error_code},
        )


class RegionOutside(Invalid):
    code = "region_outside"

    def __init__(self, *, width: int, height: int) -> None:
        super().__init__(
            f"The region is not inside the image, which is {width} x {height} pixels (width x height).",
            data={"width": width, "height": height},
        )


class EmbeddingKeyUnknown(NotFound):
    code = "embedding_key_unknown"

    def __init__(self, *, current: str) -> None:
        super().__init__(
            "This key belongs to an older segmenter or to another image. Load the image again and use "
            "its embedding.url.",
            data={"current": current},
        )
