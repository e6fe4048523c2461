// The version of MySQL and its settings, as far as they differ from those of RDS.
import { DatabaseInstanceEngine, MysqlEngineVersion } from 'aws-cdk-lib/aws-rds';

/** Minor versions come by themselves in the maintenance window; this is the one to begin with. */
export const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_8 });

/** Slower than this is worth a line in the log: everything here is a look-up by key, or a page of one. */
const SLOW_QUERY_SECONDS = '1';

/** All of them are dynamic: they change without a restart. */
export const parameters = (tls: boolean): Record<string, string> => ({
  require_secure_transport: tls ? '1' : '0',
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_bin',
  // MySQL's own default, with which everything is tested; RDS has set a laxer one in earlier families.
  sql_mode: 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  // No longer than a saga's step may take: it is tried again, where waiting on would let its caller time out.
  innodb_lock_wait_timeout: '2',
  // Ids of messages follow the order of commits, and money is counted: a commit that was answered survives a crash.
  innodb_flush_log_at_trx_commit: '1',
  sync_binlog: '1',
  slow_query_log: '1',
  long_query_time: SLOW_QUERY_SECONDS,
  // Only files are exported to CloudWatch.
  log_output: 'FILE',
});
