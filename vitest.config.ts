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
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
