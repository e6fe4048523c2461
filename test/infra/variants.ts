// The stages of AWS, and prod as `edge` and `tracing` may be set before it is deployed: what the defaults leave out is in one of these.
import { type Config, configOf } from '../../lib/config.ts';

const prod = configOf('prod');

export const variants: Readonly<Record<string, Config>> = {
  dev: configOf('dev'),
  prod,
  minimal: configOf('minimal'),
  'prod with tokens, a name of its own, and traces': {
    ...prod,
    edge: {
      ...prod.edge,
      authorizer: { kind: 'jwt', issuer: 'https://issuer.example', audience: 'stackyard' },
      domain: { name: 'stack.example', certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b' },
    },
    tracing: { endpoint: 'https://collector.example' },
  },
  'prod with signatures of IAM': { ...prod, edge: { ...prod.edge, authorizer: { kind: 'iam' } } },
};
