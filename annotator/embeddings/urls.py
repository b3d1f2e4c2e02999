from django.urls import path

from annotator.embeddings.api import ImageEmbeddingView, RegionEmbeddingView

urlpatterns = [
    path("images/<int:image_id>/embedding/", ImageEmbeddingView.as_view(), name="image-embedding"),
    path("images/<int:image_id>/embedding/region/", RegionEmbeddingView.as_view(), name="region-embedding"),
]
