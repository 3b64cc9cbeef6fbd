"""A public site starts only with what it needs; asked in a process of its own, as the server would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PUBLIC = {
    "DEVELOPMENT": "false",
    "SECRET_KEY": "q7!" + "abcdefghij0123456789" * 3,
    "ALLOWED_HOSTS": "www.board.example",
    "SITE_URL": "https://www.board.example",
}


def start(tmp_path, *, without: str = "", **environment):
    """Ask a fresh process that does not find the package `without` to set Django up and print what it serves with."""
    code = (f"import sys; sys.modules[{without!r}] = None\n" if without else "") + (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "print(s.DEBUG, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)\n"
        "print(s.CACHES['default']['BACKEND'], s.STORAGES['default']['BACKEND'], s.EMAIL_BACKEND)"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    # A developer's .env must not decide a test.
    kept |= {"ENV_FILE": str(tmp_path / "none"), "DJANGO_SETTINGS_MODULE": "board_site.settings"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        # ENV_FILE: what is in a developer's .env must not decide a test.
        env={
            "ENV_FILE": str(tmp_path / "none"),
            "DJANGO_SETTINGS_MODULE": "board_site.settings",
            **kept,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


class TestAPublicSite:
    def test_starts_when_everything_is_given_and_is_then_strict(self, tmp_path):
        started = start(tmp_path, **PUBLIC)
        assert started.stdout.splitlines()[0] == "False 63072000 True True True", started.stderr

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"SECRET_KEY": ""}, "SECRET_KEY is missing or weak"),
            ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or weak"),
            ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is missing or weak"),
            ({"SECRET_KEY": "django-insecure-" + "abcdefghij0123456789" * 3}, "SECRET_KEY is missing or weak"),
            ({"DEBUG": "true"}, "DEBUG is on"),
            ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must list"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must list"),
            ({"ALLOWED_HOSTS": "www.board.example,*"}, "ALLOWED_HOSTS must list"),
            ({"SITE_URL": ""}, "SITE_URL must be"),
            ({"SITE_URL": "http://www.board.example"}, "SITE_URL must be"),
        ],
    )
    def test_refuses_and_says_why(self, tmp_path, change, reason):
        started = start(tmp_path, **PUBLIC | change)
        assert started.returncode != 0
        assert reason in started.stderr
        assert started.stdout == ""

    def test_names_every_fault_at_once_and_never_the_secret(self, tmp_path):
        started = start(tmp_path, SECRET_KEY="hunter2", DEBUG="1")
        for word in ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"):
            assert word in started.stderr
        assert "hunter2" not in started.stderr

    def test_is_what_an_empty_environment_means(self, tmp_path):
        assert "The site will not start like this." in start(tmp_path).stderr

    def test_takes_a_redis_that_may_be_away(self, tmp_path):
        caches = {"CACHE_URL": "redis://cache.example:6379/1", "PAGE_CACHE_URL": "rediscache://cache.example:6379/2"}
        assert "pages.cache_backends.ForgivingRedisCache" in start(tmp_path, **PUBLIC, **caches).stdout

    def test_says_what_to_install_before_files_can_go_to_a_bucket(self, tmp_path):
        assert "requirements-s3.txt" in start(tmp_path, without="storages", **PUBLIC, S3_BUCKET="board").stderr

    def test_keeps_files_in_a_bucket_where_one_is_named(self, tmp_path):
        assert "storages.backends.s3.S3Storage" in start(tmp_path, **PUBLIC, S3_BUCKET="board").stdout


PROVIDER = {"EMAIL_PROVIDER": "postmark", "ANYMAIL_WEBHOOK_SECRET": "board:" + "abcdefghij0123456789"}


class TestAProviderOfMail:
    def test_is_used_where_one_is_named(self, tmp_path):
        started = start(tmp_path, **PUBLIC, **PROVIDER, ANYMAIL_POSTMARK_SERVER_TOKEN="token")
        assert started.returncode == 0, started.stderr
        assert "anymail.backends.postmark.EmailBackend" in started.stdout

    def test_says_what_to_install(self, tmp_path):
        assert "requirements-mail.txt" in start(tmp_path, without="anymail", **PUBLIC, **PROVIDER).stderr

    @pytest.mark.parametrize("secret", ["", "board:short", "without-a-name-but-long-enough"])
    def test_needs_a_secret_for_its_reports(self, tmp_path, secret):
        started = start(tmp_path, **PUBLIC, **PROVIDER | {"ANYMAIL_WEBHOOK_SECRET": secret})
        assert "ANYMAIL_WEBHOOK_SECRET" in started.stderr

    @pytest.mark.parametrize("name", ["pigeon", "../postmark", "a.b"])
    def test_must_be_one_that_is_known(self, tmp_path, name):
        assert "django-anymail knows" in start(tmp_path, **PUBLIC, **PROVIDER | {"EMAIL_PROVIDER": name}).stderr

    def test_need_not_be_installed_where_none_is_named(self, tmp_path):
        assert start(tmp_path, without="anymail", **PUBLIC).returncode == 0


class TestADevelopmentSite:
    def test_needs_a_key_of_its_own_too(self, tmp_path):
        assert "SECRET_KEY is missing" in start(tmp_path, DEVELOPMENT="true").stderr

    def test_shows_no_code_to_visitors_unless_asked(self, tmp_path):
        assert start(tmp_path, DEVELOPMENT="true", SECRET_KEY="x").stdout.startswith("False 0 False False False")
