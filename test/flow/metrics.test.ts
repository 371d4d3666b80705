/** What an operator sees in `/metrics`: what is owed, who is silent, how the doors are. */
import net from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let caller: Caller

beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())

const scrape = async () => (await gateway.gateway.metrics.request('/metrics')).text()
/** The value of a sample, by its name and labels as they are written. */
const sampleOf = (text: string, sample: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.slice(sample.length) ?? Number.NaN,
  )

test('shows what a silent region has not taken, and that it is silent', async () => {
  const quiet = await scrape()
  expect(sampleOf(quiet, 'delta_owed_dispatches')).toBe(0)
  expect(sampleOf(quiet, 'delta_region_up{region="zhejiang"}')).toBe(1)

  const uploaded = await upload(caller, 'a.pdf')
  gateway.region('zhejiang').faults.add({ kind: 'drop' })
  const filed = await file(caller, story.application(uploaded))
  expect(filed.status).toBe(202)
  const owed = await scrape()
  expect(sampleOf(owed, 'delta_owed_dispatches')).toBe(1)
  expect(sampleOf(owed, 'delta_owed_seconds')).toBeGreaterThanOrEqual(0)
  expect(sampleOf(owed, 'delta_region_up{region="zhejiang"}')).toBe(0)
  expect(sampleOf(owed, 'delta_region_up{region="anhui"}')).toBe(1)
})

test('measures by route, and names no case and nobody', async () => {
  const { body } = await caller('GET', '/api/v1/cases')
  const { id } = body.items[0]
  await caller('GET', `/api/v1/cases/${id}`)
  await caller('GET', '/api/v1/cases/nobody')
  const text = await scrape()
  const at = (status: number) =>
    sampleOf(text, `delta_request_seconds_count{method="GET",route="/api/v1/cases/:id",status="${status}"}`)
  expect([at(200), at(404)]).toEqual([1, 1])
  expect(text).not.toContain(id)
  expect(text).not.toContain('nobody')
})

test('is not at the public door', async () => {
  expect((await caller('GET', '/metrics')).status).toBe(404)
})

test('every connected place is asked how it is in words that it takes', async () => {
  gateway.region('zhejiang').faults.clear()
  const { directory } = gateway.gateway.deps
  for (const { id } of directory.adapters) {
    for (const { link, city } of directory.connectionsOf(id)) await link.health(city)
    expect(gateway.region(id).region.refusals()).toEqual([])
  }
})

test.each([
  ['of declared length', 'content-length: 1000', '{"data":'],
  ['in chunks', 'transfer-encoding: chunked', '8\r\n{"data":\r\n'],
])('a sender who goes away in the middle of a body %s is no failure of ours', async (_how, header, body) => {
  const counted = async (status: number) =>
    sampleOf(
      await scrape(),
      `delta_request_seconds_count{method="POST",route="/sh/callback/applyFk",status="${status}"}`,
    ) || 0
  const before = await counted(400)
  const socket = net.connect(Number(new URL(gateway.url).port), '127.0.0.1')
  const head = `POST /sh/callback/applyFk HTTP/1.1\r\nhost: gateway.test\r\ncontent-type: application/json\r\n${header}`
  await new Promise((resolve) => socket.write(`${head}\r\n\r\n${body}`, resolve))
  socket.destroy()
  await vi.waitFor(async () => expect(await counted(400)).toBe(before + 1))
  expect(gateway.told.filter(({ level }) => level === 'error')).toEqual([])
})
