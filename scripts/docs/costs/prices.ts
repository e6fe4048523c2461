// Every price that the document reckons with, or names beside its figures.
import type { Price } from './price.ts';
import { unknown } from './price.ts';
import { compute, machines } from './prices/compute.ts';
import { data, instances } from './prices/data.ts';
import { network } from './prices/network.ts';
import { operations } from './prices/operations.ts';

export const prices = { ...compute, ...data, ...network, ...operations } as const;

/** All of them, for the table. */
export const allPrices = (): readonly Price[] => [...Object.values(prices), ...Object.values(machines), ...Object.values(instances)];

/** Of a class of database, cache, broker or machine; unknown, where the list has it not. */
export const priceOf = (instanceType: string): Price =>
  instances[instanceType] ?? machines[instanceType] ?? unknown(instanceType, 'h', 'https://calculator.aws/');
