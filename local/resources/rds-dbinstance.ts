// AWS::RDS::DBInstance: the MySQL server of this host, with the instance's master user and database in it.
import { createConnection } from 'mysql2/promise';
import type { MysqlServer } from '../backends/backends.ts';
import type { Host } from '../host.ts';
import { databases } from '../services/databases.ts';
import { physicalName } from './physical-name.ts';
import { ignored } from './rds-dbinstance-ignored.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::RDS::DBInstance',
  honours: ['DBInstanceIdentifier', 'DBName', 'Engine', 'MasterUserPassword', 'MasterUsername'],
  ignores: ignored,
  refuses: ({ properties: { Engine } }) =>
    Engine === 'mysql' || Engine === 'mariadb' ? [] : [`Engine ${Engine}: only mysql and mariadb can be hosted here`],
  create,
};

async function create(resource: Resource, { backends, options }: Host): Promise<Created> {
  const { DBInstanceIdentifier, DBName, Engine, MasterUsername, MasterUserPassword } = resource.properties;
  const id = String(DBInstanceIdentifier ?? physicalName(resource, 63)).toLowerCase();
  const server = await backends.mysql();
  await prepare(server, MasterUsername, MasterUserPassword, DBName);
  databases(backends).set(id, {
    engine: Engine,
    host: server.host,
    port: server.port,
    username: MasterUsername,
    ...(DBName && { dbname: DBName }),
  });
  return {
    ref: id,
    attributes: {
      DBInstanceArn: `arn:aws:rds:${options.region}:${options.account}:db:${id}`,
      DbiResourceId: `db-${id.toUpperCase()}`,
      'Endpoint.Address': server.host,
      'Endpoint.Port': String(server.port),
    },
  };
}

/** Repeatable: the password follows its secret, what is in the database stays. */
async function prepare(server: MysqlServer, username: string, password: string, database: string | undefined): Promise<void> {
  if (!username || !password) throw new Error('MasterUsername and MasterUserPassword are needed: without them nobody could log in');
  if (username === server.user)
    throw new Error(`MasterUsername ${username} is the administrator of the MySQL server itself: choose another name`);
  const { host, port, user, password: ownPassword } = server;
  const connection = await createConnection({ host, port, user, password: ownPassword });
  try {
    await connection.query("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?", [username, password]);
    await connection.query("ALTER USER ?@'%' IDENTIFIED BY ?", [username, password]);
    await connection.query("GRANT ALL PRIVILEGES ON *.* TO ?@'%' WITH GRANT OPTION", [username]);
    if (database) await connection.query('CREATE DATABASE IF NOT EXISTS ??', [database]);
  } finally {
    await connection.end();
  }
}
