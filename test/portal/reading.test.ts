/** How a browser reads: language and 长者版, on every page, without script. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { safePath } from '../../src/portal/frame/reader.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const ask = (path: string, cookie = '') =>
  fetch(gateway.url + path, { redirect: 'manual', headers: { cookie } })

test('a switch is kept in a cookie that tells nothing else, and leads back', async () => {
  const answer = await ask('/reading?language=en&elder=1&next=/log-in')
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/log-in'])
  expect(answer.headers.get('set-cookie')).toMatch(
    /^delta-reading=en[.]elder; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  const standard = await ask('/reading?elder=0', 'delta-reading=en.elder')
  expect(standard.headers.get('set-cookie')).toMatch(/^delta-reading=en;/)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb', '/Ä', ''])(
  '%j is no way back',
  (next) => {
    expect(safePath(next, '/')).toBe('/')
  },
)

test('a file of the pages names its bytes, and is asked for once', async () => {
  const page = await (await ask('/logged-out')).text()
  const [path = ''] = /\/assets\/[\w-]{12}\/portal[.]css/.exec(page) ?? []
  const served = await ask(path)
  expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await ask('/assets/000000000000/portal.css')).status).toBe(404)
})

test('every page is in one language, and 长者版 has fewer ways and a voice', async () => {
  const read = async (cookie: string) => (await ask('/logged-out', cookie)).text()
  const [zh, en, elder] = await Promise.all(['', 'delta-reading=en', 'delta-reading=zh.elder'].map(read))
  expect(zh).toContain('您已退出登录')
  expect(zh).toContain('<html lang="zh-CN">')
  expect(en).toContain('You are logged out')
  expect(en).not.toMatch(/<main.*\p{Script=Han}.*<\/main>/su)
  expect(elder).toContain('class="elder"')
  expect(elder).toContain('id="aloud"')
  expect(zh).toContain('href="/map"')
  expect(elder).not.toContain('href="/map"')
})
