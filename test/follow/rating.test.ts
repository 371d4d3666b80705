/** 好差评 on the page: given once, seen again, and whether the region has it. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { asPerson, browserOf } from '../support/as-person.ts'
import { file, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { clerk, followed, HANGZHOU, inEnglish, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())
afterEach(() => gateway.region('zhejiang').faults.clear())

async function conclude(number: string) {
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'] as const)
    clerk(gateway, number, { to })
  await gateway.region('zhejiang').region.sendCallbacks()
  await gateway.poll()
}

/** A concluded case, and what its page hides in the form. */
async function ended() {
  const one = await followed(gateway)
  await conclude(one.number)
  const page = await one.browser.get(`${one.path}/rating`)
  return { ...one, page, hidden: hiddenIn(page.text) }
}

const hiddenIn = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(/type="hidden" name="(key|round)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  )
const ratingsOf = (id: string) => gateway.gateway.deps.store.ratings.of([id])

test('a case that is decided leads to it, and afterwards to what was given', async () => {
  const { browser, path, page, hidden, id } = await ended()
  expect((await browser.get(path)).text).toContain(`href="${path}/rating">评价这次办事`)
  expect(page.status).toBe(200)
  const done = await browser.post(`${path}/rating`, [
    ...hidden,
    ['grade', 'satisfied'],
    ['comment', '很快<b>\r\n不用跑'],
  ])
  expect([done.status, done.location]).toEqual([303, `${path}?done=rating`])
  const after = wordsOf((await browser.get(done.location ?? '')).text)
  expect(after).toContain('谢谢您的评价')
  expect(after).toContain('办理地区已收到评价')
  const again = await browser.get(`${path}/rating`)
  expect(again.text).toContain('很快&lt;b&gt;\n不用跑')
  const words = wordsOf(again.text)
  for (const told of [
    '您的评价',
    '满意',
    '已送到',
    '办理地区已收到这条评价',
    '部门的回复不会传到这里',
    '追评',
  ])
    expect(words).toContain(told)
  expect((await ratingsOf(id))[0]).toMatchObject({ round: 1, grade: 'satisfied', state: 'told' })
  expect(
    (
      await browser.post(`${path}/rating`, [
        ...hiddenIn(again.text),
        ['grade', 'dissatisfied'],
        ['tags', 'slow'],
      ])
    ).status,
  ).toBe(303)
  const both = await browser.get(`${path}/rating`)
  expect(wordsOf(both.text)).toContain('办事效率低')
  expect(both.text).not.toContain('<form method="post"')
})

test('is given once, however often it is clicked, by the back button and in a second window', async () => {
  const { browser, path, hidden, id } = await ended()
  const second = hiddenIn((await browser.get(`${path}/rating`)).text)
  const fields = [...hidden, ['grade', 'verySatisfied']] as const
  const clicks = await Promise.all([1, 2, 3].map(() => browser.post(`${path}/rating`, fields)))
  clicks.push(await browser.post(`${path}/rating`, fields))
  expect(clicks.map(({ location }) => location)).toEqual(clicks.map(() => `${path}?done=rating`))
  const other = await browser.post(`${path}/rating`, [...second, ['grade', 'dissatisfied'], ['tags', 'slow']])
  expect([other.status, wordsOf(other.text).includes('没有再记一次')]).toEqual([409, true])
  expect(await ratingsOf(id)).toMatchObject([{ grade: 'verySatisfied' }])
})

test.each([
  [[], 'grades', '请选一个等级'],
  [[['grade', 'dissatisfied']], 'reasons', '勾选一项原因'],
  [
    [
      ['grade', 'satisfied'],
      ['comment', '长'.repeat(501)],
    ],
    'comment',
    '至多 500 个字符',
  ],
  [
    [
      ['grade', 'satisfied'],
      ['comment', '\u0001'],
    ],
    'comment',
    '控制字符',
  ],
  [
    [
      ['grade', 'satisfied'],
      ['tags', 'dull'],
    ],
    'reasons',
    '之一',
  ],
] as const)('what does not fit is told at its place, and nothing is lost: %#', async (fields, at, words) => {
  const { browser, path, hidden, id } = await ended()
  const page = await browser.post(`${path}/rating`, [...hidden, ...fields])
  expect(page.status).toBe(422)
  expect(page.text).toMatch(new RegExp(`class="problems"[^>]*role="alert".*href="#${at}"`, 's'))
  expect(new RegExp(`id="${at}-error">([^<]+)`).exec(page.text)?.[1]).toContain(words)
  expect(page.text).toMatch(new RegExp(`id="${at}"[^>]*aria-describedby="[^"]*${at}-error"`))
  for (const [name, value] of fields)
    if (name === 'comment') expect(page.text).toContain(`${value}</textarea>`)
    else if (value !== 'dull')
      expect(page.text).toMatch(new RegExp(`name="${name}" value="${value}"[^>]* checked`))
  expect(await ratingsOf(id)).toEqual([])
  const mended = await browser.post(`${path}/rating`, [...hiddenIn(page.text), ['grade', 'satisfied']])
  expect(mended.status).toBe(303)
})

test('says that it has not arrived while the region is silent, and that nobody need rate again', async () => {
  const { person, browser, path, hidden } = await ended()
  gateway.region('zhejiang').faults.add({ kind: 'drop', operation: 'rating-push' })
  expect((await browser.post(`${path}/rating`, [...hidden, ['grade', 'satisfied']])).status).toBe(303)
  const words = wordsOf((await browser.get(`${path}/rating`)).text)
  expect(words).toContain('还没有送到')
  expect(words).toContain('您不用再评一次')
  const english = wordsOf(await inEnglish(person, gateway, `${path}/rating`))
  expect(english).toContain('Not delivered yet')
  expect(english).not.toMatch(/评价|满意/)
})

test('before the end there is nothing to rate, and it is said why', async () => {
  const { browser, path } = await followed(gateway)
  expect((await browser.get(path)).text).not.toContain(`${path}/rating`)
  const page = await browser.get(`${path}/rating`)
  expect(wordsOf(page.text)).toContain('现在还不能评价')
  expect(page.text).not.toContain('<form method="post"')
})

test('an agent sees that only the applicant rates', async () => {
  const [giver, agent] = [await applicantOf(gateway), await newcomer(gateway)]
  const theirs = await asPerson(agent, gateway)
  const filed = await file(theirs, await onBehalf(theirs, agent, await given(giver, agent, gateway)))
  await conclude(filed.body.caseNumber)
  const browser = await browserOf(agent, gateway)
  const page = await browser.get(`/me/cases/${filed.body.id}/rating`)
  expect(wordsOf(page.text)).toContain('只有申请人本人可以评价')
  expect((await browser.get(`/me/cases/${filed.body.id}`)).text).not.toContain('/rating"')
})
