from annotator.common.errors import Conflict, Forbidden, Invalid, NotFound


class ThreadNotFound(NotFound):
    message = "There is no such thread of comments, or you are not a member of its project."


class CommentNotFound(NotFound):
    message = "There is no such comment, or you are not a member of its project."


class NotYourComment(Forbidden):
    code = "not_your_comment"
    message = "Somebody else wrote this comment. Its author or a manager of the project can delete it."


class CommentKeyTaken(Conflict):
    code = "comment_key_taken"
    message = "Another comment has this key. Make a new random UUID for each comment."


class OutsideImage(Invalid):
    code = "outside_image"

    def __init__(self, *, width: int, height: int) -> None:
        super().__init__(
            f"The image is {width} wide and {height} high. Choose a place on it.",
            data={"width": width, "height": height},
        )
