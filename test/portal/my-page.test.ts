/** My page: what needs me now, from what is known, in both editions; and a record of that look. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessRow } from '../../src/federation/audit/access.ts'
import { revokeMandate } from '../../src/federation/mandates/end.ts'
import { tell } from '../cases/support.ts'
import { storyOf } from '../flow/stories.ts'
import { asPerson, browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { acting, applicantOf, given, onBehalf } from '../support/mandates.ts'
import { numberOf, stranger } from './support.ts'

let gateway: TestGateway
let applicant: Somebody
let caseId: string
beforeAll(async () => {
  gateway = await startTestGateway()
  const story = storyOf('jiangsu')
  const caller = await gateway.as(story.client)
  await gateway.sync(story.division)
  const application = story.application(await upload(caller, 'a.pdf'))
  const filed = await file(caller, application)
  if (filed.status !== 201) throw new Error(`filing: ${filed.status} ${JSON.stringify(filed.body)}`)
  caseId = filed.body.id
  const { name, idDocument } = application['applicant'] as { name: string; idDocument: { number: string } }
  applicant = await somebody({ name, number: idDocument.number }, gateway)
}, 60_000)
afterAll(() => gateway.close())

const pageOf = async (person: Somebody, reading?: string) =>
  (await (await browserOf(person, gateway, reading)).get('/me')).text
const acts = async ({ idDocument }: Somebody) => {
  const { sealing, store } = gateway.gateway.deps
  const rows = await store.accesses.list([sealing.identity(idDocument)], { limit: 50 })
  return rows.filter(({ record }) => (record as { purpose: string }).purpose === 'myPage').length
}

test('says that nothing is to be done, and leaves no record where nothing was shown', async () => {
  const person = await stranger(gateway)
  expect(await pageOf(person)).toContain('没有要您做的事')
  expect(await acts(person)).toBe(0)
})

test('a case that waits for the region is not named; one that waits for me is, and the look is recorded', async () => {
  expect(await pageOf(applicant)).not.toContain(`/me/cases/${caseId}`)
  const { deps } = gateway.gateway
  const day = new Date(deps.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  await tell(caseId, day, 'CORRECTION_REQUIRED', deps)
  expect(await pageOf(applicant)).toContain(`href="/me/cases/${caseId}"`)
  expect(await acts(applicant)).toBe(1)
})

test('how many wait is counted, with what is not finished', async () => {
  const browser = await browserOf(applicant, gateway)
  const counted = async () =>
    [...(await browser.get('/me')).text.matchAll(/class="count">(\d+)<\/strong>([^<]+)</g)].map(
      ([, count, words]) => `${count} ${words}`,
    )
  expect(await counted()).toEqual(['1 件等您办', '0 份没填完', '0 张证照快到期'])
  const { store, sealing, now } = gateway.gateway.deps
  const { personId } = applicant.principal
  const at = now()
  await store.drafts.add(
    {
      personId,
      id: 'drf_counted',
      subjectId: personId,
      version: 1,
      contentSealed: sealing.seal({}),
      filing: null,
      leaseToken: null,
      leaseUntil: null,
      caseId: null,
      createdAt: at,
      changedAt: at,
      until: new Date(at.getTime() + 86_400_000),
    },
    accessRow(
      {
        holder: sealing.identity(applicant.idDocument),
        clock: 'access',
        act: 'drafts.start',
        purpose: 'case',
        basis: 'holder',
        fields: [],
        outcome: 'granted',
      },
      acting(applicant),
      gateway.gateway.deps,
    ),
  )
  expect((await counted())[1]).toBe('1 份没填完')
})

test('a case of another waits for whoever has their mandate, as theirs, and no longer when it has ended', async () => {
  const [giver, agent] = [await applicantOf(gateway), await stranger(gateway)]
  const mandate = await given(giver, agent, gateway)
  await gateway.sync('330100')
  const call = await asPerson(agent, gateway, { client: 'zhejiang-platform' })
  const filed = await file(call, await onBehalf(call, agent, mandate))
  const { deps } = gateway.gateway
  await tell(filed.body.id, deps.now().toISOString().slice(0, 10), 'CORRECTION_REQUIRED', deps)
  const text = await pageOf(agent)
  expect(text).toContain(`href="/me/cases/${filed.body.id}"`)
  expect(text).toMatch(new RegExp(`替 <span lang="zh-CN">${giver.name}</span> 办`))
  expect((await deps.store.mandates.uses(mandate, { limit: 9 })).map(({ act }) => act)).toContain('list')
  await revokeMandate(mandate, { dryRun: false }, acting(giver), deps)
  expect(await pageOf(agent)).not.toContain(`/me/cases/${filed.body.id}`)
})

test('whoever only gave a number is told how to see more, and sees no case', async () => {
  const { name, idDocument } = applicant
  const weak = await somebody({ name, number: idDocument.number, loa: 1 }, gateway)
  const text = await pageOf(weak)
  expect(text).toContain('用实名等级更高的账号登录后')
  expect(text).not.toContain(`/me/cases/${caseId}`)
})

test('a firm has its own page, which names the firm and who acts for it', async () => {
  const agent = await somebody(
    {
      name: '测试经办',
      number: numberOf('19850505', 77),
      firm: { name: '测试一号公司', number: '91330100MA9TEXT19M' },
    },
    gateway,
  )
  const text = await pageOf(agent)
  expect(text).toContain('<h1>测试一号公司</h1>')
  expect(text).toContain('测试经办 正在代表')
})

test('the English edition is English, and 长者版 has fewer ways', async () => {
  const person = await stranger(gateway)
  const main = (text: string) => text.slice(text.indexOf('<main'), text.indexOf('</main>'))
  const english = main(await pageOf(person, 'en'))
  expect(english).toContain('What needs you now')
  expect(english.replace(person.name, '')).not.toMatch(/\p{Script=Han}/u)
  const ways = (text: string) => text.split('<li><a href="/me/').length - 1
  expect(ways(main(await pageOf(person, 'zh.elder')))).toBeLessThan(ways(main(await pageOf(person))))
})
