/** What travels compressed, and what must not. */
import { gunzipSync } from 'node:zlib'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { compressedOnce } from '../../src/portal/frame/compressed.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
}, 60_000)
afterAll(() => gateway.close())

/** Undici's `request` leaves the answer as it travelled. */
async function travelled(path: string, accept: string) {
  const { headers, body } = await request(gateway.url + path, { headers: { 'accept-encoding': accept } })
  return { headers, bytes: Buffer.from(await body.arrayBuffer()) }
}
const sheetPath = async () =>
  /href="(\/assets\/[^"]+\.css)"/.exec((await travelled('/', 'identity')).bytes.toString())?.[1] ?? ''

test('a public page is compressed for who can read that, and says that it depends', async () => {
  const { headers, bytes } = await travelled('/', 'gzip, br')
  expect(headers['content-encoding']).toBe('gzip')
  // One reader's page is not another's, however it travels.
  expect(String(headers['vary']).toLowerCase().split(', ').toSorted()).toEqual(['accept-encoding', 'cookie'])
  expect(bytes.length).toBeLessThan((await travelled('/', 'identity')).bytes.length / 2)
})

test('a page that reads as it did is not compressed again, until many others have been', async () => {
  const first = compressedOnce('一页'.repeat(1_000))
  expect(compressedOnce('一页'.repeat(1_000))).toBe(first)
  expect(gunzipSync(await first).toString()).toBe('一页'.repeat(1_000))
  for (let number = 0; number < LIMITS.compressedPages; number += 1) await compressedOnce(`${number}`)
  expect(compressedOnce('一页'.repeat(1_000))).not.toBe(first)
})

test('a page that must not be kept is not compressed: its length would tell of what it holds', async () => {
  const { headers, bytes } = await travelled('/matters/unknown', 'gzip, br')
  expect(headers['cache-control']).toContain('no-store')
  expect(bytes.length).toBeGreaterThan(1_024)
  expect(headers['content-encoding']).toBeUndefined()
})

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['identity', undefined],
  ['br;q=0, gzip', 'gzip'],
])('the sheet travels for "%s" as %s', async (accept, encoding) => {
  const { headers, bytes } = await travelled(await sheetPath(), accept)
  expect(headers['content-encoding']).toBe(encoding)
  expect(headers['vary']).toContain('accept-encoding')
  expect(bytes.length > 12_000).toBe(encoding === undefined)
})
