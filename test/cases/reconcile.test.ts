/** A planted difference between a region's view and ours is found in each region, shown, mended and settled. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDrifts, reconcile } from '../../src/federation/cases/reconcile.ts'
import { STORIES } from '../flow/stories.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { onDatabase } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
}, 60_000)
afterAll(() => gateway.close())

test.each(STORIES)('in $region', async (story) => {
  const { deps } = gateway.gateway
  const caller = await gateway.as(story.client)
  await gateway.sync(story.division)
  const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
  const { id, caseNumber } = body
  await gateway.poll()
  await reconcile(deps)
  const drifts = async () => (await listDrifts(deps)).filter(({ caseId }) => caseId === id)
  const standing = async () => (await drifts()).filter(({ settledAt }) => settledAt === null)
  expect(await standing()).toEqual([])
  // The region goes on, and what it says of it is lost.
  const { region } = gateway.region(story.region)
  const next = region.cases().find((one) => one.number === caseNumber)?.next[0]
  if (!next) throw new Error('nothing could follow')
  const before = (await caller('GET', `/api/v1/cases/${id}`)).body.status
  region.advance(caseNumber, { to: next, silent: true })
  expect(await reconcile(deps)).toMatchObject({ different: 1, silent: 0 })
  const found = (await standing()).find(({ member }) => member === 'status')
  expect(found).toMatchObject({ region: story.region, ours: before, theirs: next, count: 1 })
  const alarms = await deps.store.changes.listAlarms()
  expect(alarms.some(({ region: of, table }) => of === story.region && table === 'drift')).toBe(true)
  // Its news was taken in, so both agree at the next comparison.
  expect((await caller('GET', `/api/v1/cases/${id}`)).body.status).toBe(next)
  expect(await reconcile(deps)).toMatchObject({ different: 0 })
  expect(await standing()).toEqual([])
  expect(await drifts()).not.toEqual([])
})

test('a region that does not answer is no difference, and one that knows the case no more is', async () => {
  const { deps } = gateway.gateway
  gateway.region('anhui').faults.add({ kind: 'error', operation: 'case-query' })
  const told = await reconcile(deps)
  gateway.region('anhui').faults.clear()
  expect(told).toMatchObject({ silent: 1, different: 0 })
  await onDatabase(
    gateway,
    (sql) => sql`update cases set case_number = 'CSJ209901010000001' where region = 'shanghai'`,
  )
  expect(await reconcile(deps)).toMatchObject({ different: 1 })
  expect(await listDrifts(deps)).toContainEqual(
    expect.objectContaining({ region: 'shanghai', member: 'missing', settledAt: null }),
  )
})
