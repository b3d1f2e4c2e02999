"""A fresh database and broker for each server of the journeys, of the kind that this test run uses."""

import contextlib
import itertools
import os
import urllib.parse
from collections.abc import Iterator
from uuid import uuid4

import psycopg2
import redis

# Redis has 16; the tests without a server of their own use 0.
_redis_databases = itertools.cycle(range(1, 16))


@contextlib.contextmanager
def fresh_backends() -> Iterator[dict[str, str]]:
    """Yields the environment that names them: nothing for SQLite, which lies in the data folder."""
    with contextlib.ExitStack() as stack:
        env = {}
        if url := os.environ.get("DATABASE_URL"):
            env["DATABASE_URL"] = stack.enter_context(_fresh_database(url))
        if url := os.environ.get("CELERY_BROKER_URL"):
            env["CELERY_BROKER_URL"] = _fresh_broker(url)
        yield env


@contextlib.contextmanager
def _fresh_database(url: str) -> Iterator[str]:
    name = f"journey_{uuid4().hex}"
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            yield urllib.parse.urlsplit(url)._replace(path=f"/{name}").geturl()
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        connection.close()


def _fresh_broker(url: str) -> str:
    """A database of the private server for each, emptied, or two workers would share it."""
    own = urllib.parse.urlsplit(url)._replace(path=f"/{next(_redis_databases)}").geturl()
    client = redis.Redis.from_url(own)
    client.flushdb()
    client.close()
    return own
