// Secrets Manager as a rotation sees it: versions of a secret, and the stages that wander between them.
import { randomUUID } from 'node:crypto';
import { AwsError, type ControlApi } from '../../local/services/control-api.ts';

interface Version {
  text?: string;
  readonly stages: Set<string>;
}

export interface VersionedSecrets {
  create(id: string, text: string): void;
  /** What Secrets Manager does before it calls: a version without a value becomes the pending one. Gives its id. */
  begin(id: string): string;
  /** The value of a stage. */
  read(id: string, stage: string): string | undefined;
}

export function versionedSecrets(control: ControlApi): VersionedSecrets {
  const secrets = new Map<string, Map<string, Version>>();
  const versionsOf = (id: string): Map<string, Version> => {
    const versions = secrets.get(id);
    if (!versions) throw new AwsError('ResourceNotFoundException', `no secret ${id}`);
    return versions;
  };
  const staged = (id: string, stage: string) => [...versionsOf(id)].find(([, { stages }]) => stages.has(stage));
  /** A stage is on one version at a time; who loses AWSCURRENT becomes AWSPREVIOUS. */
  function move(id: string, stage: string, versionId: string): void {
    const [, before] = staged(id, stage) ?? [];
    before?.stages.delete(stage);
    if (stage === 'AWSCURRENT' && before) {
      staged(id, 'AWSPREVIOUS')?.[1].stages.delete('AWSPREVIOUS');
      before.stages.add('AWSPREVIOUS');
    }
    versionsOf(id).get(versionId)?.stages.add(stage);
  }

  control.json('secretsmanager', {
    DescribeSecret: ({ SecretId }: { SecretId: string }) => ({
      VersionIdsToStages: Object.fromEntries([...versionsOf(SecretId)].map(([id, { stages }]) => [id, [...stages]])),
    }),

    GetSecretValue({ SecretId, VersionStage = 'AWSCURRENT', VersionId }: { SecretId: string; VersionStage?: string; VersionId?: string }) {
      const [id, version] = staged(SecretId, VersionStage) ?? [];
      if (version?.text === undefined || (VersionId && id !== VersionId)) throw new AwsError('ResourceNotFoundException', 'no such value');
      return { SecretString: version.text, VersionId: id };
    },

    PutSecretValue(request: { SecretId: string; ClientRequestToken: string; SecretString: string; VersionStages: string[] }) {
      const { SecretId, ClientRequestToken: id, SecretString, VersionStages } = request;
      const version = versionsOf(SecretId).get(id) ?? { stages: new Set<string>() };
      if (version.text !== undefined && version.text !== SecretString) throw new AwsError('ResourceExistsException', 'another value');
      versionsOf(SecretId).set(id, version);
      version.text = SecretString;
      for (const stage of VersionStages) move(SecretId, stage, id);
      return { VersionId: id };
    },

    UpdateSecretVersionStage(request: { SecretId: string; VersionStage: string; MoveToVersionId: string; RemoveFromVersionId: string }) {
      const { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId } = request;
      if (staged(SecretId, VersionStage)?.[0] !== RemoveFromVersionId)
        throw new AwsError('InvalidParameterException', 'not there any more');
      move(SecretId, VersionStage, MoveToVersionId);
      return {};
    },
  });

  return {
    create: (id, text) => secrets.set(id, new Map([[randomUUID(), { text, stages: new Set(['AWSCURRENT']) }]])),
    begin(id) {
      const versionId = randomUUID();
      versionsOf(id).set(versionId, { stages: new Set() });
      move(id, 'AWSPENDING', versionId);
      return versionId;
    },
    read: (id, stage) => staged(id, stage)?.[1].text,
  };
}
