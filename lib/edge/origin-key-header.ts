/** CloudFront sets it on the way to the REST API, in the place of what a client sends under this name. */
export const ORIGIN_KEY_HEADER = 'x-origin-key';
