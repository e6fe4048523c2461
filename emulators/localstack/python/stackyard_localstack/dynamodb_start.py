"""Starts a DynamoDB Local that is here already, where LocalStack would download it and a Java."""

import logging
import sys

from localstack.services.dynamodb.server import DynamodbServer
from localstack.utils.run import ShellCommandThread
from localstack.utils.threads import TMP_THREADS

LOG = logging.getLogger(__name__)


def start(server: DynamodbServer) -> ShellCommandThread:
    command = [sys.executable, "-m", "stackyard_localstack.dynamodb_local", f"-Xmx{server.heap_size}"]
    thread = ShellCommandThread(
        [*command, "-port", str(server.port), "-inMemory"],
        strip_color=True,
        log_listener=lambda line, **_: LOG.debug(line.rstrip()),
        auto_restart=True,
        name="dynamodb-local",
    )
    TMP_THREADS.append(thread)
    thread.start()
    return thread
