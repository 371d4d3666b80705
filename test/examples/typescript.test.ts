/** Each example does what it says, with the typed client, against a gateway with its sandbox. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../examples/client.ts'
import { run, startForExamples } from './support.ts'

let world: Awaited<ReturnType<typeof startForExamples>>
beforeAll(async () => {
  world = await startForExamples()
})
afterAll(() => world.gateway.close())

test('the tour files five applications, follows each to its end and brings four documents', async () => {
  const { code, text } = await run(process.execPath, ['examples/tour.ts'], {
    GATEWAY: world.gateway.url,
    DATA_DIR: world.gateway.dataDir,
  })
  expect([code, text]).toEqual([0, expect.stringContaining('第五段没有交一张纸')])
  expect(text.match(/COMPLETED/g)).toHaveLength(4)
  const kept = [...text.matchAll(/→ (\/.+)$/gm)].map(([, file]) =>
    readFileSync(file ?? '')
      .subarray(0, 5)
      .toString(),
  )
  expect(kept).toEqual(Array.from({ length: 4 }, () => '%PDF-'))
}, 120_000)

test('the application of the README is filed as it stands', async () => {
  const client = connect(world.gateway.url, 'sandbox-shanghai', world.keys)
  const body = JSON.parse(readFileSync('examples/application.json', 'utf8'))
  expect((await client.dryRun('/api/v1/cases', { body })).data.dryRun).toBe(true)
  expect((await client.post('/api/v1/cases', { body })).status).toBe(201)
}, 60_000)
