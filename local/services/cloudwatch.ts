// CloudWatch's GetMetricData: the few metrics of AWS's own services that handlers read, as they are at this moment.
import type { Backends } from '../backends/backends.ts';
import { type Lag, type LagObserver, lagObserver } from '../events/kafka/lag.ts';
import { AwsError, type ControlApi } from './control-api.ts';
import type { Storage } from './s3-and-sqs.ts';

interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly MetricStat?: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
}
type Dimensions = Readonly<Record<string, string>>;
/** Undefined where AWS would have no datapoint. */
type Read = (dimensions: Dimensions) => Promise<number | undefined>;

export interface CloudWatch {
  stop(): Promise<void>;
}

/** A metric that is not hosted has no datapoints, as a metric that nobody writes. Everything else of CloudWatch is refused by name. */
export function cloudWatchApi(
  control: ControlApi,
  storage: Pick<Storage, 'oldestMessageAge'>,
  backends: Pick<Backends, 'kafka'>,
): CloudWatch {
  const lags = consumerLags(backends);
  const metrics: Readonly<Record<string, Read>> = {
    'AWS/SQS ApproximateAgeOfOldestMessage {QueueName}': ({ QueueName = '' }) => storage.oldestMessageAge(QueueName),
    'AWS/Kafka SumOffsetLag {Cluster Name, Consumer Group, Topic}': async (dimensions) => (await lags.of(dimensions))?.records,
    'AWS/Kafka EstimatedMaxTimeLag {Cluster Name, Consumer Group, Topic}': async (dimensions) => (await lags.of(dimensions))?.seconds,
  };

  async function result({ Id, Label, MetricStat }: Query, now: number) {
    if (!MetricStat) throw new AwsError('ValidationError', `${Id}: only MetricStat is hosted here, no Expression`);
    const { Namespace, MetricName, Dimensions = [] } = MetricStat.Metric;
    const names = Dimensions.map(({ Name }) => Name).sort();
    const value = await metrics[`${Namespace} ${MetricName} {${names.join(', ')}}`]?.(
      Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
    );
    const datapoints = value === undefined ? { Timestamps: [], Values: [] } : { Timestamps: [now / 1000], Values: [value] };
    return { Id, Label: Label ?? MetricName, ...datapoints, StatusCode: 'Complete' };
  }

  control.json('GraniteServiceVersion20100801', {
    GetMetricData: async ({ MetricDataQueries }: { MetricDataQueries: readonly Query[] }) => {
      const now = Date.now();
      return { MetricDataResults: await Promise.all(MetricDataQueries.map((query) => result(query, now))), Messages: [] };
    },
  });
  return { stop: () => lags.stop() };
}

/** One look serves all metrics that are asked for at the same time. */
function consumerLags(backends: Pick<Backends, 'kafka'>) {
  const observers = new Map<string, LagObserver>();
  const looks = new Map<string, Promise<Lag | undefined>>();

  async function look(key: string, group: string, topic: string): Promise<Lag | undefined> {
    try {
      const observer = observers.get(key) ?? lagObserver((await backends.kafka()).brokers, group, topic);
      observers.set(key, observer);
      return await observer.observe();
    } catch {
      // MSK measures nothing while it is down. Connections that broke are not used again.
      await forget(key);
      return undefined;
    } finally {
      looks.delete(key);
    }
  }

  async function forget(key: string): Promise<void> {
    const observer = observers.get(key);
    observers.delete(key);
    await observer?.close().catch(() => undefined);
  }

  return {
    of({ 'Consumer Group': group = '', Topic: topic = '' }: Dimensions): Promise<Lag | undefined> {
      const key = `${group}/${topic}`;
      const going = looks.get(key) ?? look(key, group, topic);
      looks.set(key, going);
      return going;
    },
    async stop() {
      await Promise.all([...observers.keys()].map(forget));
    },
  };
}
