/** Rejects where `work` has no answer in time; the work itself goes on. */
export function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new Error(`no answer within ${milliseconds} ms`));
  // Where this thread was busy for that long, an answer may lie unread: it is read before the immediate runs.
  const timer = setTimeout(() => setImmediate(giveUp), milliseconds);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
