// Environments that are kept ready, canaries, and a fleet of servers instead of functions.
import { type Line, money, number, total } from '../line.ts';
import type { Place } from '../place.ts';
import { HOURS } from '../price.ts';
import { priceOf, prices } from '../prices.ts';

const SECONDS = HOURS * 3600;

export function provisionedComparison(): string[] {
  const { lambdaProvisioned: ready, lambdaProvisionedDuration: busy, lambdaArm: onDemand } = prices;
  const one = 0.5 * SECONDS * ready.usd;
  const share = ready.usd / (onDemand.usd - busy.usd);
  return [
    '### Provisioned concurrency or cold starts',
    '',
    `An environment of 512 MB that is kept ready costs 0.5 GB × ${number(SECONDS)} s × ${ready.usd} = ${money(one)} USD a month, and its work ${busy.usd} instead of ${onDemand.usd} USD/GB-s. ` +
      `It is cheaper than one on demand only while it is busy for ${ready.usd} ÷ (${onDemand.usd} − ${busy.usd}) = ${number(Math.round(share * 100))} % of the time. Below that it buys the first request's time: ` +
      'a cold environment of `pictures/api` takes 148 ms on the embedded host (bench/results.md, cold environment), and longer on Lambda, where the bundle comes from S3 first. ' +
      '`functions.provisionedConcurrency` takes a number by function; where a stage keeps some ready, its table above has a line for it.',
  ];
}

export function canaryComparison({ released }: Place): string[] {
  return [
    '### A canary',
    '',
    'CodeDeploy asks nothing for deployments of Lambda functions. A release of all costs one run of the smoke function for each of the ' +
      `${released} functions that have a deployment group, and one of the function that it tries, assumed to be a second of 512 MB each: ${released} × 2 × 1 s × 0.5 GB × ${prices.lambdaArm.usd} = ${(released * prices.lambdaArm.usd).toFixed(4)} USD. Old versions cost nothing but space among the 75 GB of code that a region gives. ` +
      'The alarms that turn a release back are billed with all others above.',
  ];
}

/** Two machines, so that one may fail, behind a load balancer. */
const FLEET = { machines: 2, type: 't4g.medium' };

export function fleetComparison(request: readonly Line[]): string[] {
  const machine = priceOf(FLEET.type).usd ?? 0;
  const fleet = FLEET.machines * machine * HOURS + prices.loadBalancer.usd * HOURS;
  // The edge is the same for both; a load balancer stands where the REST API is.
  const replaced = request.filter(({ what }) => !/CloudFront|clients|firewalls/.test(what));
  const million = total(replaced).usd;
  const requests = fleet / million;
  return [
    '### When servers are cheaper',
    '',
    `Two ${FLEET.type} and a load balancer, without its capacity units: ${FLEET.machines} × ${machine} × ${HOURS} + ${prices.loadBalancer.usd} × ${HOURS} = ${money(fleet)} USD a month, busy or not. ` +
      `What they would replace of a find, the REST API, the function and its logs, is ${money(million)} USD a million. So they are cheaper from ${money(fleet)} ÷ ${money(million)} = ${number(Number(requests.toFixed(1)))} million requests a month, ` +
      `**${number(Number(((requests * 1e6) / SECONDS).toFixed(1)))} a second on average**, as long as two of them carry the peak: on this project's bench two cores did thousands of finds a second, so they would.`,
    '',
    'That is few. Functions win where the average is far below the peak, where nobody wants to patch machines, and for work that comes in bursts (pictures); a service with a steady load above that rate belongs in containers, ' +
      'and its handlers can go there: they know nothing of where they run. Most of the difference is the REST API, 3.50 USD a million; an HTTP API is 1.00 USD, and lacks API keys, usage plans and direct integration with Express state machines that answer.',
  ];
}
