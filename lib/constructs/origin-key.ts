// By which the REST API knows that CloudFront asks: its own address answers too, and would let requests around the firewall.
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { ORIGIN_KEY_HEADER } from '../edge/origin-key-header.ts';
import { measured, withoutSecrets } from '../firewall/visibility.ts';
import { accept } from './accepted.ts';

export interface OriginKeyProps {
  readonly name: string;
  /** Counts the keys that there have been: `edge.originKey`. */
  readonly generation: number;
}

/** 48 letters and digits: 62^48 is more than 2^285. */
const LENGTH = 48;

/**
 * The key of this generation and of the one before are accepted. So a new key needs one deployment: this stack accepts both before the console's
 * stack, which comes later, has CloudFront send the new one.
 */
export class OriginKey extends Construct {
  /** What CloudFront is to send. */
  readonly current: ISecret;
  /** Lets in what has a key, and nothing else. */
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, { name, generation }: OriginKeyProps) {
    super(scope, id);
    this.current = this.key(generation);
    const accepted = generation > 1 ? [this.current, this.key(generation - 1)] : [this.current];
    const acl = new CfnWebACL(this, 'Acl', {
      name,
      description: 'Lets in what comes by CloudFront',
      scope: 'REGIONAL',
      defaultAction: { block: {} },
      rules: accepted.map((key, priority) => ({
        name: key.node.id,
        priority,
        action: { allow: {} },
        statement: {
          byteMatchStatement: {
            fieldToMatch: { singleHeader: { Name: ORIGIN_KEY_HEADER } },
            positionalConstraint: 'EXACTLY',
            // Resolved by CloudFormation when it deploys: the template holds a reference.
            searchString: key.secretValue.unsafeUnwrap(),
            textTransformations: [{ priority: 0, type: 'NONE' }],
          },
        },
        visibilityConfig: measured(`${name}-${key.node.id}`),
      })),
      visibilityConfig: measured(name),
      dataProtectionConfig: withoutSecrets,
    });
    this.webAclArn = acl.attrArn;
  }

  private key(generation: number): Secret {
    const secret = new Secret(this, `Key${generation}`, {
      description: 'Sent by CloudFront to the REST API in a header that clients cannot set',
      generateSecretString: { passwordLength: LENGTH, excludePunctuation: true },
    });
    accept(secret, {
      id: 'AwsSolutions-SMG4',
      reason:
        'a new one is made by edge.originKey, in a deployment that tells both sides; rotated behind their backs it would lock everybody out',
    });
    return secret;
  }
}

/** For an origin of CloudFront: resolved, too, when it is deployed. */
export const withKey = (key: ISecret | undefined) =>
  key ? { customHeaders: { [ORIGIN_KEY_HEADER]: key.secretValue.unsafeUnwrap() } } : {};
