"""A fresh database and broker for each server of the journeys, of the kind that this test run uses."""

import contextlib
import os
import urllib.parse
from collections.abc import Iterator
from uuid import uuid4

import psycopg2
import redis


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
    """Database 1 of the private server, emptied; the other tests use 0."""
    own = urllib.parse.urlsplit(url)._replace(path="/1").geturl()
    client = redis.Redis.from_url(own)
    client.flushdb()
    client.close()
    return own
