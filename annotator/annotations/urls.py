from django.urls import path

from annotator.annotations.api import AnnotationView, ImageAnnotationsView, ProjectAnnotationsView

urlpatterns = [
    path(
        "projects/<int:project_id>/annotations/",
        ProjectAnnotationsView.as_view(),
        name="project-annotations",
    ),
    path("images/<int:image_id>/annotations/", ImageAnnotationsView.as_view(), name="image-annotations"),
    path("annotations/<uuid:annotation_id>/", AnnotationView.as_view(), name="annotation"),
]
