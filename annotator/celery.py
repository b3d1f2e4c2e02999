"""The Celery application. Tasks are found by name in every app's `tasks.py`."""

import os

from celery import Celery

from annotator.broker import use_for_filesystem_urls

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")

use_for_filesystem_urls()

app = Celery("annotator")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
