// MSK's control API: handlers ask it for the brokers of their cluster.
import type { Backends } from '../backends/backends.ts';
import { AwsError, type ControlApi } from './control-api.ts';

export function kafkaControlApi(control: ControlApi, backends: Pick<Backends, 'kafka'>): void {
  const answer = (body: unknown) => ({ status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  /** Only the plaintext brokers: a client that insists on TLS or IAM finds none, as on a cluster that does not offer them. */
  control.rest('GET', '/v1/clusters/{clusterArn}/bootstrap-brokers', async ({ params }) => {
    clusterName(params.clusterArn);
    return answer({ bootstrapBrokerString: (await backends.kafka()).brokers });
  });

  control.rest('GET', '/api/v2/clusters/{clusterArn}', async ({ params }) => {
    const clusterArn = params.clusterArn;
    const name = clusterName(clusterArn);
    const { brokers } = await backends.kafka();
    return answer({
      clusterInfo: {
        clusterArn,
        clusterName: name,
        clusterType: 'PROVISIONED',
        state: 'ACTIVE',
        provisioned: { numberOfBrokerNodes: brokers.split(',').length },
      },
    });
  });
}

/** `arn:aws:kafka:region:account:cluster/name/uuid` → name. */
function clusterName(arn = ''): string {
  const name = /^arn:aws:kafka:[^:]*:[^:]*:cluster\/([^/]+)\//.exec(arn)?.[1];
  if (!name) throw new AwsError('NotFoundException', `${arn} is not the ARN of an MSK cluster`, 404);
  return name;
}
