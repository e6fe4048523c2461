// In the place of iconv-lite, for mysql2: Node decodes what connections carry (utf8mb4, binary) by itself; only names in the
// handshake are CESU-8, which is UTF-8 for every character below U+10000.
const { StringDecoder } = require('node:string_decoder');

function refuseOthers(encoding) {
  if (encoding !== 'cesu8') throw new Error(`Character set ${encoding} was left out of the bundle: see lib/bundling`);
}

module.exports = {
  getDecoder(encoding) {
    refuseOthers(encoding);
    return new StringDecoder('utf8');
  },
  getEncoder(encoding) {
    refuseOthers(encoding);
    return { write: (text) => Buffer.from(text, 'utf8'), end: () => undefined };
  },
};
