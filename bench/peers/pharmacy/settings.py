"""A Django project as viewflow wants it: sessions, accounts, messages, templates."""

import os

from bench.bare import settings as bare

SECRET_KEY, ALLOWED_HOSTS, USE_TZ, DATABASES = bare.SECRET_KEY, bare.ALLOWED_HOSTS, bare.USE_TZ, bare.DATABASES
DEFAULT_AUTO_FIELD = bare.DEFAULT_AUTO_FIELD
ROOT_URLCONF = "bench.peers.pharmacy.urls"
STATIC_URL = "/static/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "viewflow",
    "viewflow.workflow",
    "bench.peers.pharmacy",
]
# Tables are made as the models stand now: nothing here was ever migrated.
MIGRATION_MODULES: dict[str, None] = {app.split(".")[-1]: None for app in INSTALLED_APPS}
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "viewflow.middleware.SiteMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peers.pharmacy.settings")
