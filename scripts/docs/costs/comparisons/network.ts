// Ways out of the private subnets, compared.
import { money, number, table } from '../line.ts';
import { interfaceEndpoints } from '../place.ts';
import { HOURS } from '../price.ts';
import { priceOf, prices } from '../prices.ts';
import type { StageInput } from '../stage.ts';
import { CALL_BYTES } from '../usage.ts';

const month = (usd: number) => usd * HOURS;

/** GB a month, through one endpoint in so many zones, from which on it costs less than the same bytes through a NAT gateway that is there anyway. */
export const breakEvenGb = (zones: number): number =>
  (zones * month(prices.endpoint.usd)) / (prices.natGatewayData.usd - prices.endpointData.usd);

/** APIs that functions in the network call, besides S3 and DynamoDB. */
const APIS = ['SQS', 'Secrets Manager', 'Lambda', 'EventBridge', 'CloudWatch', 'MSK', 'API Gateway (frames)'];

export function networkComparison(stages: Readonly<Record<string, StageInput>>): string[] {
  const { natGateway, natGatewayData, endpoint, endpointData } = prices;
  const zone = month(endpoint.usd);
  const calls = (breakEvenGb(3) * 1e9) / CALL_BYTES / 1e6;
  const all = (zones: number) => APIS.length * zones * zone;
  const nano = month(priceOf('t4g.nano').usd ?? 0);
  return [
    '### NAT gateway or interface endpoints',
    '',
    `An endpoint costs ${endpoint.usd} USD/h × ${HOURS} h = ${money(zone)} USD a month in each zone, and takes ${endpointData.usd} USD/GB where the gateway takes ${natGatewayData.usd}. ` +
      `Beside a gateway that is there anyway it pays from zones × ${money(zone)} ÷ (${natGatewayData.usd} − ${endpointData.usd}) GB a month:`,
    '',
    ...table(
      ['zones', 'break-even of one endpoint, GB a month'],
      [1, 2, 3].map((zones) => [String(zones), number(Math.round(breakEvenGb(zones)))]),
    ),
    '',
    `In three zones that is ${number(Math.round(calls))} million calls of ${CALL_BYTES / 1000} KB to one service in a month. Instead of the gateways endpoints do not pay either: ` +
      `functions call ${APIS.length} such APIs (${APIS.join(', ')}), ${APIS.length} × 3 × ${money(zone)} = ${money(all(3))} USD in three zones, where three gateways are ` +
      `3 × ${money(month(natGateway.usd))} = ${money(3 * month(natGateway.usd))}; and the synchroniser of cats needs the internet all the same.`,
    '',
    ...Object.entries(stages).map(([name, { resources }]) => {
      const has = interfaceEndpoints(resources);
      return `- **${name}** has ${has.length === 0 ? 'none' : has.map((service) => `one of ${service}`).join(', ')}.`;
    }),
    '',
    'With Kafka an endpoint of SQS is there whether it pays or not: Lambda’s pollers stand in subnets without a way out and put failed records into a queue. Functions use it as well. ' +
      'Any other is worth its hours only when the bill shows that many GB to one service; `interfaceEndpoints` in `lib/config.ts` takes its name. ' +
      'Gateway endpoints of S3 and DynamoDB cost nothing and keep pictures off the NAT gateway: every stage has them.',
    '',
    '### NAT gateway or NAT instance',
    '',
    `A t4g.nano with its disk is ${money(nano)} + ${money(8 * prices.volume.usd)} = ${money(nano + 8 * prices.volume.usd)} USD a month and takes nothing for a GB; a gateway is ${money(month(natGateway.usd))} ` +
      `and ${natGatewayData.usd} USD/GB. Both have an address for ${money(month(prices.address.usd))}. The instance saves ${money(month(natGateway.usd) - nano - 8 * prices.volume.usd)} USD a month; for that, ` +
      'while it is down or replaced, no function of the network reaches SQS, secrets or the upstream of cats. So only **minimal** has it.',
  ];
}
