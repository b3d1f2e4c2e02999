"""The product's settings with a data folder of its own, so that a test never touches anybody's data."""

import atexit
import os
import shutil
import tempfile

# Before the real settings are read, which take it from the environment. Child processes inherit it.
_DATA_DIR = tempfile.mkdtemp(prefix="maskwright-test-")
atexit.register(shutil.rmtree, _DATA_DIR, ignore_errors=True)
os.environ["DATA_DIR"] = _DATA_DIR

from annotator.settings import *  # noqa: E402, F403  (that is how Django settings are extended)

# Passwords in tests protect nothing; the real hasher costs 100 ms each.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A file, not SQLite's memory: threads with connections of their own then meet the locks of a real database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_DATA_DIR, "test.sqlite3")}  # noqa: F405, PTH118
