import { defineConfig } from 'vitest/config';

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
          exclude: ['test/cli/**', 'test/bench/**'],
          setupFiles: 'test/support/seed.ts',
          // Only what hangs is ended: how long a property test takes is the machine's affair.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: 'test/support/built-program.ts',
          testTimeout: 30_000,
        },
      },
    ],
  },
});
