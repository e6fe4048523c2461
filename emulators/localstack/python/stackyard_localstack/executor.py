"""Runs Node.js functions as processes of this machine, where LocalStack would start containers."""

import collections
import logging
import math
import os
import shutil
import tempfile
import threading
import time
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from stackyard_localstack.failures import exited, start_timed_out, timed_out, too_large
from stackyard_localstack.layers import merge_layers, merged_layers
from stackyard_localstack.node_process import NodeProcess
from stackyard_localstack.sandbox import command, variables

LOG = logging.getLogger(__name__)
RESPONSE_BYTES = 6 * 1024 * 1024 + 100
START_LIMIT_S = 20
# A burst of events wants many environments at once: each is there sooner when they do not all start together.
STARTS = threading.BoundedSemaphore(os.cpu_count() or 1)


class NodeExecutor(RuntimeExecutor):
    """One execution environment: a folder, and a process that is replaced after a time-out or a crash."""

    def __init__(self, id: str, function_version) -> None:
        super().__init__(id, function_version)
        self._process: NodeProcess | None = None
        self._stopped = False
        self._variables: dict[str, str] = {}
        self._temporary: Path | None = None
        # Printed, and not yet in the log of an event; and all of late, for LocalStack's own log.
        self._lines: list[str] = []
        self._recent: collections.deque[str] = collections.deque(maxlen=1000)

    def start(self, env_vars: dict[str, str]) -> None:
        self._temporary = Path(tempfile.mkdtemp(prefix="environment-"))
        runtime, layers = self.function_version.config.runtime, merged_layers(self.function_version)
        self._variables = variables(env_vars, runtime, self._code(), layers, self._temporary)
        with STARTS:
            try:
                self._start_process(None, time.monotonic() + START_LIMIT_S)
            except TimeoutError:
                self._process.kill()
                raise StatusErrorException("The start timed out", payload=start_timed_out(START_LIMIT_S)) from None
            except StatusErrorException:
                LOG.warning("%s did not start:\n%s", self.function_version.id.function_name, self.get_logs())
                raise

    def stop(self) -> None:
        self._stopped = True
        if self._process:
            self._process.kill()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request_id = payload["invoke-id"]
        began = time.monotonic()
        before = self._take_lines()
        body, is_error = self._answer(payload, began)
        milliseconds = (time.monotonic() - began) * 1000
        logs = [
            *before,
            f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}",
            *self._take_lines(),
            f"END RequestId: {request_id}",
            f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\tBilled Duration: {math.ceil(milliseconds)} ms\t"
            f"Memory Size: {self.function_version.config.memory_size} MB",
        ]
        return InvocationResult(request_id, body, is_error=is_error, logs="\n".join(logs) + "\n")

    def get_logs(self) -> str:
        self._collect()
        return "\n".join(self._recent)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        """For a container's init program, which does not exist here."""
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}"

    @classmethod
    def prepare_version(cls, function_version) -> None:
        """What is raised here is the function's StateReason."""
        runtime = function_version.config.runtime or "a container image"
        if not runtime.startswith("nodejs"):
            raise ValueError(f"only functions for Node.js run without Docker, not {runtime}")
        function_version.config.code.prepare_for_execution()
        merge_layers(function_version)

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        """LocalStack removes the code; layers may serve other functions."""

    def _answer(self, payload: dict[str, str], began: float) -> tuple[bytes, bool]:
        """Body, and whether it is an error. A new start within an event takes from its time, as on Lambda."""
        request_id = payload["invoke-id"]
        seconds = self.function_version.config.timeout
        message = {
            "requestId": request_id,
            "deadline": int((time.time() + seconds) * 1000),
            "arn": payload["invoked-function-arn"],
            "trace": payload["trace-id"],
            "payload": payload["payload"],
        }
        try:
            if not self._process.runs():
                self._start_process(request_id, began + seconds)
            answer = self._process.exchange(message, began + seconds)
        except TimeoutError:
            self._process.kill()
            self._lines.append(f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} {request_id} Task timed out after {seconds:.2f} seconds")
            return timed_out(request_id, seconds), True
        except StatusErrorException as error:
            return error.payload, True
        if answer is None:
            return exited(request_id, self._process.ended()), True
        body = answer["body"].encode()
        if answer["kind"] == "fatal":
            # Its end must not meet the next event.
            self._process.ended()
            return body, True
        if len(body) > RESPONSE_BYTES:
            return too_large(RESPONSE_BYTES), True
        return body, answer["kind"] == "error"

    def _start_process(self, request_id: str | None, deadline: float) -> None:
        """Resolves when the handler is loaded. StatusErrorException with what the function failed by, TimeoutError after `deadline`."""
        if self._process:
            self._collect()
            self._process.kill()
        self._process = NodeProcess(command(self.function_version.config.memory_size), self._variables, self._code())
        if self._stopped:
            self._process.kill()
        answer = self._process.exchange(None, deadline)
        if answer is None:
            raise StatusErrorException("The runtime exited", payload=exited(request_id, self._process.ended()))
        if answer["kind"] == "fatal":
            self._process.ended()
            raise StatusErrorException("The function could not be loaded", payload=answer["body"].encode())

    def _take_lines(self) -> list[str]:
        self._collect()
        taken, self._lines = self._lines, []
        return taken

    def _collect(self) -> None:
        lines = self._process.printed() if self._process else []
        self._lines += lines
        self._recent.extend(lines)

    def _code(self) -> Path:
        return self.function_version.config.code.get_unzipped_code_location()
