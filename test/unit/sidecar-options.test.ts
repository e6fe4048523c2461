// The gateway's command line: addresses give the ports to listen on, and what cannot be understood is told in a sentence.
import { expect, test } from 'vitest';
import { sidecarCommandLine } from '../../local/app/sidecar-options.ts';

test('by itself it stands on loopback, beside an emulator on its usual port', () => {
  expect(sidecarCommandLine(['--assembly', 'out'])).toMatchObject({
    port: 8000,
    emulator: 'http://localhost:4566',
    assembly: 'out',
    addresses: { listen: '127.0.0.1', controlPort: 8001, controlUrl: 'http://127.0.0.1:8001', connectionsPort: 8002 },
  });
});

test('in a container functions reach it by its name, at the ports that it listens on', () => {
  const args = ['--assembly', 'out', '--listen', '0.0.0.0', '--control', 'http://gateway:9001', '--connections', 'http://gateway:9002'];
  expect(sidecarCommandLine(args).addresses).toEqual({
    listen: '0.0.0.0',
    controlPort: 9001,
    controlUrl: 'http://gateway:9001',
    connectionsPort: 9002,
  });
});

test.each([
  [[], '--assembly takes the folder of the assembly'],
  [['--assembly', 'out', '--port', 'eighty'], '--port takes a port'],
  [['--assembly', 'out', '--port', '70000'], '--port takes a port'],
  [['--assembly', 'out', '--control', 'http://gateway'], '--control takes a port, or an address with one, not nothing'],
])('%j is refused', (args, sentence) => {
  expect(() => sidecarCommandLine(args)).toThrow(sentence);
});
