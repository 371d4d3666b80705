/** A licence stands for a paper, when its person agrees to it on their own phone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '../portal/support.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { agreed, chosen, clerkAt, takenIn } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
})
afterAll(() => gateway.close())

test('a clerk hands over without a paper what the person’s licence spares', async () => {
  const clerk = await clerkAt('sandbox-chongming', '陈一', '310151', gateway)
  const person = await known(gateway)
  const at = await takenIn(clerk, person, gateway)
  await chosen(clerk, at, '出具贷款职工住房公积金缴存使用证明', '320500')
  expect((await agreed(person, at, gateway)).status).toBe(303)
  const shown = await clerk.page(at)
  expect(shown).toContain('本人同意用电子证照代替, 免于提交')
  expect(shown).not.toContain(person.idDocument.number)
  const names = [...shown.matchAll(/ name="(\/[^"]+)"/g)].map(([, name = '']) => name)
  await clerk.post(
    at,
    `${at}/form`,
    Object.fromEntries(names.map((name) => [name, name.endsWith('mobile') ? '13800000000' : '310000'])),
  )
  expect((await clerk.post(at, `${at}/hand-over`)).status).toBe(303)
  const row = await gateway.gateway.deps.store.deskCases.read(at.split('/').at(-1) ?? '')
  const filed = await gateway.gateway.deps.store.cases.read(row?.caseId ?? '')
  const { exemptions } = gateway.gateway.deps.sealing.open<{ exemptions: { how: string }[] }>(
    filed?.filedSealed as Buffer,
  )
  expect(exemptions).toHaveLength(1)
  expect(filed?.dispatchState).toBe('sent')
})
