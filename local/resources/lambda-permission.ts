// AWS::Lambda::Permission: who may invoke a function. Everything on this host may.
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect('AWS::Lambda::Permission', {
  Action: reasons.access,
  EventSourceToken: reasons.access,
  FunctionName: reasons.access,
  FunctionUrlAuthType: reasons.access,
  InvokedViaFunctionUrl: reasons.access,
  Principal: reasons.access,
  PrincipalOrgID: reasons.access,
  SourceAccount: reasons.access,
  SourceArn: reasons.access,
});
