// Lets requests and connections in that carry a good token.
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { BadToken } from './token.ts';

export type AuthorizerEvent =
  | APIGatewayTokenAuthorizerEvent
  | Pick<APIGatewayRequestAuthorizerEvent, 'type' | 'methodArn' | 'queryStringParameters'>;

export interface Dependencies {
  /** Throws `BadToken`. */
  readonly subjectOf: (token: string) => Promise<string>;
  /** Hears why a token is refused, never the token. */
  readonly refused: (why: string) => void;
}

/**
 * A bad token is denied, which API Gateway answers, and keeps, as it keeps good ones; an error would count among the function's failures. An error
 * is what says nothing about the token, an issuer that does not answer: 500, so that nobody throws a good token away.
 */
export const authorize =
  ({ subjectOf, refused }: Dependencies) =>
  async (event: AuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    try {
      return answer('Allow', await subjectOf(tokenOf(event)), event);
    } catch (error) {
      if (!(error instanceof BadToken)) throw error;
      refused(error.message);
      return answer('Deny', 'unknown', event);
    }
  };

const answer = (Effect: 'Allow' | 'Deny', principalId: string, event: AuthorizerEvent): APIGatewayAuthorizerResult => ({
  principalId,
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: concerned(event) }] },
});

/** In the header of a request, in the query of a handshake, to which browsers can add no header. */
const tokenOf = (event: AuthorizerEvent): string =>
  (event.type === 'TOKEN' ? event.authorizationToken.replace(/^Bearer /, '') : event.queryStringParameters?.token) ?? '';

/**
 * API Gateway keeps the answer to a request's token and uses it for every method: it is about this API's stage, whatever method was asked for
 * first. Of a handshake each is asked: the answer is about this one.
 */
function concerned({ type, methodArn }: AuthorizerEvent): string {
  if (type === 'REQUEST') return methodArn;
  const [api, stage] = methodArn.split('/');
  return `${api}/${stage}/*`;
}
