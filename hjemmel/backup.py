"""One file with all that a store is: the current snapshot, the laws, the shelf and whatever else people put there.

snapshot/NAME/…    the current snapshot
home/…             everything else in the folder of the store
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hjemmel import kept, mirror, snapshot
from hjemmel.publication import prune, unfinished
from hjemmel.snapshot import Manifest, StoreError, point, snapshots, sync, verified, writing

SNAPSHOT, HOME, REPLACED = "snapshot", "home", "replaced-"
NOT_KEPT = {"snapshots", "current", "writing", mirror.RECORD, kept.FILE}
"""What is the machine's own in the folder of a store, or stands in a backup in another way."""


def back_up(home: Path, file: Path) -> Manifest:
    """Write a backup of a store; an older file of that name stays until this one is whole."""
    beside = file.with_name(f"{file.name}.part")
    with writing(home):
        path = snapshot.current(home)
        if path is None:
            raise StoreError(f"There is no store in {home} to back up: run `hjemmel build`.")
        found = verified(path)
        try:
            with tarfile.open(beside, "w:gz", compresslevel=1) as archive:
                archive.add(path, f"{SNAPSHOT}/{path.name}")
                for entry in _kept(home):
                    archive.add(entry, f"{HOME}/{entry.name}")
            sync(beside)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    beside.replace(file)
    return found


def restore(home: Path, file: Path) -> Manifest:
    """Make a store what it was when it was backed up. Every byte is checked before anything is changed.

    What stood in the folder is kept in one called `replaced-…`, and the snapshots before can be gone back to.
    """
    with writing(home):
        with unfinished(home) as folder:
            _unpack(file, folder)
            [path] = (folder / SNAPSHOT).iterdir()
            found = verified(path)
            number = max((int(entry.name.partition("-")[0]) for entry in snapshots(home)), default=0) + 1
            name = f"{number:06d}-{path.name.partition('-')[2]}"
            for each in folder.rglob("*"):
                sync(each)
            path.rename(home / "snapshots" / name)
            _set_aside(home)
            for entry in (folder / HOME).iterdir() if (folder / HOME).is_dir() else ():
                entry.rename(home / entry.name)
            sync(home / "snapshots")
        point(home, name)
        prune(home)
    mirror.follow(home)
    return found


def _kept(home: Path) -> Iterator[Path]:
    for entry in sorted(home.iterdir()):
        if entry.name not in NOT_KEPT and not entry.name.startswith(("current.", REPLACED)) and entry.suffix != ".part":
            yield entry


def _unpack(file: Path, folder: Path) -> None:
    if not file.is_file():
        raise StoreError(f"There is no file {file}: check the name and the folder.")
    try:
        with tarfile.open(file, "r:gz") as archive:
            members = archive.getmembers()
            # What `filter="data"` would refuse, too, but Python 3.11.2, which Debian 12 has, knows no filters.
            if any(not (member.isfile() or member.isdir()) or _leads_out(member.name) for member in members):
                raise tarfile.TarError("it holds more than files below one folder")
            archive.extractall(folder, members=members)
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, and not the file
        raise StoreError(f"{file} is no whole backup ({error}): take another one. The store is as it was.") from error
    if len(list((folder / SNAPSHOT).glob("*-*"))) != 1:
        raise StoreError(f"{file} is no backup of a store: make one with `hjemmel backup`. The store is as it was.")


def _leads_out(name: str) -> bool:
    return PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts


def _set_aside(home: Path) -> None:
    """Move what stands in the folder out of the way of what comes."""
    entries = list(_kept(home))
    if entries:
        aside = home / f"{REPLACED}{1 + sum(1 for _ in home.glob(f'{REPLACED}*'))}"
        aside.mkdir()
        for entry in entries:
            entry.rename(aside / entry.name)
