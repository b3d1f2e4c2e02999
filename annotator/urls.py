from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

API_APPS = [
    "accounts",
    "projects",
    "segmenters",
    "jobs",
    "images",
    "annotations",
    "comments",
    "embeddings",
    "datasets",
]

handler400 = "annotator.common.handlers.handler400"
handler403 = "annotator.common.handlers.handler403"
handler404 = "annotator.common.handlers.handler404"
handler500 = "annotator.common.handlers.handler500"

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include([path("", include(f"annotator.{app}.urls")) for app in API_APPS])),
    path("", include("annotator.pages.urls")),
]
