import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { regionPage } from '../../scripts/region-docs.ts'
import { adapters } from '../../src/adapters/index.ts'

test.each(adapters.map((adapter) => [adapter.id, adapter] as const))(
  'docs/regions/%s.md says what the tables say (npm run docs)',
  (id, adapter) => {
    const kept = readFileSync(new URL(`../../docs/regions/${id}.md`, import.meta.url), 'utf8')
    expect(kept).toBe(regionPage(adapter))
  },
)
