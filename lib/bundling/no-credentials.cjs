// In the place of AWS SDK credential providers for developers' machines (profiles, SSO, processes, token files): a function finds its
// credentials in its environment, which the SDK asks first. The chain goes on with the next provider, as it does where no profile exists.
function left(name) {
  return () => async () => {
    throw Object.assign(new Error(`${name} was left out of the bundle: see lib/bundling`), { tryNextLink: true });
  };
}

module.exports = {
  fromIni: left('fromIni'),
  fromProcess: left('fromProcess'),
  fromSSO: left('fromSSO'),
  fromTokenFile: left('fromTokenFile'),
};
