import * as z from 'zod';

/** A number of a path or a query, written as digits alone: `Number` would also take "", " 5" and 0x10. */
export const wholeNumber = (least: number, most: number) => {
  const error = `must be an integer from ${least} to ${most}`;
  return z
    .string({ error })
    .regex(/^\d{1,16}$/, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error });
};
