from django.urls import path, re_path

from annotator.pages.views import healthz, index

urlpatterns = [
    path("", index, name="index"),
    re_path(r"^projects/", index),
    path("healthz", healthz, name="healthz"),
]
