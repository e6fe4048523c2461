// In the place of packages that ours depend on for what is not used here. Using them after all fails with this sentence.
const askedAtLoad = new Set(['__esModule', 'default', 'then']);

module.exports = new Proxy(
  {},
  {
    get(_, name) {
      if (typeof name === 'symbol' || askedAtLoad.has(name)) return undefined;
      throw new Error(`${name} was left out of the bundle: see lib/bundling`);
    },
  },
);
