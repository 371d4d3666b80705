/** The committed types of the client are those of the API. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clientFiles } from '../../scripts/client-types.ts'

test('the committed types are what npm run client-types writes', async () => {
  const files = Object.entries(await clientFiles())
  expect(files).toHaveLength(2)
  for (const [name, text] of files)
    expect(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8') === text, name).toBe(true)
})
