"""`python -m stackyard_localstack`: LocalStack's own start, on the loopback interface, and an end that does not wait for its threads."""

import os
import sys

from twisted.internet import endpoints


class LoopbackEndpoint(endpoints.TCP4ServerEndpoint):
    """LocalStack leaves out the host of GATEWAY_LISTEN and would listen on all interfaces."""

    def __init__(self, reactor, port, backlog=50):
        super().__init__(reactor, port, backlog, interface="127.0.0.1")

    def listen(self, factory):
        # LocalStack looks at no failure: it would run on, and say Ready, without a port.
        return super().listen(factory).addErrback(cannot_listen)


def cannot_listen(failure) -> None:
    print(f"LocalStack cannot listen: {failure.getErrorMessage()}", file=sys.stderr)
    end(1)


def end(code: int) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


endpoints.TCP4ServerEndpoint = LoopbackEndpoint

from localstack.runtime.main import main  # noqa: E402 - it takes the endpoint's class when it is imported

try:
    main()
except SystemExit as exit:
    # Services that were first used while it shut down leave threads that Python would wait for, for ever.
    end(exit.code)
