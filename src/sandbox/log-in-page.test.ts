/** The one log-in page of all regions. */
import { describe, expect, test } from 'vitest'
import { logInPage, refusalPage } from './log-in-page.ts'

const region = { zh: '浙江', en: 'Zhejiang' }
const hrefOf = (id: string) => `/login?a=1&account=${id}`
const accounts = [
  { id: 'p1', kind: 'person' as const, name: '测试<甲>', level: '3', note: '高级实名' },
  { id: 'p2', kind: 'person' as const, name: '空账号', level: '' },
]
const shown = async (more: object = {}) => (await logInPage({ region, accounts, hrefOf, ...more })).text()

describe('a log-in page', () => {
  test('has the name alone between the tags of a link, escaped, and the level below it', async () => {
    const html = await shown()
    expect(html).toContain(
      '<a href="/login?a=1&amp;account=p1">测试&lt;甲&gt;</a><small>实名等级 3 · 高级实名</small>',
    )
    expect(html).toContain('<a href="/login?a=1&amp;account=p2">空账号</a><small></small>')
  })
  test('has no heading for a kind of account that nobody has, and no way to give up where none is', async () => {
    const html = await shown()
    expect(html).toContain('个人')
    expect(html).not.toContain('法人')
    expect(html).not.toContain('放弃登录')
  })
  test('has a way to give up where a region offers it', async () => {
    expect(await shown({ giveUp: '/chosen?account=' })).toContain('<a href="/chosen?account=">放弃登录')
  })
  test('tells no other page of the state in its links, and neither does a refusal', async () => {
    for (const page of [await logInPage({ region, accounts, hrefOf }), await refusalPage(400, 'sp')])
      expect([page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
        'no-referrer',
        'no-store',
      ])
  })
})
