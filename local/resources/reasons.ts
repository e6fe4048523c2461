// Why properties of data services have no effect on one machine.
export const reasons = {
  label: 'it only describes the resource',
  network: 'one machine on loopback is its own private network',
  access: 'nobody is kept from anything here: whoever runs the host may do everything',
  encryption: 'the data stays on this machine, as safe as its disk',
  capacity: 'one machine has the capacity it has',
  backup: 'the data folder is all there is; copy it to keep it',
  maintenance: 'the server is what the machine has installed',
  watching: 'the server logs to the data folder',
  version: 'the server is the version that the machine has',
  server: 'the server is started with the settings of local/backends',
} as const;
