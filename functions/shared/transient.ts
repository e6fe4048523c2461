/**
 * Deadlock and lock time-out after their own retries, too many connections, shutdown, killed and lost connections; and RDS Proxy's own 9501: no
 * connection to the server within its borrow time-out. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html
 */
const NUMBERS = new Set([1205, 1213, 1040, 1053, 1927, 2006, 2013, 9501]);
const CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

/** What may go well when it is tried again: the database was away or busy. */
export function isTransient(error: unknown): error is Error {
  const { errno = 0, code = '' } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return NUMBERS.has(errno) || CODES.has(code);
}
