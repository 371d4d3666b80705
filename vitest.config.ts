import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // For two cores: many tests wait for processes, pauses and a browser, and leave a core to others meanwhile.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['src/**/*.test.ts'],
          // What stands beside its file changes nothing outside of it: modules are read once for all, in a third of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'house',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/global-database.ts'],
        },
      },
    ],
  },
})
