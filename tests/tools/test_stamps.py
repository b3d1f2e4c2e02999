from pathlib import Path

from tools.stamps import digest_files, is_stamped, write_stamp


def test_step_is_done_again_only_when_a_source_changed(tmp_path: Path) -> None:
    source, stamp = tmp_path / "lock.txt", tmp_path / "deep" / "stamp"
    source.write_text("numpy==1")
    assert not is_stamped(stamp, digest_files([source]))
    write_stamp(stamp, digest_files([source]))
    assert is_stamped(stamp, digest_files([source]))
    source.write_text("numpy==2")
    assert not is_stamped(stamp, digest_files([source]))


def test_digest_tells_apart_the_same_bytes_under_another_name(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ts", tmp_path / "b.ts"
    first.write_text("same")
    second.write_text("same")
    assert digest_files([first]) != digest_files([second])
