// In the place of @aws-crypto/sha256-js, for the MSK signer: SHA-256 in JavaScript, where Node has its own.
const { createHash, createHmac } = require('node:crypto');

class Sha256 {
  constructor(secret) {
    this.secret = secret;
    this.reset();
  }

  reset() {
    this.hash = this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(this.secret));
  }

  update(data) {
    this.hash.update(bytes(data));
  }

  digestSync() {
    return new Uint8Array(this.hash.digest());
  }

  async digest() {
    return this.digestSync();
  }
}

/** Text is UTF-8; a view is what it shows of its buffer. */
const bytes = (data) => {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
};

module.exports = { Sha256 };
