from django.urls import path

from annotator.jobs.api import CancelJobView, JobView, ProjectJobsView, RetryJobView

urlpatterns = [
    path("projects/<int:project_id>/jobs/", ProjectJobsView.as_view(), name="project-jobs"),
    path("jobs/<int:job_id>/", JobView.as_view(), name="job"),
    path("jobs/<int:job_id>/cancel/", CancelJobView.as_view(), name="job-cancel"),
    path("jobs/<int:job_id>/retry/", RetryJobView.as_view(), name="job-retry"),
]
