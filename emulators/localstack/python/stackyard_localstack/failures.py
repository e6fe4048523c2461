"""The errors that Lambda itself answers with, where a handler cannot."""

import json
import signal


def timed_out(request_id: str, seconds: int) -> bytes:
    return document("Sandbox.Timedout", f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds")


def start_timed_out(seconds: int) -> bytes:
    return document("Sandbox.Timedout", f"Error: The start of the function timed out after {seconds:.2f} seconds")


def exited(request_id: str | None, code: int) -> bytes:
    """`code` negative for a signal; without a request where it ended before its first."""
    if code == 0:
        how = "without providing a reason"
    elif code > 0:
        how = f"with error: exit status {code}"
    else:
        how = f"with error: signal: {signal.strsignal(-code).lower()}"
    return document("Runtime.ExitError", f"{f'RequestId: {request_id} ' if request_id else ''}Error: Runtime exited {how}")


def too_large(limit: int) -> bytes:
    message = f"Response payload size exceeded maximum allowed payload size ({limit} bytes)."
    return document("Function.ResponseSizeTooLarge", message)


def document(kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": message}).encode()
