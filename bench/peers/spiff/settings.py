"""A Django project with one table."""

from bench.bare import settings as bare

SECRET_KEY, ALLOWED_HOSTS, USE_TZ, DATABASES = bare.SECRET_KEY, bare.ALLOWED_HOSTS, bare.USE_TZ, bare.DATABASES
DEFAULT_AUTO_FIELD = bare.DEFAULT_AUTO_FIELD
INSTALLED_APPS = ["bench.peers.spiff"]
