// In the place of all credential providers of the AWS SDK at once, for the MSK signer: it asks only for the default chain.
const { defaultProvider } = require('@aws-sdk/credential-provider-node');

module.exports = { fromNodeProviderChain: defaultProvider };
