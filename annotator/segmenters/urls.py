from django.urls import path

from annotator.segmenters.api import SegmenterFileView, SegmenterManifestView, SegmentersView

urlpatterns = [
    path("segmenters/", SegmentersView.as_view(), name="segmenters"),
    path("segmenters/<str:name>/manifest/", SegmenterManifestView.as_view(), name="segmenter-manifest"),
    path("segmenters/<str:name>/files/<str:sha256>/", SegmenterFileView.as_view(), name="segmenter-file"),
]
