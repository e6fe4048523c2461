// What is seen of requests that a firewall looks at: counts of each rule and samples, without what opens doors.
import { ORIGIN_KEY_HEADER } from '../edge/origin-key-header.ts';

export const measured = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });

const hidden = (fieldType: 'SINGLE_HEADER' | 'SINGLE_QUERY_ARGUMENT', ...fieldKeys: string[]) => ({
  action: 'SUBSTITUTION',
  field: { fieldType, fieldKeys },
});

/** Keys and tokens, in logs and in samples of requests. */
export const withoutSecrets = {
  dataProtections: [
    hidden('SINGLE_HEADER', 'x-api-key', 'authorization', ORIGIN_KEY_HEADER),
    // Of a WebSocket handshake.
    hidden('SINGLE_QUERY_ARGUMENT', 'token'),
  ],
};
