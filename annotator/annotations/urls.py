from django.urls import path

from annotator.annotations.api import AnnotationView, ImageAnnotationsView

urlpatterns = [
    path("images/<int:image_id>/annotations/", ImageAnnotationsView.as_view(), name="image-annotations"),
    path("annotations/<uuid:annotation_id>/", AnnotationView.as_view(), name="annotation"),
]
