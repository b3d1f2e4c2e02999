from pathlib import Path

import pytest

from tools.data_folder import hold_data_folder
from tools.problem import Problem


def test_second_server_on_one_data_folder_is_told_who_has_it(tmp_path: Path) -> None:
    told = r"already runs on the data folder .*http://127\.0\.0\.1:8123/"
    with (
        hold_data_folder(tmp_path, port=8123),
        pytest.raises(Problem, match=told),
        hold_data_folder(tmp_path, port=8124),
    ):
        pass


def test_data_folder_is_free_again_after_its_server_ended(tmp_path: Path) -> None:
    for port in (8123, 8124):
        with hold_data_folder(tmp_path, port=port):
            pass


def test_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with (
        pytest.raises(Problem, match=r"cannot be written: .+DATA_DIR="),
        hold_data_folder(in_the_way / "data", port=8123),
    ):
        pass
