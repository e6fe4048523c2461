// How this application reaches its Kafka cluster: brokers by the MSK API, IAM tokens where the cluster offers IAM.
import { GetBootstrapBrokersCommand, type GetBootstrapBrokersResponse, KafkaClient } from '@aws-sdk/client-kafka';
import type { BaseOptions } from '@platformatic/kafka';
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { env } from './env.ts';

/** Options for any client of the cluster that KAFKA_CLUSTER_ARN names. */
export async function kafkaOptions(): Promise<BaseOptions> {
  const brokers = await new KafkaClient().send(new GetBootstrapBrokersCommand({ ClusterArn: env('KAFKA_CLUSTER_ARN') }));
  return { clientId: env('AWS_LAMBDA_FUNCTION_NAME'), ...access(brokers) };
}

/** With the broker's name in the handshake, which not every client of Kafka sends by itself. */
const TLS = { tls: {}, tlsServerName: true };

/** The cluster says which ways in it has; the strongest is taken: IAM over TLS, TLS, plaintext. */
function access(brokers: GetBootstrapBrokersResponse): Pick<BaseOptions, 'bootstrapBrokers' | 'tls' | 'tlsServerName' | 'sasl'> {
  if (brokers.BootstrapBrokerStringSaslIam) {
    const token = async () => (await generateAuthToken({ region: env('AWS_REGION') })).token;
    return { bootstrapBrokers: brokers.BootstrapBrokerStringSaslIam.split(','), ...TLS, sasl: { mechanism: 'OAUTHBEARER', token } };
  }
  if (brokers.BootstrapBrokerStringTls) return { bootstrapBrokers: brokers.BootstrapBrokerStringTls.split(','), ...TLS };
  return { bootstrapBrokers: (brokers.BootstrapBrokerString ?? '').split(',') };
}
