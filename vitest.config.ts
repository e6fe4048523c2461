import { defineConfig } from 'vitest/config';

/** Tests that start servers share two processors with them. */
const project = (name: string, more: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...more },
});

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      project('unit'),
      project('backends'),
      project('rules', { setupFiles: ['test/support/target-differences.ts'] }),
      project('infra'),
      // Against one running application: files take turns, so that what one does to it does not disturb another.
      project('system', { fileParallelism: false, setupFiles: ['test/support/target-differences.ts'] }),
      project('browser', { fileParallelism: false, testTimeout: 60_000 }),
      // Against one running application that tells an OTLP collector what it does.
      project('tracing', { fileParallelism: false, testTimeout: 120_000 }),
      // Programs of PyPI that stand in for AWS.
      project('emulators', { fileParallelism: false, testTimeout: 120_000, hookTimeout: 600_000 }),
      // A real Prometheus before one running application.
      project('monitoring', { fileParallelism: false, testTimeout: 120_000 }),
      project('chaos', { fileParallelism: false, testTimeout: 300_000 }),
    ],
  },
});
