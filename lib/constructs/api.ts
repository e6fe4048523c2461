// One REST API for all systems, with errors in our own shapes.
import { CfnOutput } from 'aws-cdk-lib';
import { EndpointType, MockIntegration, PassthroughBehavior, ResponseType, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';

/** Answers are decoded from base64 when the request's first `Accept` type is one of these (R11). */
const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'];

export class Api extends RestApi {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      restApiName: `stackyard-${stage}`,
      description: 'All systems of Stackyard',
      endpointTypes: [EndpointType.REGIONAL],
      binaryMediaTypes: PICTURE_TYPES,
      deployOptions: { stageName: stage },
      cloudWatchRole: false,
    });
    this.answerInOurShapes();
    this.leadToDocumentation();
    const key = this.addApiKey('AdminKey', { apiKeyName: `stackyard-${stage}-admin` });
    const plan = this.addUsagePlan('Plan', { name: `stackyard-${stage}`, apiStages: [{ api: this, stage: this.deploymentStage }] });
    plan.addApiKey(key);
    new CfnOutput(this, 'AdminKeyId', { value: key.keyId, description: 'aws apigateway get-api-key --include-value --api-key …' });
  }

  /** API Gateway cannot tell an unknown path from an unknown method: both are 404. */
  private answerInOurShapes(): void {
    const shape = (type: ResponseType, message: string, statusCode?: string) =>
      this.addGatewayResponse(`On${type.responseType}`, {
        type,
        ...(statusCode ? { statusCode } : {}),
        responseHeaders: { 'x-request-id': 'context.requestId' },
        templates: { 'application/json': `{"message":${message}}` },
      });
    shape(ResponseType.MISSING_AUTHENTICATION_TOKEN, '"not found"', '404');
    shape(ResponseType.DEFAULT_4XX, '$context.error.messageString');
    shape(ResponseType.DEFAULT_5XX, '"error while processing request"');
  }

  /** `GET /api` is no picture: it leads to the documentation of all systems. */
  private leadToDocumentation(): void {
    const integration = new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{"statusCode": 302}' },
      integrationResponses: [
        {
          statusCode: '302',
          responseParameters: {
            'method.response.header.Location': "'/api/swagger'",
            'method.response.header.x-request-id': 'context.requestId',
          },
        },
      ],
    });
    this.root.resourceForPath('/api').addMethod('GET', integration, {
      methodResponses: [
        { statusCode: '302', responseParameters: { 'method.response.header.Location': true, 'method.response.header.x-request-id': true } },
      ],
    });
  }
}
