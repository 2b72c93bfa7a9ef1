"""Cold wall time, CPU and peak memory of logitlint beside ruff and flake8, on the unpacked wheels of well-known packages.

    python benchmarks/run.py [--pairs 5] [--packages keras timm monai] [--cache-dir benchmarks/.cache]

The peers live in an environment of their own below the cache directory, logitlint in another, so that no tool pays for the
start-up of a crowded site-packages. The tools do different work: ruff and flake8 judge every line by itself, logitlint follows
values through the program; the counts of findings stand beside the times for that reason. The runs are interleaved (A B C A B C)
after one warm-up of each, so that the file cache is warm and a slow minute of the machine hits all of them. Figures are medians;
a spread above 30 % (half of the interquartile range over the median) is marked with ``!`` and should not be quoted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VOID_SPREAD = 0.30


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds of wall time, seconds of CPU (its children included), MiB of the largest process, lines of output."""

    wall: float
    cpu: float
    peak: float
    findings: int
    status: int


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    command: tuple[str, ...]

    def run(self, tree: Path) -> Run:
        """Standard output is counted, one finding per line; standard error is dropped."""
        start = time.perf_counter()
        with subprocess.Popen([*self.command, "."], cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            assert process.stdout is not None
            lines = sum(1 for _ in process.stdout)
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        kibibytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
        return Run(wall, used.ru_utime + used.ru_stime, kibibytes / 1024, lines, process.returncode)


def environment(path: Path, *requirements: str) -> Path:
    """The folder of programs of a virtual environment that holds the requirements; made once, logitlint itself always anew."""
    programs = path / ("Scripts" if os.name == "nt" else "bin")
    if not programs.exists():
        subprocess.run([sys.executable, "-m", "venv", str(path)], check=True)
    subprocess.run([str(programs / "python"), "-m", "pip", "install", "-q", *requirements], check=True)
    return programs


def unpacked(package: str, cache: Path) -> Path:
    """The newest wheel of a package, without its dependencies, unpacked into the cache directory."""
    tree = cache / "trees" / package
    if not tree.exists():
        wheels = cache / "wheels" / package
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--dest", str(wheels), package]
        subprocess.run(pip, check=True)
        (wheel,) = wheels.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tree)
    return tree


def tools(cache: Path) -> list[Tool]:
    peers = environment(cache / "peers", "ruff", "flake8")
    own = environment(cache / "own", "--force-reinstall", "--no-deps", str(ROOT))
    environment(cache / "own", str(ROOT))
    return [
        Tool("logitlint", (str(own / "logitlint"), "check", "--no-cache", "--isolated", "--output-format", "concise")),
        Tool("ruff", (str(peers / "ruff"), "check", "--quiet", "--no-cache", "--isolated", "--output-format", "concise")),
        Tool("flake8", (str(peers / "flake8"), "--isolated")),
    ]


def measure(subjects: Sequence[Tool], tree: Path, pairs: int) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {tool.name: [] for tool in subjects}
    for round_number in range(pairs + 1):
        for tool in subjects:
            run = tool.run(tree)
            if run.status not in (0, 1):
                sys.exit(f"{tool.name} failed on {tree.name} with status {run.status}: nothing to compare")
            if round_number:
                runs[tool.name].append(run)
    return runs


def spread(values: Sequence[float]) -> float:
    """Half of the interquartile range over the median; 0 for fewer than four values."""
    if len(values) < 4:
        return 0.0
    low, middle, high = statistics.quantiles(values, n=4)
    return (high - low) / 2 / middle


def ratio(own: Sequence[Run], peer: Sequence[Run]) -> float:
    """Median of the pairwise ratios of wall time: above 1, logitlint is slower."""
    return statistics.median(a.wall / b.wall for a, b in zip(own, peer, strict=True))


def print_table(package: str, tree: Path, runs: dict[str, list[Run]]) -> None:
    sources = list(tree.rglob("*.py"))
    size = sum(path.stat().st_size for path in sources) / 1e6
    print(f"\n{package}: {len(sources)} files, {size:.1f} MB, {len(next(iter(runs.values())))} rounds")
    print(f"  {'':10} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9} {'findings':>9} {'status':>7}   logitlint is")
    own = runs["logitlint"]
    for name, rows in runs.items():
        wall = statistics.median(run.wall for run in rows)
        mark = "!" if spread([run.wall for run in rows]) > VOID_SPREAD else " "
        cpu = statistics.median(run.cpu for run in rows)
        peak = max(run.peak for run in rows)
        beside = "" if rows is own else f"{ratio(own, rows):.2f} x its wall time"
        print(f"  {name:10} {wall:8.2f}{mark}{cpu:8.2f} {peak:9.0f} {rows[-1].findings:9} {rows[-1].status:7}   {beside}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", nargs="+", default=["keras", "timm", "monai"], help="names on PyPI")
    parser.add_argument("--pairs", type=int, default=5, help="rounds after the warm-up")
    parser.add_argument("--cache-dir", type=Path, default=HERE / ".cache")
    arguments = parser.parse_args()
    cache = arguments.cache_dir.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    subjects = tools(cache)
    for package in arguments.packages:
        tree = unpacked(package, cache)
        print_table(package, tree, measure(subjects, tree, arguments.pairs))


if __name__ == "__main__":
    main()
