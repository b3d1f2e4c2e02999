from typing import TYPE_CHECKING

from annotator.annotations.serializers import CurrentAnnotation
from annotator.common.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from annotator.annotations.models import Annotation


class AnnotationNotFound(NotFound):
    message = "There is no such annotation, or you are not a member of its project."


class CategoryNotInProject(Invalid):
    code = "category_not_in_project"
    message = "The image's project has no such category. Choose one of its categories, or add it first."


class InvalidAttributes(Invalid):
    code = "invalid_attributes"

    def __init__(self, *, category: str, names: list[str]) -> None:
        super().__init__(
            f"The category {category} does not take these attributes: {', '.join(names)}. "
            "Look at what it asks for, or leave them out.",
            data={"names": names},
        )


class InvalidMask(Invalid):
    """The sentence comes from the codec, which knows what is wrong; `data.reason` is its code."""

    code = "invalid_mask"


class OnOtherImage(Conflict):
    code = "on_other_image"
    message = (
        "This annotation is on another image of the project. Make a new one with a new id for this image."
    )


class PlaceVanished(Conflict):
    code = "place_vanished"
    message = "The image or the category was deleted in the meantime. Load the project again."


class StaleVersion(Conflict):
    """Somebody else wrote in between; `data.current` is what is stored now (null category if deleted)."""

    code = "stale_version"

    def __init__(self, current: "Annotation") -> None:
        what = "deleted" if current.deleted_at else "changed"
        super().__init__(
            f"This annotation was {what} by someone else in the meantime. Look at it again, then decide.",
            data={"current": CurrentAnnotation(current).data},
        )
