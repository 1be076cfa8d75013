"""As little of Django as a POST needs; the pool is as in the house."""

from __future__ import annotations

import os

SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.bare.urls"
MIDDLEWARE: list[str] = []
INSTALLED_APPS = ["bench.bare"]
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["BENCH_DATABASE"],
        "USER": "postgres",
        "HOST": os.environ["BENCH_SOCKET"],
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }
}
