/** The documents of a filing: what of the one preview stands for them, two tabs, and files that nobody needs any more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetDrafts } from '../../src/federation/drafts/own-uploads.ts'
import { isReleased } from '../../src/federation/preview/chosen.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import { onDatabase } from '../cases/support.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type Browser, filledIn, started, upload, versionIn } from './drafting.ts'
import { captured, child, jpeg, known, matterAt, SUZHOU, stranger } from './support.ts'

let gateway: TestGateway
let id: string
let matter: Matter
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(SUZHOU)
  id = await matterAt('换领机动车驾驶证', gateway)
  matter = (await gateway.gateway.deps.store.matters.current(id))?.document as Matter
})
afterAll(() => gateway.close())

const documentOf = (kind: 'photo' | 'licence'): string =>
  matter.documents.find(({ name, exemptedBy }) =>
    kind === 'photo' ? name.zh.includes('照片') : exemptedBy.length > 0,
  )?.id ?? ''

/** The fields of the first form on a page with this button. */
function standInFields(text: string): (readonly [string, string])[] {
  const form = text.split('<form').find((one) => one.includes('value="standIn"')) ?? ''
  const hidden = [...form.matchAll(/type="hidden" name="(version|holding|digest)" value="([^"]*)"/g)]
  return [...hidden.map(([, name = '', value = '']) => [name, value] as const), ['mode', 'standIn'] as const]
}

/** Chooses the licence or photo that the step offers, and agrees in the same step. */
async function chosen(browser: Browser, path: string, kind: 'photo' | 'licence') {
  const at = `${path}/steps/doc.${documentOf(kind)}`
  const page = await browser.get(at)
  const answer = await browser.post(at, [...standInFields(page.text), ['agree', 'yes']])
  return { at, page, answer }
}

const applied = async (person: Somebody) => {
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, id)
  return { browser, path }
}

const uploads = () =>
  onDatabase(gateway, async (sql) => (await sql`select id from uploads`).map((row) => String(row['id'])))
const acts = () =>
  onDatabase(gateway, async (sql) =>
    (await sql`select record from accesses order by at, id`).map((row) => String(row['record'].act)),
  )

test('a licence is chosen, agreed to and seen without leaving the filing, and the region takes it', async () => {
  const person = await known(gateway)
  const { browser, path } = await applied(person)
  const { page, answer, at } = await chosen(browser, path, 'licence')
  expect(page.text).toContain('用我的证照, 不用上传')
  expect(page.text).toMatch(/id="words-0">我同意长三角互通网关把我的这些电子证照/)
  expect([answer.status, answer.location]).toEqual([303, (await browser.get(path)).location])
  expect((await browser.get(`${path}/check`)).text).toMatch(
    /<dd>电子证照: <span lang="zh-CN">[^<]+<\/span>.*您同意交给受理部门/s,
  )
  // It stands: it is not offered again.
  const again = (await browser.get(at)).text
  expect(again).toContain('现在选的')
  expect(again).not.toContain('value="standIn"')
  // Agreed once: another application for the same matter asks no second time.
  const other = await applied(person)
  const there = (await other.browser.get(at.replace(path, other.path))).text
  expect(there).toContain('您已经同意把它交给受理部门')
  expect(there).not.toContain('name="digest"')
  await filledIn(browser, person, path, gateway)
  await browser.get(`${path}/check`)
  const filed = await browser.post(`${path}/check`, [['declared', 'yes']])
  expect([filed.location, filed.text]).toEqual([`${path}/receipt`, ''])
})

test('what stood is offered anew when its consent was withdrawn, and the filing says so', async () => {
  const person = await known(gateway)
  const { browser, path } = await applied(person)
  const { at } = await chosen(browser, path, 'licence')
  await onDatabase(gateway, (sql) => sql`update consents set withdrawn_at = now()`)
  expect((await browser.get(at)).text).toContain('name="digest"')
  await filledIn(browser, person, path, gateway)
  const check = (await browser.get(`${path}/check`)).text
  expect(check).toContain('还不能提交')
  expect(check).toContain(`<a href="${at}">`)
})

test('a photo of the library is made ready in the step, and thrown away with the draft', async () => {
  const person = await stranger(gateway)
  await captured(person, gateway)
  const { browser, path } = await applied(person)
  const before = await uploads()
  const { page, answer } = await chosen(browser, path, 'photo')
  expect(page.text).toContain('用我的照片, 不用上传')
  expect(answer.status).toBe(303)
  const [made = ''] = (await uploads()).filter((one) => !before.includes(one))
  expect(await isReleased(made, gateway.gateway.deps)).toBe(true)
  expect((await browser.get(`${path}/check`)).text).toContain('照片: <span')
  expect((await browser.post(`${path}/removal`, [])).status).toBe(303)
  expect(await uploads()).toEqual(before)
  await expect(gateway.gateway.deps.files.get(made)).rejects.toThrow()
})

test('nothing stands without a tick, of other words, or out of another’s hands', async () => {
  const { browser, path } = await applied(await known(gateway))
  const at = `${path}/steps/doc.${documentOf('licence')}`
  const fields = standInFields((await browser.get(at)).text)
  await onDatabase(gateway, (sql) => sql`update consents set withdrawn_at = now()`)
  const unticked = await browser.post(at, fields)
  expect([unticked.status, unticked.text.includes('checked')]).toEqual([422, false])
  const changed = await browser.post(at, [
    ...fields.filter(([name]) => name !== 'digest'),
    ['digest', '0'.repeat(64)],
    ['agree', 'yes'],
  ])
  expect(changed.status).toBe(422)
  const other = await applied(await stranger(gateway))
  await other.browser.get(other.path)
  const theirs = `${other.path}/steps/doc.${documentOf('licence')}`
  await other.browser.get(theirs)
  expect((await other.browser.post(theirs, [...fields, ['agree', 'yes']])).status).toBe(422)
  expect((await other.browser.get(`${other.path}/check`)).text).not.toContain('电子证照:')
})

test('for a child the step gives the guardian’s code and the way back to itself', async () => {
  const ward = await child(gateway)
  await captured(ward, gateway)
  const { browser, path } = await applied(ward)
  const { at, answer } = await chosen(browser, path, 'photo')
  expect([answer.status, answer.text.includes('同意码')]).toEqual([200, true])
  expect(answer.text).toContain(`href="${at}"`)
})

test('two tabs with two files: the later one is told in words, and neither replaces the other untold', async () => {
  const person = await stranger(gateway)
  const { browser, path } = await applied(person)
  const at = `${path}/steps/doc.${documentOf('licence')}`
  const { text } = await browser.get(at)
  const pdf = (name: string) => new File([new Uint8Array(jpeg())], name, { type: 'image/jpeg' })
  expect((await upload(person, at, text, gateway, pdf('first.jpg'))).status).toBe(303)
  const second = await upload(person, at, text, gateway, pdf('second.jpg'))
  expect(second.status).toBe(422)
  expect(second.text).toContain('您在另一个页面给这份材料选了“上传: first.jpg”')
  expect((await browser.get(`${path}/check`)).text).toContain('first.jpg')
  const mine = /name="mine" value="([^"]+)"/.exec(second.text)?.[1] ?? ''
  const before = await uploads()
  const taken = await browser.post(at, [
    ['version', versionIn(second.text)],
    ['mine', mine],
    ['mode', 'mine'],
  ])
  expect(taken.status).toBe(303)
  const check = (await browser.get(`${path}/check`)).text
  expect([check.includes('second.jpg'), check.includes('first.jpg')]).toEqual([true, false])
  // The file that was replaced is nobody's any more.
  expect(await uploads()).toHaveLength(before.length - 1)
  // The same sealed choice opens nothing in another draft.
  const other = await applied(person)
  const theirs = `${other.path}/steps/doc.${documentOf('licence')}`
  await other.browser.get(theirs)
  expect(
    (
      await other.browser.post(theirs, [
        ['mine', mine],
        ['mode', 'mine'],
      ])
    ).status,
  ).toBe(422)
})

test('what stands may be kept, and the file that lost is deleted', async () => {
  const person = await stranger(gateway)
  const { browser, path } = await applied(person)
  const at = `${path}/steps/doc.${documentOf('licence')}`
  const { text } = await browser.get(at)
  await upload(person, at, text, gateway)
  const before = await uploads()
  const second = await upload(person, at, text, gateway)
  const mine = /name="mine" value="([^"]+)"/.exec(second.text)?.[1] ?? ''
  expect(
    (
      await browser.post(at, [
        ['mine', mine],
        ['mode', 'theirs'],
      ])
    ).status,
  ).toBe(303)
  expect(await uploads()).toEqual(before)
})

test('a document that was left out in one tab is told to the other, never by our own word', async () => {
  const person = await stranger(gateway)
  const { store } = gateway.gateway.deps
  const rows = await store.matters.search({ division: SUZHOU, limit: 100, document: { fileable: true } })
  const [withOptional] = rows.flatMap((row) => {
    const optional = (row.document as Matter).documents.find(({ necessity }) => necessity === 'optional')
    return optional ? [{ matter: row.id, optional }] : []
  })
  if (!withOptional) throw new Error('every document of every matter is required')
  const { optional } = withOptional
  const browser = await browserOf(person, gateway)
  const { path } = await started(browser, withOptional.matter)
  const at = `${path}/steps/doc.${optional.id}`
  const { text } = await browser.get(at)
  const left = await browser.post(at, [
    ['mode', 'leaveOut'],
    ['version', versionIn(text)],
  ])
  expect(left.status).toBe(303)
  const late = await upload(person, at, text, gateway)
  expect(late.text).toContain('选了“不交”')
  const page = (await browser.get(`${path}/check`)).text
  expect(late.text + page).not.toMatch(/skipped|leftOut/)
  expect(page).toContain('<dd>不交')
})

test('saving and throwing away leave their records', async () => {
  const person = await stranger(gateway)
  const { browser, path } = await applied(person)
  const at = `${path}/steps/mobile`
  const { text } = await browser.get(at)
  await browser.post(at, [
    ['answer', '13800000000'],
    ['version', versionIn(text)],
  ])
  await browser.post(`${path}/removal`, [])
  const last = (await acts()).filter((act) => act === 'drafts.save' || act === 'drafts.drop')
  expect(last.slice(-2)).toEqual(['drafts.save', 'drafts.drop'])
})

test('a draft whose time is over is forgotten with its files', async () => {
  const person = await stranger(gateway)
  const { browser, path } = await applied(person)
  const before = await uploads()
  const at = `${path}/steps/doc.${documentOf('licence')}`
  await upload(person, at, (await browser.get(at)).text, gateway)
  await onDatabase(
    gateway,
    (sql) => sql`update drafts set until = now() - interval '1 s' where id = ${path.split('/').at(-1) ?? ''}`,
  )
  await forgetDrafts(gateway.gateway.deps)
  expect(await uploads()).toEqual(before)
})
