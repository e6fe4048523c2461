// LocalStack does not carry an API's stage over to a new deployment: its update is not implemented, and with the old deployment goes the stage.
import {
  type APIGatewayClient,
  CreateStageCommand,
  type Deployment,
  GetDeploymentsCommand,
  GetRestApisCommand,
  GetStagesCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';

/** Makes the stage of that name serve the newest deployment of the API of that name, as CloudFormation does on AWS. */
export async function serveNewest(client: APIGatewayClient, apiName: string, stageName: string): Promise<void> {
  const { items: apis = [] } = await client.send(new GetRestApisCommand({ limit: 500 }));
  const restApiId = apis.find(({ name }) => name === apiName)?.id;
  if (restApiId === undefined) throw new Error(`The REST API ${apiName} was not deployed`);
  const [{ items: deployments = [] }, { item: stages = [] }] = await Promise.all([
    client.send(new GetDeploymentsCommand({ restApiId, limit: 500 })),
    client.send(new GetStagesCommand({ restApiId })),
  ]);
  const deploymentId = newest(deployments);
  const stage = stages.find((each) => each.stageName === stageName);
  if (stage === undefined) await client.send(new CreateStageCommand({ restApiId, stageName, deploymentId }));
  else if (stage.deploymentId !== deploymentId) {
    const patchOperations = [{ op: 'replace' as const, path: '/deploymentId', value: deploymentId }];
    await client.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
  }
}

function newest(deployments: readonly Deployment[]): string | undefined {
  return deployments.toSorted((a, b) => Number(b.createdDate) - Number(a.createdDate))[0]?.id;
}
