// A function's code: one ES module with everything in it.
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { bundles, projectRoot } from './bundles.ts';

/**
 * `entry`: folder and file below functions/, without `.handler.ts`. `folders`: name beside the bundle → folder that is copied there. Where bundling is
 * switched off for a stack, the asset is the project's folder, unread.
 */
export function functionCode(entry: string, folders: Readonly<Record<string, string>> = {}): AssetCode {
  const tryBundle = (output: string): boolean => {
    const files = bundles(dirname(output)).get(entry);
    if (!files) throw new Error(`There is no functions/${entry}.handler.ts`);
    for (const [name, content] of files) writeFileSync(join(output, name), content);
    for (const [name, folder] of Object.entries(folders)) cpSync(folder, join(output, name), { recursive: true });
    return true;
  };
  return Code.fromAsset(projectRoot, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used: bundling here does not fail over to a container. The variable tells bundles of one synthesis apart.
      image: DockerImage.fromRegistry('none'),
      environment: { ENTRY: entry },
      local: { tryBundle },
    },
  });
}
