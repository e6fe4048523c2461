// What the network costs while nobody uses it.
import type { Line } from '../line.ts';
import { HOURS } from '../price.ts';
import { priceOf, prices } from '../prices.ts';
import { counted, ofType, type Resource } from '../resource.ts';

const hours = { n: HOURS, of: 'h' };

/** Of Amazon Linux's image, which the template does not name. */
const NAT_INSTANCE_GB = 8;

export function natGateways(gateways: readonly Resource[]): Line[] {
  return [{ what: 'NAT gateways', quantities: [{ n: gateways.length }, hours], price: prices.natGateway }];
}

/** Each NAT gateway and NAT instance has one. */
export function addresses(resources: readonly Resource[]): Line[] {
  const n = ofType(resources, 'AWS::EC2::EIP').length + ofType(resources, 'AWS::EC2::Instance').length;
  return n === 0 ? [] : [{ what: 'public IPv4 addresses', quantities: [{ n }, hours], price: prices.address }];
}

export const instances = (machines: readonly Resource[]): Line[] => [
  ...counted(machines, ({ properties }) => String(properties.InstanceType)).map(([type, n]) => ({
    what: `NAT instance, ${type}`,
    quantities: [{ n }, hours],
    price: priceOf(type),
  })),
  { what: 'its disk', quantities: [{ n: machines.length }, { n: NAT_INSTANCE_GB, of: 'GB' }], price: prices.volume },
];

/** An endpoint is billed in each zone that it has a subnet in. Gateway endpoints cost nothing. */
export function endpoints(all: readonly Resource[]): Line[] {
  const zones = all
    .filter(({ properties }) => properties.VpcEndpointType === 'Interface')
    .reduce((sum, { properties }) => sum + (properties.SubnetIds as unknown[]).length, 0);
  return zones === 0 ? [] : [{ what: 'interface endpoints, in zones', quantities: [{ n: zones }, hours], price: prices.endpoint }];
}

export const firewalls = (acls: readonly Resource[]): Line[] => [
  { what: 'firewall', quantities: [{ n: acls.length }], price: prices.firewall },
  {
    what: 'rules of the firewall',
    quantities: [{ n: acls.reduce((sum, { properties }) => sum + (properties.Rules as unknown[]).length, 0) }],
    price: prices.firewallRule,
  },
];
