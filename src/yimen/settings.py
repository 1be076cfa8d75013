"""All settings in one place: read from the environment, typed, failing loudly."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Literal

import psycopg.conninfo
from pydantic import Field, FilePath, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from yimen.kit.postgres import default_url
from yimen.law.sampling import read_plan as sampling_plan


class Environment(BaseSettings):
    """What a city may set. Every name is read with the prefix YIMEN_, DATABASE_URL without."""

    model_config = SettingsConfigDict(env_prefix="YIMEN_", extra="ignore")

    var: Path = Field(default=Path("var"), description="Folder for data: embedded database, files, keys")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    database_replica_url: str = Field(default="", validation_alias="DATABASE_REPLICA_URL")
    secret_key: str = Field(default="", description="Made under var/keys when not given")
    debug: bool = False
    hosts: str = Field(default="localhost,127.0.0.1,[::1]", description="Host names, separated by commas")
    https: bool = Field(default=False, description="Behind TLS: secure cookies, HSTS")
    address: str = Field(default="http://localhost:8000", description="Public address, printed in QR codes")
    city_name: str = "岭东市"
    city_division: str = Field(default="441400", description="Division code of the city")
    office_hours: str = "08:30-12:00,14:30-17:30"
    upload_limit: int = Field(default=20 * 1024 * 1024, description="Bytes per file")
    upload_days: int = Field(
        default=180, ge=0, description="Days after which uploads of items and their files are removed; 0: never"
    )
    reuse_same_item_days: int = Field(
        default=1825, ge=0, description="How old an answer may be that fills the form of the same item again, in days"
    )
    reuse_other_item_days: int = Field(
        default=730, ge=0, description="The same for another item, where the person agreed to it"
    )
    batch_limit: int = Field(default=4 * 1024**3, description="Bytes of a table of old licences, or of a zip of scans")
    batch_lanes: int = Field(
        default=2, ge=1, le=8, description="Portions of a batch of old licences that go into the library at once"
    )
    batch_kept_days: int = Field(
        default=180,
        ge=1,
        description="Days for which the uploads of a batch are kept once it is over. Design, no law names it",
    )
    batch_sample: str = Field(
        default="1%,20,1250,0%",
        description=(
            "Rows of a batch that a second person compares: share, least, most, share that may be wrong; or a table "
            "such as 280:32:0 3200:125:1 *:500:3 (batch up to, rows, wrong ones tolerated). Design, no law names it"
        ),
    )
    marked_copy_days: int = Field(default=30, ge=1, description="Days for which a marked copy of a licence may be used")
    uploaded_licences: int = Field(
        default=20, ge=1, description="Licences a person may have uploaded without a clerk having seen the originals"
    )
    expiry_notice_days: list[int] = Field(default=[90, 30, 7], description="Days before a licence ends when it is told")
    checks_per_minute: int = Field(default=60, description="Checks of licences per address and minute")
    machine_checks_per_minute: int = Field(default=60_000, description="The same per account of a machine")
    tolerance_days: int = Field(default=10, description="Working days a promised material (容缺) may take; 0: none")
    tolerance_return: bool = Field(
        default=True,
        description="An accepted case may be returned when what was promised (容缺) never came (local rule)",
    )
    commitment_days: int = Field(default=40, description="Working days within which a commitment is checked")
    supplement_days: int = Field(default=15, description="Working days an applicant has to supplement (local rule)")
    consultation_days: int = Field(
        default=15, ge=1, description="Days a proof is put to public comment at least (design, no law names a number)"
    )
    correction_days: int = Field(default=30, ge=1, description="Days to answer a correction request (GB/T 35273 8.7)")
    report_days: int = Field(default=15, ge=1, description="Working days to answer a report about a look (design)")
    copy_days: int = Field(default=7, ge=1, description="Days for which a copy of all one's data can be fetched")
    mandate_warning_days: int = Field(default=14, ge=0, description="Days before a mandate's end at which it is told")
    looks_shown_later: dict[str, int] = Field(
        default_factory=dict,
        description="JSON of a look's purpose to the days until its subject sees it; none at first",
    )
    catalog_rules: dict[str, str] = Field(
        default_factory=dict, description="How heavy rules of the catalogue weigh: JSON of code to error, warning, off"
    )
    catalog_words: Path | None = Field(default=None, description="JSON of further catch-all and vague wordings")
    everyday_words: FilePath | None = Field(default=None, description="Lines: what people say = what guides write")
    calls_per_minute: int = Field(default=10, description="Public look-ups per address and minute")
    key_store: str = Field(
        default="yimen.kit.signing.files.FileKeyStore", description="Class of the key store (docs/licences.md)"
    )
    sample_seals: bool = Field(default=True, description="Seals say 演示样章, until a city has seals of its own")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("batch_sample")
    @classmethod
    def _a_plan(cls, text: str) -> str:
        sampling_plan(text)
        return text

    @field_validator("office_hours")
    @classmethod
    def _in_order(cls, text: str) -> str:
        """Deadlines in hours are counted within them: a slip must not be found by the first case that has one."""
        instants = [time.fromisoformat(part.strip()) for span in text.split(",") for part in span.split("-")]
        if len(instants) != 2 * (text.count(",") + 1) or instants != sorted(set(instants)):
            raise ValueError("office hours are spans in their order, such as 08:30-12:00,14:30-17:30")
        return text


ENV = Environment()
BASE = Path(__file__).resolve().parent
VAR = ENV.var.resolve()
YIMEN_KEYS = VAR / "keys"
YIMEN_FILES = VAR / "files"
YIMEN_ADDRESS = ENV.address.rstrip("/")
YIMEN_CITY_NAME = ENV.city_name
YIMEN_CITY_DIVISION = ENV.city_division
YIMEN_OFFICE_HOURS = ENV.office_hours
YIMEN_UPLOAD_LIMIT = ENV.upload_limit
YIMEN_UPLOAD_DAYS = ENV.upload_days
REUSE_DAYS = {"same_item": ENV.reuse_same_item_days, "other_item": ENV.reuse_other_item_days}
YIMEN_BATCH_LIMIT = ENV.batch_limit
YIMEN_BATCH_KEPT_DAYS = ENV.batch_kept_days
YIMEN_BATCH_LANES = ENV.batch_lanes
YIMEN_BATCH_SAMPLE = ENV.batch_sample
YIMEN_MARKED_COPY_DAYS = ENV.marked_copy_days
YIMEN_UPLOADED_LICENCES = ENV.uploaded_licences
YIMEN_EXPIRY_NOTICE_DAYS = ENV.expiry_notice_days
YIMEN_CHECKS_PER_MINUTE = ENV.checks_per_minute
YIMEN_MACHINE_CHECKS_PER_MINUTE = ENV.machine_checks_per_minute
YIMEN_SUPPLEMENT_DAYS = ENV.supplement_days
YIMEN_TOLERANCE_DAYS = ENV.tolerance_days
YIMEN_TOLERANCE_RETURN = ENV.tolerance_return
YIMEN_COMMITMENT_DAYS = ENV.commitment_days
YIMEN_CONSULTATION_DAYS = ENV.consultation_days
YIMEN_CORRECTION_DAYS = ENV.correction_days
YIMEN_REPORT_DAYS = ENV.report_days
YIMEN_COPY_DAYS = ENV.copy_days
YIMEN_MANDATE_WARNING_DAYS = ENV.mandate_warning_days
YIMEN_LOOKS_SHOWN_LATER = ENV.looks_shown_later
YIMEN_CATALOG_RULES = ENV.catalog_rules
YIMEN_CATALOG_WORDS = ENV.catalog_words
YIMEN_EVERYDAY_WORDS = ENV.everyday_words
YIMEN_CALLS_PER_MINUTE = ENV.calls_per_minute
YIMEN_KEY_STORE = ENV.key_store
YIMEN_SAMPLE_SEALS = ENV.sample_seals


def _secret() -> str:
    from yimen.kit.keys import key_file

    return ENV.secret_key or key_file(YIMEN_KEYS / "django", 48).hex()


SECRET_KEY = _secret()
DEBUG = ENV.debug
ALLOWED_HOSTS = [host.strip() for host in ENV.hosts.split(",")]


def _database(url: str) -> dict[str, object]:
    """A Django database from a libpq address; connections come from a pool per process.

    Statements are prepared once they come again: planning the joins of a case costs PostgreSQL seven times as much as
    running them (bench). A pooler between must know prepared statements (PgBouncer from 1.21 does).
    """
    info = psycopg.conninfo.conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": info.get("dbname", "postgres"),
        "USER": info.get("user", ""),
        "PASSWORD": info.get("password", ""),
        "HOST": info.get("host", ""),
        "PORT": info.get("port", ""),
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 20},
            "server_side_binding": True,
            "prepare_threshold": 2,
        },
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(ENV.database_url or default_url(VAR))}
if ENV.database_replica_url:
    DATABASES["replica"] = _database(ENV.database_replica_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "ui", "ledger", "files", "city", "identity", "clocks", "papers", "notices", "sheets", "vault", "catalog", "hall",
    "applications", "cases", "counter", "review", "results", "supervision", "analytics", "portal", "demo",
]  # fmt: skip

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "django_htmx",
    "yimen.kit",
    # Before allauth, so that its pages are drawn with our templates.
    *(f"yimen.{room}" for room in ROOMS if (BASE / room / "apps.py").exists()),
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yimen.ui.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yimen.identity.views.ActorMiddleware",
    "yimen.kit.web.RefusalMiddleware",
]

ROOT_URLCONF = "yimen.urls"
WSGI_APPLICATION = "yimen.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "yimen.ui.context.shell",
            ],
        },
    },
]

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["yimen.identity.access.AnyName"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "yimen"},
}
CSRF_FAILURE_VIEW = "yimen.kit.web.page_too_old"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A section of a draft with a hundred rows open, posted by a browser without scripts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000  # a workbook of 500 applications names a file or two in each

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE / "law" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": YIMEN_FILES}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    "loggers": {
        "procrastinate": {"level": "WARNING"},  # it would tell of every job
        "django.request": {"level": "ERROR"},  # refusals are answers, not events
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # every scanner tries: answered, not told with a trace
        "bm25s": {"level": "WARNING", "propagate": False},  # it sets its own level when it is imported
        "jieba": {"level": "WARNING"},
    },
}

ACCOUNT_ADAPTER = "yimen.identity.forms.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_FORMS = {
    "login": "yimen.identity.forms.LoginForm",
    "change_password": "yimen.identity.forms.ChangePasswordForm",
}
# Attempts are counted in the database by identity, for all web processes together; an office behind one address
# signs in dozens of people at half past eight.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
