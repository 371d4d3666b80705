import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // For two cores: many tests wait for processes, pauses and a browser, and leave a core to others meanwhile.
    maxWorkers: 3,
    // Modules are read once for all files of a worker: to read them for each file took a third of the time. Whatever a file starts it ends.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['src/**/*.test.ts'],
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
