"""`python -m stackyard_localstack.dynamodb_local -Xmx256m -port N …`: DynamoDB Local on the loopback interface.

It has no option for that, and its own main would listen on all interfaces; so its JVM runs inside this process, where its server can be reached.
Its jars are in the folder STACKYARD_DYNAMODB_JARS; Java is that of JAVA_HOME.
"""

import os
import signal
import sys
from pathlib import Path

import jpype

RUNNER = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"


def main(heap: str, *arguments: str) -> None:
    os.environ["DDB_LOCAL_TELEMETRY"] = "0"
    jars = sorted(str(jar) for jar in Path(os.environ["STACKYARD_DYNAMODB_JARS"]).glob("*.jar"))
    jpype.startJVM(heap, classpath=jars)
    # Nothing is kept, so there is nothing to put in order at the end.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    server = jpype.JClass(RUNNER).createServerFromCommandLineArgs(list(arguments))
    field = server.getClass().getDeclaredField("server")
    field.setAccessible(True)
    for connector in field.get(server).getConnectors():
        connector.setHost("127.0.0.1")
    server.start()
    server.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
