// The limit: sharp over the same files, from disk to disk, and nothing around it. Arguments: folder, threads. Prints how long it took, as JSON.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { SIZE } from './size.ts';

const [folder = '', threads = ''] = process.argv.slice(2);
const WARM_UP = 20;

// As the consumer does: side by side, a thread each.
sharp.concurrency(1);
sharp.cache(false);

const files = (await readdir(folder)).filter((file) => file.endsWith('.jpg'));
await mkdir(join(folder, 'results'), { recursive: true });

async function resizeAll(names: readonly string[]): Promise<void> {
  const left = [...names];
  const worker = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const result = await sharp(await readFile(join(folder, name)))
        .autoOrient()
        .resize({ ...SIZE, fit: 'fill' })
        .png()
        .toBuffer();
      await writeFile(join(folder, 'results', name), result);
    }
  };
  await Promise.all(Array.from({ length: Number(threads) }, worker));
}

await resizeAll(files.slice(0, WARM_UP));
const began = performance.now();
const usedBefore = process.cpuUsage();
await resizeAll(files);
const { user, system } = process.cpuUsage(usedBefore);
process.stdout.write(JSON.stringify({ seconds: (performance.now() - began) / 1000, processorMs: (user + system) / 1000 }));
