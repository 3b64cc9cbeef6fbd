"""All settings of the site, read from the environment (and from `.env` beside manage.py).

Two ways to run it. With `DEVELOPMENT=true` (what `make run` writes into `.env`) the site is for this machine only.
Without it the site is public: it refuses to start until every secret and name it needs has been given.
"""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from files.kinds import KINDS

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(env("ENV_FILE", default=str(BASE_DIR / ".env")))
# What the site writes: database, uploads, caches, collected static files.
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Development or public -------------------------------------------------------------------------------------------

DEVELOPMENT = env.bool("DEVELOPMENT", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEVELOPMENT else [])
# PORT: what `make run` serves at.
_HERE = f"http://127.0.0.1:{env('PORT', default='8000')}" if DEVELOPMENT else ""
SITE_URL = env("SITE_URL", default=_HERE).rstrip("/")


def _what_stops_a_public_site() -> list[str]:
    """Return one sentence for each setting that a public site must not start with."""
    faults = []
    if DEBUG:
        faults.append("DEBUG is on: it shows code and settings to visitors. Remove it.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure"):
        faults.append("SECRET_KEY is missing or weak. Set it to 50 or more random characters, kept out of the code.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS must list the names the site answers to, for example: www.board.example")
    if not SITE_URL.startswith("https://"):
        faults.append("SITE_URL must be the public address and start with https://")
    return faults


if not DEVELOPMENT:
    if faults := _what_stops_a_public_site():
        raise ImproperlyConfigured(
            "The site will not start like this.\n- " + "\n- ".join(faults) + "\n"
            "To try the site on your own machine, use `make run`, or set DEVELOPMENT=true."
        )
elif not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing. `make run` writes one into .env for you.")

# --- Applications ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # The house, from the roof down: see docs/architecture.md
    "demo",
    "guide",
    "explorer",
    *(["inbox"] if DEVELOPMENT else []),
    "home",
    "search",
    "alerts",
    "review_dates",
    "bundles",
    "bulletins",
    "priorities",
    "procedures",
    "board_business",
    "drafts",
    "proofreading",
    "documents",
    "enquiries",
    "gathering",
    "links",
    "approval",
    "updates",
    "content",
    "organisation",
    "pages",
    "accounts",
    "clock",
    "counting",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "accounts.apps.StaffUsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "pages.middleware.RequestId",
    "pages.middleware.HealthChecks",
    "pages.middleware.RefuseBadRequests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "pages.middleware.StoredPublicPages",
    "pages.middleware.FormerTopics",
    "django.middleware.gzip.GZipMiddleware",
    "pages.middleware.ContentSecurityPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SecondFactorFirst",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "pages.middleware.LockTreeWrites",
]

ROOT_URLCONF = "board_site.urls"
WSGI_APPLICATION = "board_site.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.context_processors.organisation",
            ],
        },
    },
]

# --- Data ------------------------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # As Django sets SQLite, 189 of 200 concurrent publishes ended in "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3, options="-c statement_timeout=15000 -c lock_timeout=10000"
    )

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

# Files, not local memory: a command that publishes runs in another process and must be able to clear what the web
# process has stored. Several machines share a Redis by CACHE_URL and PAGE_CACHE_URL.
CACHES = {
    "default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}"),
    "pages": env.cache_url("PAGE_CACHE_URL", default=f"filecache://{VAR_DIR / 'page-cache'}"),
}
# Wagtail writes each picture's sizes here again at every view, though pages fetch them all in one query.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
for _cache in CACHES.values():
    if "redis" in _cache["BACKEND"].lower():
        _cache["BACKEND"] = "pages.cache_backends.ForgivingRedisCache"
    elif "filebased" in _cache["BACKEND"].lower():
        _cache["BACKEND"] = "pages.cache_backends.ForgivingFileCache"

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# --- Files -----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if S3_BUCKET := env("S3_BUCKET", default=""):
    if not find_spec("storages"):
        raise ImproperlyConfigured("S3_BUCKET needs more packages: pip install --require-hashes -r requirements-s3.txt")
    # The bucket stays private: documents come through the site, and the web server passes /media/images/ on.
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "region_name": env("S3_REGION", default=None),
            "access_key": env("S3_ACCESS_KEY", default=None),
            "secret_key": env("S3_SECRET_KEY", default=None),
            "custom_domain": f"{SITE_URL.removeprefix('https://')}{MEDIA_URL}".rstrip("/"),
            "querystring_auth": False,
            "file_overwrite": False,
        },
    }
# nginx sends files from disk itself where this names its place for them, for example /stored/ (deploy/nginx.conf).
FILES_BY_WEB_SERVER = env("FILES_BY_WEB_SERVER", default="")
# The virus scanner: unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310. Empty: uploads are not scanned.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A whole bulletin may be pasted; content/reading/sources.py says what is too much of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# --- Words and time --------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
FORMAT_MODULE_PATH = ["board_site.formats"]
USE_TZ = True
# Whose bank holidays count: ENG, WLS, SCT or NIR.
UK_NATION = env("UK_NATION", default="ENG")

# --- Sign-in ---------------------------------------------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# One door: whatever asks somebody to sign in leads there. docs/decisions/0009-sign-in.md says why.
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # Whom an account belongs to is for site managers to say.
WAGTAILUSERS_PASSWORD_ENABLED = False
# On a public site always; on your own machine only to try it.
SECOND_FACTOR_REQUIRED = not DEVELOPMENT or env.bool("SECOND_FACTOR_REQUIRED", False)

ACCOUNT_ADAPTER = "accounts.adapters.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An account's address is the one that a site manager gave it. allauth's own list of addresses stays empty.
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # accounts/limits.py counts, and says why it does.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEVELOPMENT else "https"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.forms.AgainForm",
    "reset_password": "accounts.forms.ForgottenForm",
    "user_token": "accounts.forms.LinkForm",
    "reset_password_from_key": "accounts.forms.ChooseForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "change_password": "accounts.forms.ChangeForm",
}
MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT  # http://localhost, which browsers take for safe.
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1  # The clocks of phones differ.
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.AppForm",
    "add_webauthn": "accounts.forms.PasskeyForm",
    "edit_webauthn": "accounts.forms.RenameForm",
    "login_webauthn": "accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "accounts.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}

# Single sign-on, where OIDC_ISSUER is set: see docs/operations.md.
OIDC_KEY = "oidc"
OIDC_ISSUER = env("OIDC_ISSUER", default="").rstrip("/")
OIDC_NAME = env("OIDC_NAME", default="your organisation’s account")
# Whether signing in there counts as a second factor, and whether its addresses count as verified without its word.
OIDC_SECOND_FACTOR = env.bool("OIDC_SECOND_FACTOR", False)
OIDC_EMAILS_VERIFIED = env.bool("OIDC_EMAILS_VERIFIED", False)
SOCIALACCOUNT_ADAPTER = "accounts.provider.ProviderAdapter"
if OIDC_ISSUER:
    _OIDC_CLIENT = {"client_id": env("OIDC_CLIENT_ID", default=""), "secret": env("OIDC_CLIENT_SECRET", default="")}
    if not all(_OIDC_CLIENT.values()):
        raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, which the provider gives.")
    if not DEVELOPMENT and not OIDC_ISSUER.startswith("https://"):
        raise ImproperlyConfigured("OIDC_ISSUER must start with https://")
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": OIDC_KEY,
                    "name": OIDC_NAME,
                    **_OIDC_CLIENT,
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ],
        }
    }

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # Wagtail's admin scripts read it.
CSRF_COOKIE_SAMESITE = "Lax"

# --- Headers ---------------------------------------------------------------------------------------------------------

SECURE_PUBLIC = not DEVELOPMENT
SECURE_SSL_REDIRECT = SECURE_PUBLIC
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if SECURE_PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_PUBLIC
SECURE_HSTS_PRELOAD = SECURE_PUBLIC
SESSION_COOKIE_SECURE = SECURE_PUBLIC
CSRF_COOKIE_SECURE = SECURE_PUBLIC
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail allows its own preview, which is shown in a frame.
BEHIND_PROXY = env.bool("BEHIND_TLS_PROXY", SECURE_PUBLIC)
# For the throttle of forms and the limits of sign-in: behind nginx the last address in X-Forwarded-For is nginx's
# word; else none is taken.
REST_FRAMEWORK = {"NUM_PROXIES": 1 if BEHIND_PROXY else 0}
if BEHIND_PROXY:
    # nginx overwrites this header; see docs/operations.md.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Stated in full: directives that an update adds need script-src and style-src in the base policy.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
_NEVER_ASKED_FOR = "accelerometer camera display-capture geolocation gyroscope microphone payment usb"
PERMISSIONS_POLICY = {name: [] for name in _NEVER_ASKED_FOR.split()}

# --- Mail ------------------------------------------------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if DEVELOPMENT and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "inbox.backend.EmailBackend"  # Kept in a folder; /inbox/ shows it.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="board@board.example")

# A provider's web interface in place of EMAIL_URL: one that django-anymail knows. What it asks for is read from the
# variables that begin with ANYMAIL_, named as its documentation names them.
if EMAIL_PROVIDER := env("EMAIL_PROVIDER", default=""):
    if not find_spec("anymail"):
        raise ImproperlyConfigured(
            "EMAIL_PROVIDER needs more packages: pip install --require-hashes -r requirements-mail.txt"
        )
    if not EMAIL_PROVIDER.isidentifier() or not find_spec(f"anymail.backends.{EMAIL_PROVIDER}"):
        raise ImproperlyConfigured("EMAIL_PROVIDER must be one that django-anymail knows: postmark, mailgun…")
    ANYMAIL = {
        name.removeprefix("ANYMAIL_"): value for name, value in env.ENVIRON.items() if name.startswith("ANYMAIL_")
    }
    if len(ANYMAIL.get("WEBHOOK_SECRET", "")) < 24 or ":" not in ANYMAIL["WEBHOOK_SECRET"]:
        raise ImproperlyConfigured(
            "EMAIL_PROVIDER needs ANYMAIL_WEBHOOK_SECRET, a name and a password of 24 or more characters: board:…\n"
            "Without it anybody could report that a mail was not delivered."
        )
    ANYMAIL["REQUESTS_TIMEOUT"] = EMAIL_TIMEOUT
    EMAIL_BACKEND = f"anymail.backends.{EMAIL_PROVIDER}.EmailBackend"
    INSTALLED_APPS.append("anymail")

# Who the board is, for mails that a room below that one writes.
LETTERHEAD = "organisation.gather.letterhead"

# Where mail servers say that an alert could not be delivered, if not to the sender; see docs/operations.md.
BOUNCES_TO = env("BOUNCES_TO", default="")

# --- Wagtail ---------------------------------------------------------------------------------------------------------

WAGTAIL_PAGE_MODEL = "pages.BasePage"
WAGTAIL_SITE_NAME = "Safeguarding children"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Staff's own search in the admin can be answered by an OpenSearch server; readers' search is the room `search`.
if SEARCH_SERVER := env("SEARCH_SERVER", default=""):
    if not find_spec("opensearchpy"):
        raise ImproperlyConfigured(
            "SEARCH_SERVER needs more packages: pip install --require-hashes -r requirements-opensearch.txt"
        )
    address = urlsplit(SEARCH_SERVER)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ImproperlyConfigured("SEARCH_SERVER must be an address: https://user:password@host:9200/name")
    WAGTAILSEARCH_BACKENDS["default"] = {
        "BACKEND": "wagtail.search.backends.opensearch2",
        "URLS": [address._replace(path="", query="", fragment="").geturl()],
        "INDEX_PREFIX": f"{address.path.strip('/') or 'board'}_",
        "TIMEOUT": 5,
    }
WAGTAIL_ENABLE_UPDATE_CHECK = False  # Nothing leaves the site.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# One language and one time zone: nobody chooses. Comments are those of shared drafts, our own.
WAGTAILADMIN_PERMITTED_LANGUAGES = [(LANGUAGE_CODE, "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "approval.finishing.publish_approved"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.pictures.WholePictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "documents.LibraryDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "documents.upload_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = sorted(KINDS)
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.int("LARGEST_FILE", 50 * 1024 * 1024)
WAGTAILIMAGES_RENDITION_STORAGE = "default"

# The address that search boxes send to; the room that answers it is named here alone.
SEARCH_URL_NAME = "search:results"
# Each machine's own index of what is searched; made again from the database when it is missing.
SEARCH_INDEX_FOLDER = Path(env("SEARCH_INDEX_FOLDER", default=str(VAR_DIR / "search")))
# The address at which people choose what to hear of; pages of lower rooms lead there.
ALERTS_URL_NAME = "alerts:choose"
# How long a worker may hold the deliveries that it took: a dead one's go out again after that.
ALERTS_LEASE_SECONDS = env.int("ALERTS_LEASE_SECONDS", 120)
# Closed while nothing sends mail: nobody is asked to register for what does not come.
ALERTS_OPEN = env.bool("ALERTS_OPEN", True)

# Whether links to other sites are tried at night; the demonstration asks nobody.
CHECK_LINKS = env.bool("CHECK_LINKS", default=not DEVELOPMENT)

# Staff are told when the last complete backup is older than this; 0 where nobody is to be.
BACKUP_WITHIN_HOURS = env.int("BACKUP_WITHIN_HOURS", 26)
if BACKUP_WITHIN_HOURS < 0:
    raise ImproperlyConfigured("BACKUP_WITHIN_HOURS must be a number of hours, or 0 for never.")

# --- Logs ------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "pages.logs.JsonLines"}, "plain": {"format": "{levelname} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain" if DEVELOPMENT else "json"},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING" if DEVELOPMENT else "INFO")},
    "loggers": {
        "django": {"level": "WARNING"},
        "django.server": {"level": "INFO"},
        "django_tasks": {"level": "WARNING"},  # Not each piece of work that was done.
        "django.request": {"level": "ERROR"},  # Not each address that was tried in vain.
    },
}
