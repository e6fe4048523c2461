// AWS::ApiGatewayV2::Integration: a Lambda function behind routes.
import { identifier } from '../gateway/identifiers.ts';
import { functionArn } from '../gateway/rest/integrations/lambda-proxy.ts';
import { LEAST_TIMEOUT_MS, timeoutOf } from '../gateway/rest/timeout.ts';
import { webSocketApi } from '../gateway/websocket/apis.ts';
import { lambdaIntegration } from '../gateway/websocket/integration.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

const MOST_TIMEOUT_MS = 29_000;

export const module: ResourceModule = {
  type: 'AWS::ApiGatewayV2::Integration',
  honours: ['ApiId', 'IntegrationType', 'IntegrationUri', 'TimeoutInMillis'],
  ignores: {
    ConnectionType: reasons.network,
    CredentialsArn: reasons.access,
    Description: reasons.label,
    IntegrationMethod: 'functions are always invoked by POST',
    PassthroughBehavior: 'it is about integrations with templates; functions get every message',
    PayloadFormatVersion: 'WebSocket APIs have only 1.0',
  },
  refuses({ properties }) {
    const { IntegrationType, IntegrationUri } = properties;
    if (IntegrationType !== 'AWS_PROXY') return [`IntegrationType ${IntegrationType}: only AWS_PROXY to a Lambda function is hosted.`];
    const timeout = timeoutOf(properties);
    return [
      ...(functionArn(IntegrationUri)
        ? []
        : [
            `its IntegrationUri \`${IntegrationUri}\` names no Lambda function; give \`…:lambda:path/2015-03-31/functions/<arn>/invocations\`.`,
          ]),
      ...(timeout >= LEAST_TIMEOUT_MS && timeout <= MOST_TIMEOUT_MS
        ? []
        : [`its timeout of ${timeout} ms is not between ${LEAST_TIMEOUT_MS} and ${MOST_TIMEOUT_MS} ms.`]),
    ];
  },
  async create(resource, host) {
    const { ApiId, IntegrationUri } = resource.properties;
    const id = identifier(resource, 7);
    const integration = lambdaIntegration(functionArn(IntegrationUri) ?? '', timeoutOf(resource.properties), host.functions);
    webSocketApi(host, ApiId).integrations.set(id, integration);
    return { ref: id, attributes: { IntegrationId: id } };
  },
};
