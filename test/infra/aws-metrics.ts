// Metrics of AWS that alarms and dashboards ask for, as its documentation spells them: CloudWatch answers a name that nobody emits with silence.

/** Namespace → names of the dimensions → metrics. */
export const documented: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'AWS/ApiGateway': {
    'ApiId, Stage': ['ClientError', 'ConnectCount', 'ExecutionError', 'IntegrationError', 'MessageCount'],
    'ApiName, Stage': ['4XXError', '5XXError', 'Count', 'Latency'],
  },
  'AWS/DynamoDB': { TableName: ['ReadThrottleEvents', 'WriteThrottleEvents'] },
  'AWS/ElastiCache': { CacheClusterId: ['DatabaseMemoryUsagePercentage', 'EngineCPUUtilization', 'Evictions'] },
  'AWS/Events': { RuleName: ['FailedInvocations'] },
  'AWS/Kafka': {
    'Broker ID, Cluster Name': ['CpuUser', 'KafkaDataLogsDiskUsed'],
    'Cluster Name': ['OfflinePartitionsCount'],
    'Cluster Name, Consumer Group, Topic': ['EstimatedMaxTimeLag', 'SumOffsetLag'],
  },
  'AWS/Lambda': {
    '': ['ClaimedAccountConcurrency', 'ConcurrentExecutions'],
    'ExecutedVersion, FunctionName, Resource': ['Errors'],
    FunctionName: ['ConcurrentExecutions', 'Duration', 'Errors', 'Invocations', 'Throttles'],
  },
  'AWS/NATGateway': { NatGatewayId: ['ErrorPortAllocation'] },
  'AWS/RDS': {
    DBInstanceIdentifier: ['CPUCreditBalance', 'CPUUtilization', 'DatabaseConnections', 'FreeStorageSpace', 'ReadLatency', 'WriteLatency'],
    ProxyName: ['DatabaseConnectionsBorrowLatency', 'DatabaseConnectionsCurrentlySessionPinned'],
  },
  'AWS/SQS': {
    QueueName: ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesVisible'],
  },
  'AWS/States': {
    StateMachineArn: ['ExecutionTime', 'ExecutionsFailed', 'ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsTimedOut'],
  },
};
