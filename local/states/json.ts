// Data of executions: parsed JSON that nobody changes, so that states can share it without copies.

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Quota of a payload between two states (F9). */
export const PAYLOAD_BYTES = 262_144;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** UTF-8 takes at most three bytes a code unit, so most texts need not be measured. */
export const isTooLarge = (text: string): boolean => text.length * 3 > PAYLOAD_BYTES && Buffer.byteLength(text) > PAYLOAD_BYTES;
