"""Entry points of LocalStack's plugin system. They import what they stand for when it is first used: LocalStack loads this at its start."""

from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


class NodeExecutorPlugin(RuntimeExecutorPlugin):
    """LAMBDA_RUNTIME_EXECUTOR=stackyard"""

    name = "stackyard"

    def load(self, *_args, **_kwargs):
        from stackyard_localstack.executor import NodeExecutor

        return NodeExecutor


@aws_provider(api="dynamodb", name="stackyard")
def dynamodb() -> Service:
    """PROVIDER_OVERRIDE_DYNAMODB=stackyard: LocalStack's own provider, with another start of the database behind it."""
    from localstack.services.dynamodb.server import DynamodbServer
    from localstack.services.providers import dynamodb as original

    from stackyard_localstack.dynamodb_start import start

    DynamodbServer.do_start_thread = start
    return original.factory().create_service()
