"""The project keeps its promises: who imports whom, and that what is said of it is true."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"ontology", "ingest", "shapes", "queries", "hjemmel", "app"}
MAY_IMPORT = {
    "ontology": set[str](),
    "ingest": {"ontology"},
    "shapes": {"ontology"},
    "queries": {"ontology"},
    "hjemmel": {"ontology", "ingest", "shapes", "queries"},
    "app": {"hjemmel"},
}
MODULES = sorted(
    path for package in OURS for path in ([ROOT / "app.py"] if package == "app" else (ROOT / package).rglob("*.py"))
)
BINARY = {".docx", ".pdf", ".png", ".woff2", ".ico"}
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.split()


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_package_imports_only_what_stands_below_it(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    assert imported(path) & OURS <= MAY_IMPORT[package] | {package}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_a_junk_drawer(path: Path) -> None:
    assert path.stem not in {"utils", "common", "helpers", "models", "misc", "base"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_the_lock_names_no_index_and_every_package_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^[A-Za-z0-9_.-]+==", lock, re.MULTILINE)
    assert len(pinned) > 40
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z0-9])", lock) if "==" in entry)


def test_the_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    locked = set(
        re.findall(r"^([a-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {re.split(r"[<>=]", name)[0] for name in declared} <= locked


def test_no_file_names_a_machine_or_a_package_host() -> None:
    hosts = "|".join(["pypi" + r"\.org", "python" + "hosted", "npmjs" + r"\.", "deb" + r"\.debian"])
    found = re.compile(rf"/(?:work|root|home)/\w|{hosts}")
    written = [ROOT / name for name in TRACKED if not name.startswith("corpus/") and Path(name).suffix not in BINARY]
    assert not [str(path) for path in written if path.is_file() and found.search(path.read_text(encoding="utf-8"))]


def test_data_files_travel_with_the_package() -> None:
    for package, suffix in (("ontology", ".ttl"), ("queries", ".rq"), ("shapes", ".ttl"), ("corpus", ".toml")):
        assert any(entry.name.endswith(suffix) for entry in files(package).iterdir()), package


def test_every_command_and_every_query_is_told_of_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "hjemmel", "--help"], capture_output=True, text=True, check=True, env={"COLUMNS": "200"}
    ).stdout
    commands = re.findall(r"^[│|]\s+([a-z]+)\s{2,}", shown, re.MULTILINE)
    assert {"build", "ask", "check", "serve"} <= set(commands)
    assert not [command for command in commands if f"hjemmel {command}" not in readme]
    assert not [path.stem for path in (ROOT / "queries").glob("*.rq") if f"`{path.stem}`" not in readme]
