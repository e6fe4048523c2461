// AWS::SecretsManager::RotationSchedule
import { withoutEffect } from './without-effect.ts';

const rotation = 'secrets do not rotate here: they never leave this machine';

export const module = withoutEffect('AWS::SecretsManager::RotationSchedule', {
  SecretId: rotation,
  RotationLambdaARN: rotation,
  HostedRotationLambda: rotation,
  RotationRules: rotation,
  RotateImmediatelyOnUpdate: rotation,
});
