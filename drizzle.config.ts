import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/store/tables.ts',
    './src/store/event-tables.ts',
    './src/store/identity-tables.ts',
    './src/store/mandate-tables.ts',
    './src/store/holding-tables.ts',
    './src/store/audit-tables.ts',
    './src/store/window-tables.ts',
    './src/store/draft-tables.ts',
    './src/store/operation-tables.ts',
    './src/store/desk-tables.ts',
    './src/store/exchange-tables.ts',
    './src/store/rating-tables.ts',
    './src/store/service-tables.ts',
  ],
  out: './drizzle',
})
