// A distribution over a bucket with a site and a REST API, as CDK writes it.
import type { TemplateResource } from '../../local/assembly/template.ts';
import { asset } from './fixture.ts';
import { echo, restApiTemplate } from './rest-template.ts';

export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Adds `index.html` to a page's path; answers `/gone` by itself. */
const viewerRequest = `
async function handler(event) {
  const request = event.request;
  if (request.uri === '/gone') return { statusCode: 410, statusDescription: 'Gone', headers: { 'x-ip': { value: event.viewer.ip } }, body: { encoding: 'text', data: 'gone' } };
  if (request.uri === '/loop') for (;;) {}
  if (request.querystring.lang && request.cookies.a) request.uri = '/' + request.querystring.lang.value + '-' + request.cookies.a.value + '.html';
  else if (request.uri !== '/' && !request.uri.includes('.')) request.uri += '/index.html';
  return request;
}`;

const viewerResponse = `function handler(event) { event.response.headers['x-seen'] = { value: event.request.uri }; return event.response; }`;

export const edgeFunction = (Name: string, FunctionCode: string): TemplateResource => ({
  Type: 'AWS::CloudFront::Function',
  Properties: { Name, FunctionCode, AutoPublish: true, FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' } },
});

export const LONG_SCRIPT = `console.log(${JSON.stringify('stackyard '.repeat(500))});`;

const site = {
  'index.html': '<p>home',
  'live/index.html': '<p>live',
  'de-1.html': '<p>deutsch',
  '404.html': '<p>no such page',
  'app.js': LONG_SCRIPT,
  'config.json': '{"api":"<<marker:0:0>>"}',
};

export const deployment = (files: Readonly<Record<string, string>>, more: object = {}): TemplateResource => ({
  Type: 'Custom::CDKBucketDeployment',
  Properties: {
    ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:unused',
    SourceBucketNames: ['assets'],
    SourceObjectKeys: [asset(files).S3Key],
    SourceMarkers: [{ '<<marker:0:0>>': { Ref: 'Api' } }],
    DestinationBucketName: { Ref: 'Site' },
    Prune: true,
    ...more,
  },
});

export function distributionTemplate(files: Readonly<Record<string, string>> = site, more: object = {}): Record<string, TemplateResource> {
  const api = {
    TargetOriginId: 'api',
    ViewerProtocolPolicy: 'allow-all',
    AllowedMethods: ALL_METHODS,
    CachePolicyId: CACHING_DISABLED,
    Compress: true,
  };
  const association = (name: string, EventType: string) => ({ EventType, FunctionARN: { 'Fn::GetAtt': [name, 'FunctionARN'] } });
  return {
    Echo: echo,
    ...restApiTemplate({ 'ANY /api/{proxy+}': 'Echo', 'GET /bare/{proxy+}': 'Echo' }),
    Site: { Type: 'AWS::S3::Bucket' },
    Deployed: deployment(files, more),
    Rewrite: edgeFunction('rewrite', viewerRequest),
    Seen: edgeFunction('seen', viewerResponse),
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: { FrameOptions: { FrameOption: 'DENY', Override: true }, ContentTypeOptions: { Override: true } },
          CustomHeadersConfig: { Items: [{ Header: 'cache-control', Value: 'no-cache', Override: false }] },
          RemoveHeadersConfig: { Items: [{ Header: 'last-modified' }] },
        },
      },
    },
    Edge: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          DefaultRootObject: 'index.html',
          Origins: [
            { Id: 'site', DomainName: { 'Fn::GetAtt': ['Site', 'RegionalDomainName'] }, S3OriginConfig: { OriginAccessIdentity: '' } },
            {
              Id: 'api',
              DomainName: { 'Fn::Join': ['', [{ Ref: 'Api' }, '.execute-api.us-east-1.amazonaws.com']] },
              OriginPath: '/live',
              OriginCustomHeaders: [{ HeaderName: 'X-From', HeaderValue: 'edge' }],
              CustomOriginConfig: { OriginProtocolPolicy: 'https-only' },
            },
          ],
          CacheBehaviors: [
            { ...api, PathPattern: '/api/*', OriginRequestPolicyId: ALL_VIEWER_EXCEPT_HOST },
            { ...api, PathPattern: 'bare/?', AllowedMethods: undefined },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'site',
            ViewerProtocolPolicy: 'allow-all',
            CachePolicyId: CACHING_OPTIMIZED,
            Compress: true,
            ResponseHeadersPolicyId: { Ref: 'Headers' },
            FunctionAssociations: [association('Rewrite', 'viewer-request'), association('Seen', 'viewer-response')],
          },
          CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 0 }],
        },
      },
      DependsOn: ['Stage'],
    },
  };
}
