"""Work shared among processes: the same findings and audit rows as in one, and nothing lost when a process fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from cases import Case, read_all

from logitlint import engine
from logitlint.config import Settings
from logitlint.interp import roots
from logitlint.workers import available, side_by_side

SEVERAL = [case for case in read_all() if len(case.sources()) > 1][::9]


def told(case: Case, jobs: int) -> tuple[object, ...]:
    report = engine.check(case.sources(), Settings(confidence="possible", extend_select=case.select, jobs=jobs))
    return report.diagnostics, report.audit, report.skipped, report.unfixed, report.failed


def test_processes_share_the_files_of_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()
    monkeypatch.setattr(roots, "_LEAST_SHARE", 1)
    shared: list[int] = []

    def sharing(parts: list[Callable[[], object]], processes: int, ended: Callable[[], object]) -> list[object]:
        shared.append(len(parts))
        return side_by_side(parts, processes, ended)

    monkeypatch.setattr(roots, "side_by_side", sharing)
    for case in SEVERAL:
        assert told(case, 3) == told(case, 1), case.id
    assert max(shared) == 3
    assert os.getpid() == here


def test_a_large_project_has_more_shares_than_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roots, "_LEAST_SHARE", 1)
    monkeypatch.setattr(roots, "_LARGEST_SHARE", 1)
    shared: list[tuple[int, int]] = []

    def sharing(parts: list[Callable[[], object]], processes: int, ended: Callable[[], object]) -> list[object]:
        shared.append((len(parts), processes))
        return side_by_side(parts, processes, ended)

    monkeypatch.setattr(roots, "side_by_side", sharing)
    for case in SEVERAL:
        assert told(case, 2) == told(case, 1), case.id
    assert max(shared) > (2, 2)
    assert {processes for parts, processes in shared if parts > 1} == {2}


def test_small_projects_are_read_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    shared: list[int] = []

    def sharing(parts: list[Callable[[], object]], processes: int, ended: Callable[[], object]) -> list[object]:
        shared.append(len(parts))
        return side_by_side(parts, processes, ended)

    monkeypatch.setattr(roots, "side_by_side", sharing)
    told(SEVERAL[0], 8)
    assert set(shared) == {1}


def test_results_come_in_the_order_of_the_parts() -> None:
    parts: list[Callable[[], str]] = [lambda: "first", lambda: "second", lambda: "third" * 100_000]
    assert side_by_side(parts) == ["first", "second", "third" * 100_000]


def test_more_parts_than_processes_have_one_each_and_so_many_at_a_time() -> None:
    def part(number: int) -> Callable[[], tuple[int, int]]:
        return lambda: (number, os.getpid())

    ended: list[int] = []
    found = side_by_side([part(number) for number in range(7)], 2, lambda: ended.append(1))
    assert [number for number, _ in found] == list(range(7))
    assert len({process for _, process in found} - {os.getpid()}) == 7
    assert len(ended) == 7


@pytest.mark.parametrize("end", ["raises", "is killed", "gives what cannot be pickled"])
def test_a_part_whose_process_fails_is_done_again(end: str) -> None:
    here = os.getpid()

    def part() -> object:
        if os.getpid() == here:
            return "done"
        if end == "raises":
            raise ValueError("only here")
        if end == "is killed":
            os.kill(os.getpid(), signal.SIGTERM)
        return lambda: None

    assert side_by_side([lambda: "mine", part]) == ["mine", "done"]


def test_as_many_processes_as_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert available(3) == 3
    assert available(0) >= 1
    monkeypatch.delattr(os, "fork", raising=False)
    assert available(3) == 1
