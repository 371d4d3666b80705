import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statusPage } from '../../scripts/status-docs.ts'

test('docs/case-status.md says what the gateway says (npm run docs)', () => {
  const kept = readFileSync(new URL('../../docs/case-status.md', import.meta.url), 'utf8')
  expect(kept).toBe(statusPage())
})
