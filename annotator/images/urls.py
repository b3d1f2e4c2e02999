from django.urls import path

from annotator.images.api import (
    ImageContentView,
    ImageNeighboursView,
    ImageThumbnailView,
    ImageTileView,
    ImageView,
    ImageWindowView,
    ProjectImagesView,
)

urlpatterns = [
    path("projects/<int:project_id>/images/", ProjectImagesView.as_view(), name="project-images"),
    path("images/<int:image_id>/", ImageView.as_view(), name="image"),
    path("images/<int:image_id>/content/", ImageContentView.as_view(), name="image-content"),
    path("images/<int:image_id>/thumbnail/", ImageThumbnailView.as_view(), name="image-thumbnail"),
    path(
        "images/<int:image_id>/tiles/<int:level>/<int:column>/<int:row>/",
        ImageTileView.as_view(),
        name="image-tile",
    ),
    path("images/<int:image_id>/window/", ImageWindowView.as_view(), name="image-window"),
    path("images/<int:image_id>/neighbours/", ImageNeighboursView.as_view(), name="image-neighbours"),
]
