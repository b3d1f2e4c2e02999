"""Private servers for tests: their own data, their own free port, gone afterwards."""

from tests.servers.postgres import private_postgres
from tests.servers.redis import private_redis

__all__ = ["private_postgres", "private_redis"]
