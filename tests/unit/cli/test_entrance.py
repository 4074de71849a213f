from __future__ import annotations

import pytest

from midstance import pipeline
from midstance.cli import main
from midstance.errors import DataError


def ending_in(error: BaseException):
    def analyse(*_: object, **__: object) -> None:
        raise error

    return analyse


def test_an_error_of_ours_is_one_sentence_and_exit_code_2(monkeypatch, capsys, tmp_path):
    refused = DataError("3 steps were seen", "run.mp4", "film at least 10")
    monkeypatch.setattr(pipeline, "analyse", ending_in(refused))

    assert main(["analyze", "run.mp4", "-o", str(tmp_path / "out"), "-q"]) == 2
    assert capsys.readouterr().err == "midstance: 3 steps were seen · run.mp4 · film at least 10\n"


def test_an_interruption_is_exit_code_130(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(pipeline, "analyse", ending_in(KeyboardInterrupt()))

    assert main(["analyze", "run.mp4", "-o", str(tmp_path / "out")]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_an_error_of_the_program_itself_is_not_hidden(monkeypatch, tmp_path):
    monkeypatch.setattr(pipeline, "analyse", ending_in(ZeroDivisionError()))

    with pytest.raises(ZeroDivisionError):
        main(["analyze", "run.mp4", "-o", str(tmp_path / "out"), "-q"])


def test_a_command_that_does_its_work_ends_with_0(capsys):
    assert main(["metrics"]) == 0
    assert capsys.readouterr().out.startswith("key ")


def test_no_words_show_what_there_is(capsys):
    assert main([]) == 0
    assert "analyze" in capsys.readouterr().out
