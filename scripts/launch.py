"""Prepares this folder to run the site or its tests, and starts them. Called by start.sh, which `make` calls.

Uses nothing but Python itself. Every refusal is one line that says what to do. A step is marked as done only when it is
done, so a start that was killed half-way is simply made again by the next one.

Any Python must be able to read this file, because it has to tell the old ones that they are too old: no f-strings.
"""

from __future__ import print_function

import binascii
import errno
import hashlib
import os
import socket
import subprocess
import sys

NEEDED = (3, 11)
VENV = ".venv"
VENV_PYTHON = os.path.join(VENV, "bin", "python")
INSTALLED = os.path.join(VENV, "installed")  # what has been installed: Python's version, then the locks' fingerprints
UNFINISHED = os.path.join(VENV, "unfinished")  # there while something is being installed
INSTALL_LOG = os.path.join(VENV, "install.log")
NETWORK_SIGNS = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ReadTimeoutError", "ProxyError")

# What each command needs, and what the virtual environment's Python is then asked to do.
COMMANDS = {
    "run": ("requirements.txt", ["manage.py", "serve"]),
    "test": ("requirements-dev.txt", ["scripts/check.py"]),
    "bench": ("requirements-dev.txt", ["-m", "tests.bench"]),
    "install": ("requirements-dev.txt", ["-c", "print('Everything is installed.')"]),
    "manage": ("requirements.txt", ["manage.py"]),
    "python": ("requirements-dev.txt", []),
}


class Refusal(Exception):
    """Why it cannot go on, in one line for a person."""


def main(command, *arguments):
    """Prepare what the command needs, then become the command."""
    refuse_old_python()
    requirements, action = COMMANDS[command]
    arguments = list(arguments)
    if command == "run":
        arguments = ["--port", str(free_port(os.environ.get("PORT", "8000")))]
    refuse_unwritable_folder()
    prepare_environment(requirements)
    write_settings()
    sys.stdout.flush()
    os.execv(VENV_PYTHON, [VENV_PYTHON] + action + arguments)


def refuse_old_python():
    """Raise Refusal when this Python is older than the site's code."""
    if sys.version_info < NEEDED:
        raise Refusal(
            "Python 3.11 or newer is needed, this is {}.{}. Install a newer one, or name it: PYTHON=python3.12".format(
                *sys.version_info[:2]
            )
        )


def refuse_unwritable_folder():
    """Raise Refusal when nothing can be written beside the code; asked by writing, since root is told it always may."""
    probe = ".writable"
    try:
        open(probe, "w").close()
        os.remove(probe)
    except (IOError, OSError) as error:
        raise Refusal("This folder cannot be written to ({}): {}".format(error.strerror, os.getcwd()))


def free_port(text):
    """Return the port as a number. Raises Refusal when it is none, or is taken."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Refusal("PORT must be a number from 1 to 65535, not '{}'.".format(text))
    port = int(text)
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", port))
    except (IOError, OSError) as error:
        if error.errno == errno.EADDRINUSE:
            raise Refusal("Port {} is taken. Choose another: make run PORT={}".format(port, port + 1))
        raise Refusal("Port {} cannot be used: {}. Choose another: make run PORT=8000".format(port, error.strerror))
    finally:
        probe.close()
    return port


def prepare_environment(requirements):
    """Make the virtual environment and install the locked packages, unless that has been done."""
    wanted = "{} {}".format(requirements, fingerprint(requirements))
    version = version_of_environment()
    another = "PYTHON" in os.environ and version != version_of(sys.version_info)
    if not another and version and version == first_line(INSTALLED) and wanted in lines(INSTALLED):
        return
    if another or not version or os.path.exists(UNFINISHED) or not has_pip():
        make_environment()
    install(requirements)
    # The development lock holds all that the other one does, and is compiled to agree with it.
    done = ["requirements.txt", "requirements-dev.txt"] if "dev" in requirements else [requirements]
    write(INSTALLED, [version_of_environment()] + ["{} {}".format(name, fingerprint(name)) for name in done])


def version_of_environment():
    """Return "3.11" or the like; None when there is no environment or it does not work."""
    try:
        command = [VENV_PYTHON, "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]
        return subprocess.check_output(command, stderr=subprocess.STDOUT).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def version_of(version_info):
    """Return "3.11" for such a version."""
    return "{}.{}".format(*version_info[:2])


def has_pip():
    """Whether the environment is whole enough to install into."""
    return run_quietly([VENV_PYTHON, "-m", "pip", "--version"])[0] == 0


def make_environment():
    """Make the virtual environment afresh. Raises Refusal when Python was installed without the means."""
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            raise Refusal(
                "Python's '{}' module is missing. On Debian or Ubuntu: apt install python{}-venv".format(
                    module, version_of(sys.version_info)
                )
            )
    print("Making a virtual environment with Python {} in {} ...".format(version_of(sys.version_info), VENV))
    sys.stdout.flush()
    status, output = run_quietly([sys.executable, "-m", "venv", "--clear", VENV])
    if status:
        raise Refusal("The virtual environment could not be made: {}".format(last_line(output)))


def install(requirements):
    """Install the locked packages. Raises Refusal when they cannot be had."""
    print("Installing the locked packages (the first time only, about a minute) ...")
    sys.stdout.flush()
    write(UNFINISHED, [])
    command = [VENV_PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "-r", requirements]
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2", "--timeout", "20"]
    status, output = run_quietly(command)
    write(INSTALL_LOG, output.splitlines())
    if status and any(sign in output for sign in NETWORK_SIGNS):
        raise Refusal(
            "No network: the packages are downloaded the first time, and their registry could not be reached. "
            "Connect and run it again. (Details: {})".format(INSTALL_LOG)
        )
    if status:
        raise Refusal("The packages could not be installed: {} (Details: {})".format(last_line(output), INSTALL_LOG))
    os.remove(UNFINISHED)


def write_settings():
    """Write .env with a key of this machine's own, readable by its owner only, unless there is one."""
    if os.path.exists(".env"):
        return
    write(
        ".env",
        [
            "# Written by the first `make run`: this copy of the site is for this machine only.",
            "DEVELOPMENT=true",
            "SECRET_KEY=" + binascii.hexlify(os.urandom(40)).decode(),
        ],
    )


def run_quietly(command):
    """Run the command; return its exit status and all it said."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.PIPE)
    output = process.communicate()[0]
    return process.returncode, output.decode("utf-8", "replace")


def fingerprint(path):
    """Return a short digest of the file's content."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:16]


def write(path, content):
    """Write lines to a file that only its owner can read; whole or not at all."""
    fresh = path + ".new"
    if os.path.exists(fresh):
        os.remove(fresh)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write("".join(line + "\n" for line in content).encode("utf-8"))
    os.rename(fresh, path)


def lines(path):
    """Return the lines of a file, none where there is no file."""
    try:
        with open(path) as file:
            return file.read().splitlines()
    except (IOError, OSError):
        return []


def first_line(path):
    """Return the first line of a file, or None."""
    return (lines(path) or [None])[0]


def last_line(output):
    """Return the last line of output that says something, most likely why it failed."""
    return ([line.strip() for line in output.splitlines() if line.strip()] or ["no reason was given"])[-1]


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Refusal as refusal:
        sys.exit(str(refusal))
    except (IOError, OSError) as error:
        sys.exit("Cannot go on in {}: {} ({})".format(os.getcwd(), error.strerror, error.filename))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run it again to go on.")
