// Answers that the gateway gives itself, by gateway response type.

interface Default {
  readonly status: number;
  /** Value of `x-amzn-ErrorType`. */
  readonly errorType: string;
  readonly message: string;
}

/** Types that this gateway can give, with AWS's default status and text. */
const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: { status: 403, errorType: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException', message: 'Unsupported Media Type' },
  REQUEST_TOO_LARGE: { status: 413, errorType: 'RequestTooLargeException', message: 'Request Too Long' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException', message: 'Endpoint request timed out' },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  DEFAULT_5XX: { status: 502, errorType: 'InternalServerErrorException', message: 'Internal server error' },
} as const satisfies Record<string, Default>;

export type GatewayResponseType = keyof typeof DEFAULTS;

export class GatewayFailure extends Error {
  override readonly name = 'GatewayFailure';
  readonly type: GatewayResponseType;
  readonly status: number;
  readonly errorType: string;
  /** What went wrong, for the log; the client sees only `message`. */
  readonly detail: string;

  constructor(type: GatewayResponseType, detail: string, changes: { readonly status?: number; readonly message?: string } = {}) {
    const { status, errorType, message } = DEFAULTS[type];
    super(changes.message ?? message);
    this.type = type;
    this.status = changes.status ?? status;
    this.errorType = errorType;
    this.detail = detail;
  }
}
