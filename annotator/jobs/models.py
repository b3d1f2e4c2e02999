"""Job: one piece of long work, and one row per attempt at it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class JobState(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE_STATES = (JobState.QUEUED, JobState.RUNNING)


class Urgency(models.IntegerChoices):
    """Lower runs first. INTERACTIVE: a person is looking at a spinner. BATCH: nobody waits."""

    INTERACTIVE = 0
    BATCH = 1


class Lane(models.TextChoices):
    """Jobs of one lane run one after the other in a worker process; the lanes do not wait for each other.

    An export of twenty minutes (IO) must not keep an annotator from their embedding (COMPUTE).
    """

    COMPUTE = "compute"
    IO = "io"


class AttemptOutcome(models.TextChoices):
    """How one attempt ended. INTERRUPTED: the worker was asked to stop. LOST: its heartbeat stopped."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    LOST = "lost"


class JobQuerySet(models.QuerySet["Job"]):
    def active(self) -> "JobQuerySet":
        return self.filter(state__in=ACTIVE_STATES)

    def queued_in_order(self, lane: str) -> "JobQuerySet":
        """The waiting jobs of a lane, next one first: most urgent, then oldest."""
        return self.filter(state=JobState.QUEUED, lane=lane).order_by("urgency", "id")


class Job(models.Model):
    kind = models.CharField(max_length=64)
    lane = models.CharField(max_length=16, choices=Lane)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.QUEUED)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.BATCH)
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="jobs")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What to work on: a small JSON object that the function of the kind understands (ids, a format).
    params = models.JSONField(default=dict)

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    error_code = models.CharField(max_length=64, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    result = models.JSONField(default=dict)

    attempts = models.PositiveSmallIntegerField(default=0)
    # The token of the attempt that owns the job while it runs; a worker writes only under its own.
    claim = models.UUIDField(null=True, default=None)
    heartbeat_at = models.DateTimeField(null=True, default=None)
    cancel_requested = models.BooleanField(default=False)
    woken_at = models.DateTimeField(default=timezone.now)

    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, default=None)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["lane", "urgency", "id"], name="job_queue", condition=Q(state=JobState.QUEUED)
            ),
            models.Index(fields=["heartbeat_at"], name="job_heartbeat", condition=Q(state=JobState.RUNNING)),
            models.Index(fields=["project", "-id"], name="job_of_project"),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_running_has_claim",
                condition=Q(state=JobState.RUNNING, claim__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(claim__isnull=True)),
            ),
            models.CheckConstraint(
                name="job_finished_has_time",
                condition=Q(state__in=ACTIVE_STATES, finished_at__isnull=True)
                | (~Q(state__in=ACTIVE_STATES) & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"job {self.pk} ({self.kind}, {self.state})"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    def error(self) -> dict[str, Any] | None:
        """{code, message} of the failure, None when the job has not failed."""
        return {"code": self.error_code, "message": self.error_message} if self.error_code else None


class JobAttempt(models.Model):
    """One claim of a job: which worker, since when, how it ended."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="attempt_history")
    claim = models.UUIDField(unique=True)
    worker = models.CharField(max_length=200)
    outcome = models.CharField(max_length=16, choices=AttemptOutcome, default=AttemptOutcome.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job"], name="attempt_running_once", condition=Q(outcome=AttemptOutcome.RUNNING)
            ),
        ]

    def __str__(self) -> str:
        return f"attempt at job {self.job_id} by {self.worker} ({self.outcome})"
