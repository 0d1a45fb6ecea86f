import { defineConfig } from 'vitest/config';

const mocked = 'test/**/*.mocked.test.ts';
const setupFiles = 'test/support/seed.ts';
// Only what hangs is ended: how long a property test takes is the machine's affair.
const testTimeout = 30_000;

// test/cli runs the built program, so only its tests wait for the build.
export default defineConfig({
  test: {
    // The default leaves a core to nobody.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/cli/**', 'test/bench/**', mocked],
          setupFiles,
          testTimeout,
          // To load the modules again for each file took a third of the time.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
        },
      },
      {
        test: {
          name: 'mocked',
          include: [mocked],
          setupFiles,
          testTimeout,
        },
      },
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: 'test/support/built-program.ts',
          testTimeout,
        },
      },
    ],
  },
});
