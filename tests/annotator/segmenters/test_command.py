"""`manage.py segmenters` without torch: what is asked of the operator, and that nothing is left half-done."""

import hashlib
import io
import json
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from annotator.images.models import Image
from annotator.jobs.models import Job
from annotator.projects.models import Project
from annotator.segmenters import actions
from annotator.segmenters.cli.bars import ByteBar
from annotator.segmenters.cli.listing import HEADINGS
from annotator.segmenters.management.commands import segmenters
from segmentation.checkpoints import exporting, installing
from segmentation.checkpoints.catalogue import PublishedCheckpoint
from tests.segmentation.checkpoints.http_server import FileServer, file_server
from tests.segmentation.checkpoints.installing import install_files


@pytest.fixture(autouse=True)
def _no_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `make run` alone, also where `make torch` was run."""
    monkeypatch.setattr(installing, "has_torch", lambda: False)
    monkeypatch.setattr(exporting, "NEEDED", ("a_package_that_nobody_has",))


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A file of torch.save without tensors, as far as one can tell without torch."""
    path = tmp_path / "My SAM (v2).pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(OrderedDict(), protocol=2))
    return path


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as state:
        yield state


def _run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("segmenters", *arguments, stdout=output)
    return output.getvalue()


def test_the_list_shows_what_is_here_and_what_can_be_pulled(segmenters_folder: Path) -> None:
    install_files(segmenters_folder, "my-sam")
    install_files(segmenters_folder, "sam-vit-b", exported=False)
    lines = {line.split()[0]: line for line in _run("list").splitlines()}
    assert tuple(lines["name"].split()) == HEADINGS
    assert lines["my-sam"].endswith("yes")
    assert lines["sam-vit-b"].endswith("not exported")
    assert lines["sam3"].endswith("no (gated)")
    assert "0.78 MB" in lines["sam-vit-h"]


def test_the_list_as_json(segmenters_folder: Path) -> None:
    rows = {row["name"]: row for row in json.loads(_run("list", "--json"))}
    assert (rows["pocket"]["present"], rows["pocket"]["exported"]) == (True, True)
    assert (rows["sam-vit-b"]["present"], rows["sam-vit-b"]["input_size"]) == (False, 1024)


def test_a_file_is_added_under_a_name_made_from_its_own(segmenters_folder: Path, weights: Path) -> None:
    told = _run("add", str(weights), "--family", "sam")
    assert "make torch" in told
    assert "segmenters export my-sam-v2" in told
    record = json.loads((segmenters_folder / "my-sam-v2" / "segmenter.json").read_text())
    assert record["checkpoint_sha256"] == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert (record["family"], record["origin"]) == ("sam", weights.name)
    stored = segmenters_folder / "my-sam-v2" / "checkpoint" / weights.name
    assert stored.read_bytes() == weights.read_bytes()
    assert stored.stat().st_ino != weights.stat().st_ino, "a copy: the operator may change the file"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere.pth", "--family", "sam"), "no file or folder"),
        (("weights.pth", "--family", "sam", "--name", "Big Name"), "lower-case letters"),
        (("weights.pth", "--family", "sam", "--name", "pocket"), "is there already"),
        (("damaged.pth", "--family", "sam"), "not a checkpoint"),
        (("empty", "--family", "sam"), "holds no checkpoint"),
    ],
)
def test_what_cannot_be_added_is_told_and_leaves_nothing(
    segmenters_folder: Path,
    weights: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    weights.rename("weights.pth")
    Path("damaged.pth").write_bytes(b"GIF89a" + bytes(30))
    Path("empty").mkdir()
    with pytest.raises(CommandError, match=sentence):
        _run("add", *arguments)
    assert not segmenters_folder.exists() or not list(segmenters_folder.iterdir())


def test_a_name_is_taken_once(segmenters_folder: Path, weights: Path) -> None:
    _run("add", str(weights), "--family", "sam", "--name", "mine")
    with pytest.raises(CommandError, match="segmenters remove mine"):
        _run("add", str(weights), "--family", "sam", "--name", "mine")


def test_what_a_killed_command_left_is_cleared_away(segmenters_folder: Path, weights: Path) -> None:
    left = segmenters_folder / ".installing-mine-x1y2"
    left.mkdir(parents=True)
    _run("add", str(weights), "--family", "sam", "--name", "mine")
    assert [path.name for path in segmenters_folder.iterdir()] == ["mine"]


def test_a_published_checkpoint_is_pulled(
    segmenters_folder: Path, weights: Path, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = server.files["tiny.pth"] = weights.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    published = PublishedCheckpoint(
        "tiny-sam", "sam", "Tiny SAM", "MIT", url=server.url("tiny.pth"), sha256=sha256
    )
    monkeypatch.setattr(actions, "get_checkpoint", lambda _name: published)
    told = _run("pull", "tiny-sam")
    assert sha256 in told
    record = json.loads((segmenters_folder / "tiny-sam" / "segmenter.json").read_text())
    assert (record["title"], record["licence"], record["origin"]) == (
        "Tiny SAM",
        "MIT",
        server.url("tiny.pth"),
    )
    assert not list((segmenters_folder / ".downloads").iterdir())
    with pytest.raises(CommandError, match="installed already"):
        _run("pull", "tiny-sam")
    assert len(server.requests) == 1


def test_an_unknown_name_is_told_with_the_known_ones(segmenters_folder: Path) -> None:
    with pytest.raises(CommandError, match=r"sam-vit-b.*segmenters add"):
        _run("pull", "sam-vit-z")


def test_an_export_without_torch_says_how_to_get_it(segmenters_folder: Path) -> None:
    install_files(segmenters_folder, "mine", exported=False)
    with pytest.raises(CommandError, match="make torch"):
        _run("export", "mine")
    with pytest.raises(CommandError, match="Installed: mine"):
        _run("export", "other")


@pytest.mark.django_db
def test_an_unused_segmenter_is_removed(segmenters_folder: Path) -> None:
    install_files(segmenters_folder, "mine")
    assert _run("remove", "mine") == "mine is removed.\n"
    assert not list(segmenters_folder.iterdir())
    with pytest.raises(CommandError, match="no installed segmenter"):
        _run("remove", "mine")


@pytest.mark.django_db
def test_a_used_segmenter_stays_and_its_projects_are_named(segmenters_folder: Path, project: Project) -> None:
    install_files(segmenters_folder, "mine")
    Project.objects.update(segmenter="mine")
    with pytest.raises(CommandError, match="Cats of Rome"):
        _run("remove", "mine")
    assert (segmenters_folder / "mine").exists()


@pytest.mark.django_db
def test_by_force_the_projects_get_the_bundled_one(
    segmenters_folder: Path, project: Project, image: Image
) -> None:
    install_files(segmenters_folder, "mine")
    Project.objects.update(segmenter="mine")
    assert 'Project "Cats of Rome" has pocket now.' in _run("remove", "mine", "--force")
    project.refresh_from_db()
    assert project.segmenter == "pocket"
    assert Job.objects.get().kind == "reembed_project"
    assert not (segmenters_folder / "mine").exists()


@pytest.mark.django_db
def test_the_bundled_one_cannot_be_removed(segmenters_folder: Path) -> None:
    with pytest.raises(CommandError, match="part of Maskwright"):
        _run("remove", "pocket", "--force")


def test_the_bundled_one_is_measured(segmenters_folder: Path) -> None:
    figures = json.loads(_run("bench", "pocket", "--rounds", "1", "--threads", "1", "--json"))
    assert figures["name"] == "pocket"
    assert 0 < figures["decode_ms"] < 10_000
    assert 0 < figures["embedding_bytes"] < 600_000


@pytest.mark.parametrize("watched", [True, False])
def test_the_bar_counts_bytes(*, watched: bool) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: watched  # type: ignore[method-assign]
    bar = ByteBar("sam", stream)
    for done in range(0, 50_000_001, 1_000_000):
        bar(done, 50_000_000)
    text = stream.getvalue()
    assert text.endswith("\n")
    assert "100 %  50.0 of 50.0 MB" in text
    assert text.count("\n") == (1 if watched else 11)


def test_a_database_that_is_not_ready_is_told(
    segmenters_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("no such table: projects_project")

    monkeypatch.setattr(segmenters, "remove_segmenter", away)
    with pytest.raises(CommandError, match="make run"):
        _run("remove", "mine")
