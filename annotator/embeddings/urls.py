from django.urls import path

from annotator.embeddings.api import ImageEmbeddingView, SegmenterFileView, SegmenterManifestView

urlpatterns = [
    path("images/<int:image_id>/embedding/", ImageEmbeddingView.as_view(), name="image-embedding"),
    path("segmenters/<str:name>/manifest/", SegmenterManifestView.as_view(), name="segmenter-manifest"),
    path("segmenters/<str:name>/files/<str:sha256>/", SegmenterFileView.as_view(), name="segmenter-file"),
]
