// AWS::SecretsManager::ResourcePolicy
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect('AWS::SecretsManager::ResourcePolicy', {
  BlockPublicPolicy: reasons.access,
  ResourcePolicy: reasons.access,
  SecretId: reasons.access,
});
