// What a run of the cats' synchroniser asks its upstream, when that has as many breeds as thecatapi.com: functions/cats/sync/fetching.ts.

export const BREEDS = 67;
/** AT_ONCE there. */
const AT_ONCE = 4;
/** CATEGORIES_WITH_IMAGES there. */
const CATEGORIES = 2;

/** Assumed, of one call of the upstream. docs/scale.md reckons with it too. */
export const CALL_MS = 300;
/** The lists of breeds and of categories, and pictures of each. */
export const CALLS = 2 + BREEDS + CATEGORIES;
/** Calls that wait for each other: the two lists, then pictures, four at once. */
export const ROUNDS = 2 + Math.ceil(BREEDS / AT_ONCE) + Math.ceil(CATEGORIES / AT_ONCE);
export const RUN_SECONDS = (ROUNDS * CALL_MS) / 1000;

/** What a free key of thecatapi.com is said to allow in a month. */
export const FREE_CALLS = 10_000;
/** The page of its keys, as somebody describes it who got one. */
export const FREE_CALLS_READ = 'https://rstudio-pubs-static.s3.amazonaws.com/1422677_c5239f6d8778404da5c5bbdaf802430a.html';

/** Assumed: 1.5 KB a breed in their list, 4 KB any other call, there and back. */
export const RUN_BYTES = BREEDS * 1_500 + CALLS * 4_000;
