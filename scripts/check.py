"""Everything that can be checked on this machine; `make test` calls it. Ends at the first part that fails.

TEST_DATABASE_URL names a PostgreSQL to run the tests on as well (its role must be allowed to create databases): those
that ask the database. The others are given no connection in either run (pytest-django refuses one to a test that has no
fixture or mark for it), so they can tell nothing new there; neither can the browser.
REQUIRE_BROWSER=1, REQUIRE_PDF=1, REQUIRE_POSTGRES=1 and REQUIRE_REDIS=1 make a part that would be skipped a failure, as
in .ci/run.
What is written after the command is passed on to pytest, alone and without the other parts.
"""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

LINT_IMPORTS = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as main; main()"

# More than two workers gain little: the browser tests share the processor with Chromium.
PYTEST = ["-m", "pytest", "-q", "-n", "2"]

DEVELOPMENT = {"DEVELOPMENT": "true", "SECRET_KEY": secrets.token_hex(40)}
# The database on PostgreSQL that is migrated once, for the workers to copy; it goes at the end.
MIGRATED = "test_migrated"
# What a public site is given, so that Django's own check of a deployment looks at the settings that will be used.
PUBLIC = {
    "DEVELOPMENT": "false",
    "SECRET_KEY": secrets.token_hex(40),
    "ALLOWED_HOSTS": "www.board.example",
    "SITE_URL": "https://www.board.example",
}


def main(arguments: list[str]) -> int:
    """Run every part; return the exit status of the first that fails, or 0."""
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    if arguments:
        return python(*PYTEST, *arguments)
    postgresql = os.environ.get("TEST_DATABASE_URL")
    if not postgresql and os.environ.get("REQUIRE_POSTGRES") == "1":
        return refuse("REQUIRE_POSTGRES=1, but TEST_DATABASE_URL is not set.")
    if not postgresql:
        say("PostgreSQL: skipped, TEST_DATABASE_URL is not set")
    try:
        with tempfile.TemporaryDirectory(prefix="board-check-") as folder:
            return before_tests(folder, postgresql) or tests("SQLite") or tests_on_postgresql(postgresql)
    finally:
        if postgresql:
            python("-m", "tests.migrated_database", "--drop", MIGRATED, DATABASE_URL=postgresql)


def before_tests(folder: str, postgresql: str | None) -> int:
    """Migrate the databases for the tests, each once, while the parts run that need one processor only."""
    migrate = ("-m", "tests.migrated_database")
    with ThreadPoolExecutor() as pool:
        made = [pool.submit(part, "database on SQLite", *migrate)]
        if postgresql:
            made.append(pool.submit(part, "database on PostgreSQL", *migrate, MIGRATED, DATABASE_URL=postgresql))
        return quiet_parts(folder) or next((status for one in made if (status := one.result())), 0)


def tests_on_postgresql(postgresql: str | None) -> int:
    """Run the tests that ask the database on PostgreSQL, where there is one."""
    if not postgresql:
        return 0
    own = {"DATABASE_URL": postgresql, "TEST_DATABASE_TEMPLATE": MIGRATED}
    return tests("PostgreSQL", "-m", "database and not browser", **own)


def quiet_parts(folder: str) -> int:
    """Run what says nothing when all is well."""
    own = {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3"}
    return (
        part("format", "-m", "ruff", "format", "--check", ".")
        or part("lint", "-m", "ruff", "check", ".")
        or part("floors", "-c", LINT_IMPORTS, "--no-logo")
        or part("migrations", "manage.py", "makemigrations", "--check", "--dry-run", **DEVELOPMENT, **own)
        or part("deployment", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PUBLIC, **own)
    )


def part(name: str, *arguments: str, **environment: str) -> int:
    """Run one part; show what it said only when it failed."""
    started = time.monotonic()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    say(f"{name}: {'failed' if done.returncode else 'passed'} in {time.monotonic() - started:.1f} s")
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode


def tests(database: str, *arguments: str, **environment: str) -> int:
    """Run the tests on one database."""
    say(f"tests on {database}:")
    return python(*PYTEST, *arguments, **environment)


def python(*arguments: str, **environment: str) -> int:
    """Run Python with these arguments and return its exit status."""
    return subprocess.run([sys.executable, *arguments], env={**os.environ, **environment}, check=False).returncode


def say(sentence: str) -> None:
    """Print at once, so that it stands before what a part prints itself."""
    print(sentence, flush=True)


def refuse(sentence: str) -> int:
    """Say why nothing was run; return the status of a failure."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
