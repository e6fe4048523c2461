// The way out of the functions' subnets: gateways of AWS's, or one small instance of ours.
import {
  InstanceType,
  type ISecurityGroup,
  NatInstanceProviderV2,
  NatProvider,
  NatTrafficDirection,
  Peer,
  UserData,
  type VpcProps,
} from 'aws-cdk-lib/aws-ec2';
import type { ManagedData } from '../config.ts';
import { HTTPS } from './ports.ts';

export interface Nat {
  readonly vpc: Pick<VpcProps, 'natGateways' | 'natGatewayProvider'>;
  /** Called once the network is there. */
  letOut(group: ISecurityGroup): void;
}

/** On its disk of 8 GB. */
const SWAP_MB = 1_024;

/**
 * CDK's commands with two precautions for the first, which installs a package, and without which all others fail unseen: the memory of the smallest
 * instances is too little for that (https://github.com/amazonlinux/amazon-linux-2023/issues/404), and the cache of packages may be emptied while it
 * runs (https://github.com/aws/aws-cdk/issues/36717), after which a second attempt succeeds.
 */
function firstCommands(): UserData {
  const [install, ...rest] = NatInstanceProviderV2.DEFAULT_USER_DATA_COMMANDS;
  const userData = UserData.forLinux();
  userData.addCommands(
    `dd if=/dev/zero of=/swapfile bs=1M count=${SWAP_MB}`,
    'chmod 600 /swapfile',
    'mkswap /swapfile',
    'swapon /swapfile',
    `until ${install}; do sleep 5; done`,
    ...rest,
  );
  return userData;
}

export function natOf(nat: ManagedData['nat']): Nat {
  if (nat.kind === 'gateways') return { vpc: { natGateways: nat.count }, letOut: () => {} };
  // Its image is the latest Amazon Linux 2023 at each deployment: a newer one replaces the instance, and functions have no way out for a minute.
  const provider = NatProvider.instanceV2({
    instanceType: new InstanceType(nat.instanceType),
    userData: firstCommands(),
    defaultAllowedTraffic: NatTrafficDirection.NONE,
    // In a public subnet that gives no address by itself.
    associatePublicIpAddress: true,
  });
  return {
    vpc: { natGateways: 1, natGatewayProvider: provider },
    letOut(group) {
      provider.securityGroup.addIngressRule(group, HTTPS, 'functions to APIs');
      // Its own packages come from S3 over the same port.
      provider.securityGroup.addEgressRule(Peer.anyIpv4(), HTTPS, 'to APIs');
    },
  };
}
