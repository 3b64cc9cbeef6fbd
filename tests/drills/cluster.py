"""A PostgreSQL of the drill's own, which may be stopped as by a power cut and started again."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs on this machine, the newest; None where there are none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return installed[-1].parent if installed else None


class Cluster:
    """A running PostgreSQL: `folder` holds its data, and nobody but this machine reaches its `port`."""

    def __init__(self, folder: str, port: int):
        self.folder, self.port = folder, port

    @property
    def address(self) -> str:
        """The address of its first database."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make the files of a new one."""
        self._run("initdb", "--pgdata", self.folder, "--username", "postgres", "--auth", "trust", "--encoding", "UTF8")

    def start(self) -> None:
        """Start it, and wait until it answers; after a power cut it first reads its log again."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = f"{self.folder}/server.log"
        self._run("pg_ctl", "start", "--wait", "--pgdata", self.folder, "--log", log, "--options", options)

    def cut_the_power(self) -> None:
        """Stop it without letting it write anything more down."""
        self._run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        # It refuses to be run by root.
        as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(programs() / program), *arguments]
        subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, check=True, **as_whom)


@contextmanager
def cluster():
    """Run a new one and yield it; everything of it is removed afterwards."""
    folder = tempfile.mkdtemp(prefix="drill-postgresql-")
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Cluster(folder, port)
    try:
        running.make()
        running.start()
        try:
            yield running
        finally:
            running.cut_the_power()
    finally:
        shutil.rmtree(folder)
