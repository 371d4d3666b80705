/** A region that refuses our credentials: the application is kept and sent again, and the operators are told at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import known from '../../src/adapters/anhui/fixtures/household-certificate.matter.json' with { type: 'json' }
import type { Matter } from '../../src/schemas/matter.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({
    directory: (directory) => {
      directory.regions.anhui.credentials.appSecret = 'another'
      return directory
    },
  })
  await gateway.gateway.deps.catalogue.put(known as Matter)
})
afterAll(() => gateway.close())

test('an application waits for the right secret, and the failure is an error in the log', async () => {
  const story = storyOf('anhui')
  const caller = await gateway.as(story.client)
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  expect(filed.status).toBe(202)
  expect(filed.body).toMatchObject({ ball: 'gateway', dispatch: { state: 'pending' } })
  expect(gateway.told).toContainEqual(
    expect.objectContaining({
      level: 'error',
      facts: expect.objectContaining({ region: 'anhui', problem: 'REGION_AUTH', again: true }),
    }),
  )
  expect(gateway.region('anhui').region.refusals()).toMatchObject([{ status: 401, code: '10003' }])
})
