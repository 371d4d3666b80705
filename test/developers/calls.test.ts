/** Every operation is called from its own page, with what stands in its form. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { pageOf } from './support.ts'

let gateway: TestGateway
let ids: readonly string[]
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('310000', '330100', '320500')
  await gateway.syncWindows('330900')
  const { body } = await gateway.anyone('GET', '/openapi.json')
  ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
})
afterAll(() => gateway.close())

test('each of them succeeds with the example of its form', async () => {
  const page = pageOf(gateway)
  const failed: string[] = []
  for (const id of ids) {
    const told = await page.call(id)
    if (!(told.status >= 200 && told.status < 300))
      failed.push(`${id}: ${told.status} ${told.code} ${told.text}`)
  }
  expect(ids.length).toBeGreaterThan(70)
  expect(failed).toEqual([])
}, 120_000)
