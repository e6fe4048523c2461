// Ways in and out: CloudFront, firewall, API Gateway, NAT, endpoints, addresses.
import { type Price, priceListTest } from '../price.ts';

const NAT = {
  page: 'https://aws.amazon.com/vpc/pricing/',
  read: 'https://www.zacfukuda.com/blog/aws-nat-gateway-vs-vpc-endpoint',
  asOf: '2026-06-01',
};
const LINK = { ...NAT, page: 'https://aws.amazon.com/privatelink/pricing/' };
const CLOUDFRONT = {
  page: 'https://aws.amazon.com/cloudfront/pricing/',
  read: 'https://wring.co/blog/aws-cloudfront-pricing-guide',
  asOf: '2026-03-08',
};
const WAF = { page: 'https://aws.amazon.com/waf/pricing/', read: 'https://c3x.dev/blog/aws-waf-cost-explained/', asOf: '2026' };
const GATEWAY = 'https://aws.amazon.com/api-gateway/pricing/';
const live = { page: GATEWAY, ...priceListTest('apigatewayv2_api', '5437ae35e6298f7fae95620d4d9a54b795d62591') };

export const network = {
  natGateway: { service: 'NAT gateway', unit: 'h', usd: 0.045, ...NAT },
  natGatewayData: { service: 'NAT gateway, data', unit: 'GB', usd: 0.045, ...NAT },
  endpoint: { service: 'Interface endpoint, in one zone', unit: 'h', usd: 0.01, ...LINK },
  endpointData: { service: 'Interface endpoint, data', unit: 'GB', usd: 0.01, ...LINK },
  address: {
    service: 'Public IPv4 address',
    unit: 'h',
    usd: 0.005,
    page: 'https://aws.amazon.com/vpc/pricing/',
    read: 'https://cloudburn.io/blog/aws-nat-gateway-pricing',
    asOf: '2026-02-24',
  },
  edgeRequest: { service: 'CloudFront, HTTPS requests', unit: 'million', usd: 1, ...CLOUDFRONT, note: 'North America and Europe' },
  edgeData: {
    service: 'CloudFront, data to clients',
    unit: 'GB',
    usd: 0.085,
    ...CLOUDFRONT,
    note: 'North America and Europe, first 10 TB',
  },
  edgeUpload: {
    service: 'CloudFront, data to the origin',
    unit: 'GB',
    usd: 0.02,
    page: CLOUDFRONT.page,
    ...priceListTest('cloudfront_distribution', '04322d699e8bbc5f2658a22508dd3e28c9533a91'),
    note: 'bodies of requests; North America and Europe; 0.06 to 0.16 elsewhere',
  },
  edgeFunction: {
    service: 'CloudFront Functions',
    unit: 'million',
    usd: 0.1,
    page: CLOUDFRONT.page,
    read: 'https://cur.vantage.sh/aws/amazoncloudfront/',
    asOf: 'undated',
  },
  firewall: { service: 'WAF, a web ACL', unit: 'month', usd: 5, ...WAF },
  firewallRule: { service: 'WAF, a rule or group of rules', unit: 'month', usd: 1, ...WAF },
  firewallRequest: { service: 'WAF, requests', unit: 'million', usd: 0.6, ...WAF },
  restRequest: {
    service: 'API Gateway REST API, requests',
    unit: 'million',
    usd: 3.5,
    page: GATEWAY,
    read: 'https://awsforengineers.com/blog/aws-api-gateway-pricing-explained',
    asOf: '2025-05-19',
  },
  liveMessage: { service: 'API Gateway WebSocket API, messages of 32 KB', unit: 'million', usd: 1, ...live },
  liveMinutes: { service: 'API Gateway WebSocket API, connection minutes', unit: 'million', usd: 0.25, ...live },
} as const satisfies Record<string, Price>;
