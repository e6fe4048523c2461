// The JVM's archive of Kafka's classes: halves the broker's start. Made at the stop of the first run, so no start ever waits for it.
import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface ClassArchive {
  /** JVM options that use the archive, or that have it written at exit where there is none yet. */
  readonly options: readonly string[];
  /** To be called with how the broker ended; keeps what a clean end has written. */
  keepAfter(ended: string): Promise<void>;
}

/** How a JVM ends after SIGTERM, once its shutdown hooks and the archive are done. */
const CLEAN_ENDS = ['exit code 143', 'exit code 0'];

export async function classArchive(options: {
  readonly dir: string;
  readonly toolsDir: string;
  readonly java: string;
  readonly classpath: string;
}): Promise<ClassArchive> {
  const archive = join(options.toolsDir, `kafka-classes-${fingerprint(options.java, options.classpath)}.jsa`);
  if (existsSync(archive)) return { options: [`-XX:SharedArchiveFile=${archive}`], keepAfter: async () => {} };

  const written = join(options.dir, 'classes.jsa');
  await rm(written, { force: true });
  return {
    options: [`-XX:ArchiveClassesAtExit=${written}`],
    async keepAfter(ended) {
      if (CLEAN_ENDS.includes(ended) && existsSync(written)) await publish(written, archive);
    },
  };
}

/** The data folder may be on another device than the tools: copied under a name of this process, then renamed. */
async function publish(written: string, archive: string): Promise<void> {
  await mkdir(join(archive, '..'), { recursive: true });
  const own = `${archive}.${process.pid}`;
  await copyFile(written, own);
  await rename(own, archive);
  await rm(written, { force: true });
}

/** An upgraded Java or other jars make the archive useless; the JVM would only warn and start slowly for ever. */
function fingerprint(java: string, classpath: string): string {
  const real = realpathSync(java);
  const { mtimeMs, size } = statSync(real);
  return createHash('sha256').update([real, mtimeMs, size, classpath].join('\n')).digest('hex').slice(0, 16);
}
