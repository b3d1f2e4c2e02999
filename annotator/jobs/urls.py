from django.urls import path

from annotator.jobs.api import CancelJob, OneJob, ProjectJobs, RetryJob

urlpatterns = [
    path("projects/<int:project_id>/jobs/", ProjectJobs.as_view(), name="project-jobs"),
    path("jobs/<int:job_id>/", OneJob.as_view(), name="job"),
    path("jobs/<int:job_id>/cancel/", CancelJob.as_view(), name="job-cancel"),
    path("jobs/<int:job_id>/retry/", RetryJob.as_view(), name="job-retry"),
]
