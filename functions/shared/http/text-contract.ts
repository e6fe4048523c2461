// What orders, stock and payment have in common: amounts in the path, answers as plain text, and 400 for every failure.
import * as z from 'zod';
import type { AnswerShape } from './route.ts';
import { wholeNumber } from './whole-number.ts';

/** The largest amount, price or quantity. */
const MAX_AMOUNT = 2 ** 31 - 1;
/** An insert of a million rows ends well before API Gateway's 29 s. */
const MAX_BATCH = 1_000_000;

export const Amount = wholeNumber(0, MAX_AMOUNT);
export const Quantity = wholeNumber(1, MAX_AMOUNT);
export const BatchSize = wholeNumber(0, MAX_BATCH);
/** How many there are to choose from. */
export const BatchRange = wholeNumber(1, MAX_BATCH);
/** Whatever a client asks for; what is no id of ours is not found. */
export const Id = z.string();

export const textAnswer = (description: string): AnswerShape => ({
  description,
  body: z.string(),
  contentType: 'text/html; charset=utf-8',
});
