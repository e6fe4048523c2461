// Finds the programs that the backends need. Plain JavaScript: the preparation runs it before anything is installed.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Debian keeps mariadbd where an ordinary user's PATH does not look. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin'];
const OLDEST_JAVA = 17;

/** Names under which a server may be installed, the preferred one first. */
export const SERVERS = { mysql: ['mariadbd', 'mysqld'], redis: ['redis-server', 'valkey-server'] };

/** Full path of the first of `names` that is on PATH, or undefined. */
export function findExecutable(names, environment = process.env) {
  const folders = [...(environment.PATH ?? '').split(delimiter).filter(Boolean), ...SYSTEM_FOLDERS];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

/** Full path of a Java that can run Kafka 4 (17 or newer): JAVA_HOME first, then PATH; or undefined. */
export function findJava(environment = process.env) {
  const atHome = environment.JAVA_HOME ? join(environment.JAVA_HOME, 'bin', 'java') : undefined;
  const candidates = [atHome, findExecutable(['java'], environment)];
  return candidates.find((java) => java !== undefined && isExecutable(java) && javaMajor(java) >= OLDEST_JAVA);
}

/** Major version by the `release` file of the installation, which costs nothing; asking the JVM itself takes 0.1 s. */
function javaMajor(java) {
  const home = dirname(dirname(realpathSync(java)));
  try {
    return major(readFileSync(join(home, 'release'), 'utf8').match(/JAVA_VERSION="([^"]+)"/)?.[1]);
  } catch {
    return major(versionBanner(java).match(/version "([^"]+)"/)?.[1]);
  }
}

/** `-version` writes to stderr, `--version` (Java 9 and newer) to stdout; an older Java fails on it and is too old anyway. */
function versionBanner(java) {
  try {
    const firstLine = execFileSync(java, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0];
    return `version "${firstLine.split(' ')[1]}"`;
  } catch {
    return '';
  }
}

/** `17.0.15` is 17, `1.8.0_402` is 8; 0 for what cannot be read. */
function major(version = '') {
  const [first, second] = version.split(/[._-]/);
  return Number(first === '1' ? second : first) || 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
