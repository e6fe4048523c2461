// What is watched as a whole: data services, the APIs, the promises to users. Deployed last, because it looks at everything.
import { Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Config, ManagedData } from '../config.ts';
import { Cache } from '../constructs/cache.ts';
import { Database } from '../constructs/database.ts';
import { watchConcurrency, watchNat } from '../observability/account-alarms.ts';
import { watchRestApi, watchWebSocketApi } from '../observability/api-alarms.ts';
import { watchObjective } from '../observability/burn-rate.ts';
import { watchCache } from '../observability/cache-alarms.ts';
import { watchCheckoutRefusals } from '../observability/checkout-refusals.ts';
import { sharedRows } from '../observability/dashboards/overview.ts';
import { functionsBySystem, systemRows } from '../observability/dashboards/systems.ts';
import { alarmStates, heading } from '../observability/dashboards/widgets.ts';
import { watchDatabase } from '../observability/database-alarms.ts';
import { watchKafka } from '../observability/kafka-alarms.ts';
import { objectives } from '../observability/objectives.ts';
import { countRequests, systemNames } from '../observability/request-metrics.ts';
import { CONSUMER_GROUP, pictureJobsTopic } from '../systems/picture-jobs.ts';
import type { DataStack } from './data.ts';
import type { NetworkStack } from './network.ts';
import type { SystemsStack } from './systems.ts';

export interface ObservabilityProps {
  readonly config: Config;
  readonly managed: ManagedData;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly systems: SystemsStack;
  readonly alarms: ITopic;
}

export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { config, managed, network, data, systems, alarms } = props;
    const { stage } = config;
    const { database, cache, kafka } = data;
    if (!(database instanceof Database && cache instanceof Cache)) throw new Error('Only data services of AWS are watched');

    const { instanceIdentifier, proxyName } = database;
    watchDatabase(this, { config: managed.database, instanceIdentifier, proxyName, alarms });
    watchCache(this, { replicationGroupId: cache.replicationGroupId, replicas: managed.cache.replicas, alarms });
    if (kafka) watchKafka(this, { name: kafka.name, topic: pictureJobsTopic.name, group: CONSUMER_GROUP, alarms });
    watchConcurrency(this, alarms);
    watchNat(this, network.vpc, alarms);
    watchRestApi(this, { stage, alarms });
    if (systems.webSocket) watchWebSocketApi(this, systems.webSocket, alarms);
    const accessLog = accessLogOf(systems);
    watchCheckoutRefusals(this, { stage, accessLog, alarms });
    if (config.alerts.objectives) {
      countRequests(this, { stage, accessLog, orders: systems.orderLogs });
      for (const objective of objectives(stage, systems.checkout)) watchObjective(this, objective, alarms);
    }
    // After all alarms, of which it shows the states.
    this.dashboards(props, sharedRows({ stage, database, cache, cacheReplicas: managed.cache.replicas, kafka }));
  }

  private dashboards({ config, systems }: ObservabilityProps, shared: ReturnType<typeof sharedRows>): void {
    const { stage } = config;
    const names = this.alarmNames();
    const page = (part: string, rows: typeof shared) =>
      new Dashboard(this, `${part}Dashboard`, { dashboardName: `stackyard-${stage}-${part}`, widgets: rows });
    const speaking = names.filter((name) => !name.includes('-burn-'));
    page('overview', [[heading(`# Stackyard, ${stage}\nWhat to do: docs/runbooks`)], alarmStates(this, 'All', speaking), ...shared]);
    if (!config.alerts.objectives) return;
    for (const system of systemNames) {
      const services = functionsBySystem[system].map((entry) => entry.split('/')[0]);
      const ours = speaking.filter((name) => services.some((service) => name.split('-')[3] === service));
      page(system, [[heading(`# ${system}`)], alarmStates(this, system, ours), ...systemRows({ stage, systems }, system)]);
    }
  }

  /** Of all stacks, in their order. */
  private alarmNames(): string[] {
    const all = this.node.root.node.findAll();
    return all.flatMap((construct) => {
      if (construct instanceof CfnAlarm) return construct.alarmName ?? [];
      return construct instanceof CfnCompositeAlarm ? (construct.alarmName ?? []) : [];
    });
  }
}

function accessLogOf(systems: SystemsStack): LogGroup {
  const group = systems.node.tryFindChild(`${systems.api.node.id}AccessLogs`);
  if (group instanceof LogGroup) return group;
  throw new Error('The REST API keeps no access log, of which alarms and objectives are measured');
}
