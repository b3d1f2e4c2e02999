from django.urls import path

from annotator.embeddings.api import ImageEmbeddingView

urlpatterns = [
    path("images/<int:image_id>/embedding/", ImageEmbeddingView.as_view(), name="image-embedding"),
]
