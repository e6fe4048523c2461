// The data services as this host sees them. Each is started on first use, once, and stopped with the host.

export interface MysqlServer {
  readonly host: string;
  readonly port: number;
  /** Administrator of the server; not what functions use. */
  readonly user: string;
  readonly password: string;
  /** Undefined where the server was given by MYSQL_URL and is not ours to stop. */
  readonly pid?: number;
}
export interface RedisServer {
  readonly host: string;
  readonly port: number;
  readonly pid?: number;
}
export interface KafkaBroker {
  /** `host:port[,host:port…]`, plaintext. */
  readonly brokers: string;
  readonly pid?: number;
}

export interface Backends {
  mysql(): Promise<MysqlServer>;
  redis(): Promise<RedisServer>;
  /** Rejects with a sentence that says what to install where no broker can be had. */
  kafka(): Promise<KafkaBroker>;
  stop(): Promise<void>;
}
