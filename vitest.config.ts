import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['src/store/testing-server.ts', 'tests/support/console-build.ts'],
    include: [
      'src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'sandbox/**/*.test.ts',
      'tests/**/*.test.ts',
      'web/src/**/*.test.{ts,tsx}',
    ],
    // What a page shows after an act takes as long as the machine is busy.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
