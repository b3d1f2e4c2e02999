"""Settings. What differs between machines comes from the environment, with a default that works."""

import os
from pathlib import Path

import dj_database_url
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "data")).expanduser().resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

VERSION = "0.1.0"
DEBUG = os.environ.get("DEBUG") == "1"


def _secret_key() -> str:
    """From SECRET_KEY, else one made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = DATA_DIR / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    key = get_random_secret_key()
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "annotator.common",
    "annotator.accounts",
    "annotator.projects",
    "annotator.segmenters",
    "annotator.jobs",
    "annotator.images",
    "annotator.annotations",
    "annotator.comments",
    "annotator.embeddings",
    "annotator.datasets",
    "annotator.pages",
    "annotator.demo",
]

MIDDLEWARE = [
    "annotator.common.headers.CrossOriginIsolation",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "annotator.accounts.sessions.PageSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "annotator.urls"
WSGI_APPLICATION = "annotator.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]

# SQLite waits for the writer instead of failing, and readers do not block it (WAL).
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'maskwright.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"  # holds what the front-end build makes, served by WhiteNoise as it is


def _is_immutable(_path: str, url: str) -> bool:
    """Vite puts a hash of the content into the names of what it writes to assets/."""
    return url.startswith("/static/app/assets/")


WHITENOISE_IMMUTABLE_FILE_TEST = _is_immutable
WHITENOISE_ALLOW_ALL_ORIGINS = False  # the page is cross-origin isolated; nobody else needs its files

# Uploads. Pillow's own decompression-bomb guard is set to MAX_IMAGE_PIXELS too.
MAX_UPLOAD_BYTES = int(os.environ.get("MAX_UPLOAD_BYTES", 100 * 1024 * 1024))
MAX_IMAGE_PIXELS = int(os.environ.get("MAX_IMAGE_PIXELS", 150_000_000))
MAX_JSON_BYTES = int(os.environ.get("MAX_JSON_BYTES", 32 * 1024 * 1024))
MEDIA_DIR = DATA_DIR / "files"
EMBEDDINGS_DIR = DATA_DIR / "embeddings"
# Beyond this the embeddings go that were not used for the longest time; they are computed again on demand.
EMBEDDINGS_MAX_BYTES = int(os.environ.get("EMBEDDINGS_MAX_BYTES", 20 * 1024**3))
SEGMENTERS_DIR = DATA_DIR / "segmenters"
DEFAULT_SEGMENTER = "pocket"

# Jobs: a running job whose heartbeat is older than this is taken for dead and queued again.
JOB_HEARTBEAT_SECONDS = float(os.environ.get("JOB_HEARTBEAT_SECONDS", 3))
JOB_DEAD_AFTER_SECONDS = float(os.environ.get("JOB_DEAD_AFTER_SECONDS", 12))

# The file-system broker needs no server: messages are files in two folders.
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Messages are wake-up calls: events and remote control would only leave files behind in the folder broker.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
if CELERY_BROKER_URL == "filesystem://":
    BROKER_DIR = DATA_DIR / "broker"
    (BROKER_DIR / "messages").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
else:
    # A request must not wait for a broker that is down: the sweeper will find the job.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0,
        "interval_max": 0,
        "socket_connect_timeout": 2,
    }

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotator.accounts.authentication.TokenAuthentication",
        "annotator.accounts.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["annotator.common.parsers.BoundedJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotator.common.api.handle_exception",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Maskwright",
    "VERSION": VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "annotator.common.schema.add_error_responses",
    ],
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_NAME_OVERRIDES": {
        "AttributeKind": "annotator.projects.attributes.AttributeKind",
        "OverlapPolicy": "annotator.projects.models.OverlapPolicy",
        "Role": "annotator.projects.roles.Role",
        "Source": "annotator.annotations.models.Source",
        "JobState": "annotator.jobs.models.JobState",
        "ImageState": "annotator.images.selectors.ImageState",
        "EmbeddingState": "annotator.images.embedding_port.EmbeddingState",
        "ExportFormat": [("coco", "COCO instances, masks as compressed RLE")],
        "PointLabel": "annotator.annotations.provenance.POINT_LABELS",
    },
}

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "/"
