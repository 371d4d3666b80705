import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-database.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers would only wait for each other.
    maxWorkers: 2,
  },
})
