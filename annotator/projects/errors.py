from annotator.common.errors import Conflict, Forbidden, NotFound
from annotator.projects.roles import Role


class ProjectNotFound(NotFound):
    message = "There is no such project, or you are not a member of it."


class CategoryNotFound(NotFound):
    message = "There is no such category, or you are not a member of its project."


class RoleTooLow(Forbidden):
    code = "role_too_low"

    def __init__(self, *, role: Role, needed: Role) -> None:
        super().__init__(
            f"This needs the role {needed.value}, and you are {role.value} of this project. Ask its owner.",
            data={"role": role.value, "needed": needed.value},
        )


class CategoryNameTaken(Conflict):
    code = "category_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"This project already has a category {name}. Choose another name.")


class CategoryInUse(Conflict):
    code = "category_in_use"

    def __init__(self, *, name: str, annotation_count: int) -> None:
        noun = "annotation has" if annotation_count == 1 else "annotations have"
        super().__init__(
            f"{annotation_count} {noun} the category {name}. Give them another category first.",
            data={"annotation_count": annotation_count},
        )
