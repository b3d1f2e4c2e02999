from django.urls import path

from annotator.datasets.api import ExportDownloadView, ProjectExportsView

urlpatterns = [
    path("projects/<int:project_id>/exports/", ProjectExportsView.as_view(), name="project-exports"),
    path("exports/<int:job_id>/download/", ExportDownloadView.as_view(), name="export-download"),
]
