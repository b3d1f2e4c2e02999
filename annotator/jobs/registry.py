"""Job kinds by name, each with the path of its function, so that asking for work imports nothing heavy."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from annotator.jobs.batches import JobBatch
from annotator.jobs.models import Job, Lane
from annotator.jobs.runs import JobRun

# Does the work of one job. Returns the small JSON object kept in `Job.result`; `{"url": ...}` becomes the
# result URL. Idempotent: after a crash it is called again with the same params.
JobFunction = Callable[[JobRun], dict[str, Any]]
# Does the work of several jobs and ends each of them; what it raises ends those that it has not ended.
BatchFunction = Callable[[JobBatch], None]


@dataclass(frozen=True)
class JobKind:
    """A kind of work. `run_path`: "package.module:function" of a JobFunction, imported by the worker only."""

    name: str
    lane: Lane
    run_path: str

    def work(self, batch: JobBatch) -> None:
        """Run the first job of the batch to its end. Raises what its function raises."""
        batch.succeed(batch.first, cast(JobFunction, self._load())(batch.first))

    def _load(self) -> Callable[..., Any]:
        module_name, _, function_name = self.run_path.partition(":")
        return cast(Callable[..., Any], getattr(import_module(module_name), function_name))


class BatchedJobKind(JobKind):
    """A kind whose jobs may run several at once: `run_path` names a BatchFunction."""

    def work(self, batch: JobBatch) -> None:
        cast(BatchFunction, self._load())(batch)


_KINDS: dict[str, JobKind] = {}


def register_kind(kind: JobKind) -> None:
    """Make a kind known. Apps call this when they are ready."""
    _KINDS[kind.name] = kind


def get_kind(name: str) -> JobKind:
    """The kind of that name. Raises LookupError: nothing that a user sends names a kind."""
    try:
        return _KINDS[name]
    except KeyError:
        raise LookupError(
            f'No job kind "{name}" is registered. Known: {", ".join(sorted(_KINDS))}.'
        ) from None


def retryable(job: Job) -> bool:
    """Whether the kind of an old row still exists in this version."""
    return job.kind in _KINDS
