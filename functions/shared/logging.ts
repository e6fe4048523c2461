// Structured logs: one JSON line an event, with the request id of whatever request the code is serving, and the id of its trace if it has one.
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { requestId } from './request-context.ts';
import { traceId } from './tracing/active.ts';

class RequestFormatter extends LogFormatter {
  override formatAttributes({ logLevel, message, serviceName, timestamp }: UnformattedAttributes, more: LogAttributes): LogItem {
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        service: serviceName,
        requestId: requestId(),
        traceId: traceId(),
        timestamp: timestamp.toISOString(),
      },
    }).addAttributes(more);
  }
}

/** Service name and level come from POWERTOOLS_SERVICE_NAME and POWERTOOLS_LOG_LEVEL. */
export const log = new Logger({ logFormatter: new RequestFormatter() });
