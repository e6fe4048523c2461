/** Services that own a schema, a database user and a secret. */
export const services = ['status', 'pictures', 'messages', 'orders', 'stock', 'payment', 'cats'] as const;

export type Service = (typeof services)[number];
