/** A 补正 where something is in the way: large files, files of others, a region that is silent or went on, a case that a client filed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { storyOf } from '../flow/stories.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { awaited, begun, DIPLOMA, formOf, pdf, send } from './forms.ts'
import { clerk, complain, HANGZHOU, resident, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

const sendBy = (person: Somebody, path: string, form: FormData) => send(person, path, form, gateway)

describe('an answer', () => {
  test('that is too large to be read is told so, and the case waits on', async () => {
    const { person, path } = await awaited(gateway)
    const form = new FormData()
    for (const n of [1, 2, 3]) form.append(`d.${DIPLOMA}`, new File([new Uint8Array(15_000_000)], `${n}.pdf`))
    const { status, location } = await sendBy(person, `${path}/correction`, form)
    expect([status, location]).toEqual([303, `${path}/correction?error=BODY_TOO_LARGE`])
    const told = await (await browserOf(person, gateway)).get(location ?? '')
    expect([told.status, wordsOf(told.text).includes('文件太大')]).toEqual([422, true])
  })

  test('is told to come again while too many bring large files, and the room is given back', async () => {
    const { person, path } = await awaited(gateway)
    // Nobody sends so much at once: their requests say that they will, and wait.
    const whole = Math.floor(LIMITS.formBytesHeld / LIMITS.correctionBytes)
    const sizes = [
      ...Array(whole).fill(LIMITS.correctionBytes),
      LIMITS.formBytesHeld % LIMITS.correctionBytes,
    ]
    // Whoever is not logged in takes no room.
    const nobody = await begun(undefined, path, undefined, gateway)
    const open = await Promise.all(sizes.map((size) => begun(person, path, size, gateway)))
    const refused = await sendBy(person, `${path}/correction`, new FormData())
    expect([refused.status, refused.text.includes('FILES_BUSY')]).toEqual([503, true])
    expect(open.map(({ answered }) => answered())).toEqual(sizes.map(() => false))
    for (const { request } of [nobody, ...open]) request.destroy()
    await expect
      .poll(async () => (await sendBy(person, `${path}/correction`, new FormData())).status)
      .toBe(403)
  })

  test('cannot bring a file of another person’s, or of another case', async () => {
    const one = await awaited(gateway)
    const first = await sendBy(
      one.person,
      `${one.path}/correction`,
      await formOf((await one.browser.get(`${one.path}/correction`)).text, {
        'f.toAddress': '',
        [`d.${DIPLOMA}`]: pdf(),
      }),
    )
    const kept = new RegExp(`name="k.${DIPLOMA}" value="([^"]+)"`).exec(first.text)?.[1] ?? ''
    expect(kept).not.toBe('')
    const other = await awaited(gateway)
    const form = await formOf((await other.browser.get(`${other.path}/correction`)).text, {
      [`k.${DIPLOMA}`]: kept,
    })
    const { status, text } = await sendBy(other.person, `${other.path}/correction`, form)
    expect([status, text.includes(`field-d.${DIPLOMA}-error`)]).toEqual([422, true])
  })

  test('of a case that a client filed reaches the region with its file', async () => {
    const person = await resident(gateway)
    const client = await gateway.as('sandbox-shanghai')
    const paper = await upload(client, 'a.pdf')
    const story = storyOf('zhejiang').application(paper)
    const filed = await file(client, {
      ...story,
      documents: [
        { id: 'M9900201', mode: 'upload', uploads: [paper] },
        { id: 'M9900202', mode: 'later' },
        { id: DIPLOMA, mode: 'upload', uploads: [paper] },
      ],
      applicant: { ...(story['applicant'] as object), name: person.name, idDocument: person.idDocument },
    })
    expect(filed.status).toBe(201)
    const path = `/me/cases/${filed.body.id}`
    await complain(gateway, filed.body.caseNumber)
    const browser = await browserOf(person, gateway)
    await expect.poll(async () => (await browser.get(path)).text).toContain('/correction')
    const form = await formOf((await browser.get(`${path}/correction`)).text, {
      'f.toAddress': '测试路2号201室',
      [`d.${DIPLOMA}`]: pdf(),
    })
    expect((await sendBy(person, `${path}/correction`, form)).location).toBe(`${path}?done=correction`)
    expect(wordsOf((await browser.get(path)).text)).toContain('办理地区已收到补正')
  })

  test('that the region refuses because it went on meanwhile is told how the case stands', async () => {
    const { person, browser, path, number } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    // The region went on, and its message is lost.
    gateway.mail.held = true
    await clerk(gateway, number, { to: 'NOT_ACCEPTED' })
    const form = await formOf(text, { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() })
    const { status, text: told } = await sendBy(person, `${path}/correction`, form)
    gateway.mail.held = false
    expect(status).toBe(409)
    expect(wordsOf(told)).toContain('现在不需要补正')
    expect(wordsOf((await browser.get(path)).text)).toContain('不予受理')
  })

  test('while the region does not answer is kept, and arrives when it does', async () => {
    const { person, browser, path } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const { faults } = gateway.region('zhejiang')
    faults.add({ kind: 'error' })
    const form = await formOf(text, { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() })
    const sent = await sendBy(person, `${path}/correction`, form)
    faults.clear()
    expect([sent.status, sent.location]).toEqual([303, `${path}?done=correction`])
    expect(wordsOf((await browser.get(path)).text)).toContain('补正或撤回已记下, 正在转给办理地区。')
    await gateway.dispatch()
    expect(wordsOf((await browser.get(path)).text)).toContain('办理地区已收到补正')
  })
})
