// What CodeDeploy is about to release.
import { type CodeDeployClient, GetApplicationRevisionCommand, GetDeploymentCommand } from '@aws-sdk/client-codedeploy';
import * as z from 'zod';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
const AppSpec = z.object({
  Resources: z.array(
    z.record(z.string(), z.object({ Type: z.string(), Properties: z.object({ Name: z.string(), TargetVersion: z.string() }) })),
  ),
});

export interface NewVersion {
  readonly functionName: string;
  readonly version: string;
}

/** A hook is told the deployment's id only: what it deploys stands in its revision. Throws where that is no Lambda deployment. */
export async function newVersions(codeDeploy: CodeDeployClient, deploymentId: string): Promise<NewVersion[]> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  const { applicationName, revision } = deploymentInfo ?? {};
  const known = await codeDeploy.send(new GetApplicationRevisionCommand({ applicationName, revision }));
  const content = known.revision?.string?.content ?? known.revision?.appSpecContent?.content;
  if (content === undefined) throw new Error(`The revision of deployment ${deploymentId} has no AppSpec`);
  return AppSpec.parse(JSON.parse(content))
    .Resources.flatMap((resource) => Object.values(resource))
    .map(({ Properties }) => ({ functionName: Properties.Name, version: Properties.TargetVersion }));
}
