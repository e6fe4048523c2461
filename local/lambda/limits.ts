// Lambda's quotas, as far as environments keep them.

/** 6 MB and a margin (L5). */
export const RESPONSE_BYTES = 6_291_556;
/** Request of a synchronous invoke; of an asynchronous one 1 MB. */
export const REQUEST_BYTES = 6_291_456;
export const ASYNCHRONOUS_REQUEST_BYTES = 1_048_576;
/** Initializing before the first event (L2). */
export const INIT_MS = 10_000;
/** All variables of a function together (L9). */
export const ENVIRONMENT_BYTES = 4096;
