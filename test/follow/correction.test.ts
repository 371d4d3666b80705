/** A 补正 answered on its page: field by field, once, against the case as it was seen, and nothing typed is lost. */
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { fault, GatewayError } from '../../src/errors.ts'
import { SENT } from '../../src/federation/cases/event-keys.ts'
import type { FiledContent } from '../../src/federation/cases/record.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { errorsAt } from '../../src/portal/follow/correction-answer.ts'
import { storyOf } from '../flow/stories.ts'
import { note } from '../live/support.ts'
import { asPerson, browserOf, type Somebody } from '../support/as-person.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { clerk, complain, followed, HANGZHOU, resident, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

const DIPLOMA = 'M9900203'
const pdf = (name = 'b.pdf', content = '%PDF-1.4 new') =>
  new File([content], name, { type: 'application/pdf' })

/** A case that waits for a correction. */
async function awaited(opinion?: string) {
  const one = await followed(gateway)
  await complain(gateway, one.number, opinion)
  await expect.poll(async () => (await one.browser.get(one.path)).text).toContain('/correction')
  return one
}

/** A value as it was before a page wrote it. */
const plain = (value: string): string =>
  value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The form of a page as a browser would send it, with what somebody changed. */
async function formOf(text: string, changed: Readonly<Record<string, string | File>> = {}) {
  const form = new FormData()
  const hidden = [...text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  for (const [, name = '', value = ''] of hidden) form.append(name, plain(value))
  const typed = [...text.matchAll(/<input id="field-[^"]*" name="(f\.[^"]+)"[^>]* value="([^"]*)"/g)]
  for (const [, name = '', value = ''] of typed) form.append(name, plain(value))
  for (const [, name = '', inner = ''] of text.matchAll(
    /<select id="field-[^"]*" name="(f\.[^"]+)"[^>]*>(.*?)<\/select>/gs,
  ))
    form.append(name, /value="([^"]*)" selected/.exec(inner)?.[1] ?? '')
  for (const [, name = '', value = ''] of text.matchAll(
    /type="radio" name="([^"]+)" value="([^"]*)" checked/g,
  ))
    form.append(name, plain(value))
  for (const [name, value] of Object.entries(changed)) form.set(name, value)
  return form
}

async function send(person: Somebody, path: string, form: FormData) {
  const cookie = `__Host-delta=${await openSession(person.authentication, 'test', gateway.gateway.deps)}`
  // Each session has forms of its own.
  const page = await (await fetch(`${gateway.url}/me/cases`, { headers: { cookie } })).text()
  form.set('token', /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '')
  const answer = await fetch(gateway.url + path, {
    method: 'POST',
    headers: { cookie },
    body: form,
    redirect: 'manual',
  })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

/** A request whose head has arrived, and whose body never does. */
async function begun(person: Somebody | undefined, path: string, size: number | undefined) {
  const secret = person && (await openSession(person.authentication, 'test', gateway.gateway.deps))
  const cookie = `__Host-delta=${secret ?? 'x'.repeat(43)}`
  const headers = {
    cookie,
    // Who does not say how much it will be may send as much as one may.
    ...(size === undefined ? {} : { 'content-length': String(size) }),
    'content-type': 'multipart/form-data; boundary=x',
  }
  const request = http.request(`${gateway.url}${path}/correction`, { method: 'POST', headers })
  let isAnswered = false
  request.on('error', () => undefined)
  request.on('response', () => {
    isAnswered = true
  })
  request.write('--x\r\n')
  await new Promise((resolve) => request.once('socket', (socket) => socket.once('connect', resolve)))
  return { request, answered: () => isAnswered }
}

const contentOf = async (id: string) => {
  const { deps } = gateway.gateway
  const row = await deps.store.cases.read(id)
  if (!row) throw new Error('no case')
  return deps.sealing.open<FiledContent>(row.filedSealed).application
}
const corrections = async (id: string) =>
  (await gateway.gateway.deps.store.cases.events(id, 0, 100)).filter(({ key }) =>
    key.startsWith(SENT.correct),
  )

describe('the page', () => {
  test('shows what is asked, why and by when, and the old beside the place for the new', async () => {
    const { browser, path } = await awaited()
    const { status, text } = await browser.get(`${path}/correction`)
    expect(status).toBe(200)
    const words = wordsOf(text)
    expect(words).toMatch(/办理部门的要求 新住址不完整, 请补上门牌号 最后一天: \d{4}年/)
    expect(words).toMatch(/迁入地详址 要改 原来填的测试路2号 现在改成/)
    expect(words).toMatch(/毕业证书 要重新交 原来交的上传了 1 个文件部门写的理由/)
    expect(text).toMatch(/name="f.toAddress"[^>]* value="测试路2号"/)
    // What was not asked for can be changed too, and shows names instead of codes.
    expect(words).toMatch(/别的内容也要改.*苏州市/)
  })

  test('is not there while nothing is asked', async () => {
    const { browser, path } = await followed(gateway)
    const { status, text } = await browser.get(`${path}/correction`)
    expect([status, wordsOf(text).includes('现在不需要补正')]).toEqual([409, true])
  })
})

test('where nothing is named everything may be changed, and only what was is sent', async () => {
  const { person, browser, path, number, id } = await followed(gateway)
  await clerk(gateway, number, { to: 'PRECHECK_RETURNED', opinion: '请核对后重新提交', materials: [] })
  await expect.poll(async () => (await browser.get(path)).text).toContain('/correction')
  const { text } = await browser.get(`${path}/correction`)
  expect(wordsOf(text)).toContain('请核对后重新提交')
  expect(wordsOf(text)).not.toContain('别的内容也要改')
  const form = await formOf(text, { 'f.toArea': '', 'f.toArea.elsewhere': '330106', [`d.${DIPLOMA}`]: pdf() })
  expect((await send(person, `${path}/correction`, form)).location).toBe(`${path}?done=correction`)
  const { form: values, documents } = await contentOf(id)
  expect(values).toMatchObject({ toArea: '330106', toAddress: '测试路2号' })
  expect(documents.map(({ mode }) => mode)).toEqual(['upload', 'later', 'upload'])
})

describe('an answer', () => {
  test('goes to the region, and the page tells so', async () => {
    const { person, browser, path, id } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const form = await formOf(text, {
      'f.toAddress': '测试路2号201室',
      [`d.${DIPLOMA}`]: pdf(),
      note: '已补',
    })
    const sent = await send(person, `${path}/correction`, form)
    expect([sent.status, sent.location]).toEqual([303, `${path}?done=correction`])
    const words = wordsOf((await browser.get(sent.location ?? '')).text)
    expect(words).toContain('补正已记下')
    expect(words).toContain('办理地区已收到补正')
    const application = await contentOf(id)
    expect(application.form).toMatchObject({ toAddress: '测试路2号201室', fromArea: '320500' })
    expect(application.documents.find((one) => one.id === DIPLOMA)?.uploads).toHaveLength(1)
  })

  test('is sent once, however often it is clicked, and by the back button', async () => {
    const { person, browser, path, id } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const changed = { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() }
    const forms = await Promise.all([1, 2, 3].map(() => formOf(text, changed)))
    const answers = await Promise.all(forms.map((form) => send(person, `${path}/correction`, form)))
    answers.push(await send(person, `${path}/correction`, await formOf(text, changed)))
    expect(answers.map(({ status, location }) => [status, location])).toEqual(
      answers.map(() => [303, `${path}?done=correction`]),
    )
    expect(await corrections(id)).toHaveLength(1)
  })

  test('that is clicked twice with a mistake in it is told the mistake, and not that it was sent', async () => {
    const { person, browser, path, id } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const forms = await Promise.all([1, 2].map(() => formOf(text, { 'f.toAddress': '' })))
    const answers = await Promise.all(forms.map((form) => send(person, `${path}/correction`, form)))
    expect(answers.map(({ status }) => status)).toEqual([422, 422])
    expect(await corrections(id)).toHaveLength(0)
  })

  test('with mistakes is told them at their places, and keeps what was typed and the file that came', async () => {
    const { person, browser, path } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const typed = `长${'长'.repeat(300)}<b>"𠮷`
    const first = await send(
      person,
      `${path}/correction`,
      await formOf(text, { 'f.toAddress': typed, [`d.${DIPLOMA}`]: pdf('毕业<b>证.pdf'), note: '说明' }),
    )
    expect(first.status).toBe(422)
    expect(first.text).toMatch(/class="problems"[^>]*role="alert".*href="#field-f.toAddress"/s)
    expect(first.text).toMatch(/aria-describedby="field-f.toAddress-error"[^>]* aria-invalid="true"/)
    expect(first.text).toContain('&lt;b&gt;&quot;𠮷')
    expect(wordsOf(first.text)).toContain('已收到: 毕业&lt;b&gt;证.pdf')
    expect(first.text).toContain('>说明</textarea>')
    // The file that came is not asked for again.
    const second = await send(
      person,
      `${path}/correction`,
      await formOf(first.text, { 'f.toAddress': '测试路3号' }),
    )
    expect([second.status, second.location]).toEqual([303, `${path}?done=correction`])
  })

  test.each([
    ['nothing', undefined, '请选择要交的文件'],
    ['an empty file', pdf('b.pdf', ''), '选择有内容的文件'],
    ['what is no document', new File(['hello'], 'b.pdf'), 'pdf'],
  ])('with %s for the document is refused at its place', async (_what, sent, words) => {
    const { person, browser, path } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const { status, text: again } = await send(
      person,
      `${path}/correction`,
      await formOf(text, sent ? { [`d.${DIPLOMA}`]: sent } : {}),
    )
    expect(status).toBe(422)
    expect(new RegExp(`id="field-d.${DIPLOMA}-error">([^<]+)`).exec(again)?.[1]?.toLowerCase()).toContain(
      words,
    )
  })

  test('to a case that has moved is told so, with all that was typed, and can be sent again', async () => {
    const { person, browser, path, id } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    await note(id, gateway.gateway)
    // Also to whoever has left something out: what is asked may be something else now.
    expect((await send(person, `${path}/correction`, await formOf(text, { 'f.toAddress': '' }))).status).toBe(
      409,
    )
    const changed = { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() }
    const first = await send(person, `${path}/correction`, await formOf(text, changed))
    expect(first.status).toBe(409)
    expect(wordsOf(first.text)).toContain('这件办件刚刚有了变化。您填的都还在')
    expect(first.text).toContain('value="测试路2号201室"')
    expect((await send(person, `${path}/correction`, await formOf(first.text))).status).toBe(303)
  })

  test('to a case that went on without it is told that nothing is asked any more', async () => {
    const { person, browser, path, number } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    await clerk(gateway, number, { to: 'NOT_ACCEPTED' })
    await expect.poll(async () => (await browser.get(path)).text).not.toContain('/correction')
    const { status, text: told } = await send(person, `${path}/correction`, await formOf(text))
    expect([status, wordsOf(told).includes('现在不需要补正')]).toEqual([409, true])
  })

  test('that is too large to be read is told so, and the case waits on', async () => {
    const { person, path } = await awaited()
    const form = new FormData()
    for (const n of [1, 2, 3]) form.append(`d.${DIPLOMA}`, new File([new Uint8Array(15_000_000)], `${n}.pdf`))
    const { status, location } = await send(person, `${path}/correction`, form)
    expect([status, location]).toEqual([303, `${path}/correction?error=BODY_TOO_LARGE`])
    const told = await (await browserOf(person, gateway)).get(location ?? '')
    expect([told.status, wordsOf(told.text).includes('文件太大')]).toEqual([422, true])
  })

  test('is told to come again while too many bring large files, and the room is given back', async () => {
    const { person, path } = await awaited()
    // Nobody sends so much at once: their requests say that they will, and wait.
    const whole = Math.floor(LIMITS.formBytesHeld / LIMITS.correctionBytes)
    const sizes = [
      ...Array(whole).fill(LIMITS.correctionBytes),
      LIMITS.formBytesHeld % LIMITS.correctionBytes,
    ]
    // Whoever is not logged in takes no room.
    const nobody = await begun(undefined, path, undefined)
    const open = await Promise.all(sizes.map((size) => begun(person, path, size)))
    const refused = await send(person, `${path}/correction`, new FormData())
    expect([refused.status, refused.text.includes('FILES_BUSY')]).toEqual([503, true])
    expect(open.map(({ answered }) => answered())).toEqual(sizes.map(() => false))
    for (const { request } of [nobody, ...open]) request.destroy()
    await expect.poll(async () => (await send(person, `${path}/correction`, new FormData())).status).toBe(403)
  })

  test('cannot bring a file of another person’s, or of another case', async () => {
    const one = await awaited()
    const first = await send(
      one.person,
      `${one.path}/correction`,
      await formOf((await one.browser.get(`${one.path}/correction`)).text, {
        'f.toAddress': '',
        [`d.${DIPLOMA}`]: pdf(),
      }),
    )
    const kept = new RegExp(`name="k.${DIPLOMA}" value="([^"]+)"`).exec(first.text)?.[1] ?? ''
    expect(kept).not.toBe('')
    const other = await awaited()
    const form = await formOf((await other.browser.get(`${other.path}/correction`)).text, {
      [`k.${DIPLOMA}`]: kept,
    })
    const { status, text } = await send(other.person, `${other.path}/correction`, form)
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
    expect((await send(person, `${path}/correction`, form)).location).toBe(`${path}?done=correction`)
    expect(wordsOf((await browser.get(path)).text)).toContain('办理地区已收到补正')
  })

  test('that the region refuses because it went on meanwhile is told how the case stands', async () => {
    const { person, browser, path, number } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    // The region went on, and its message is lost.
    gateway.mail.held = true
    await clerk(gateway, number, { to: 'NOT_ACCEPTED' })
    const form = await formOf(text, { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() })
    const { status, text: told } = await send(person, `${path}/correction`, form)
    gateway.mail.held = false
    expect(status).toBe(409)
    expect(wordsOf(told)).toContain('现在不需要补正')
    expect(wordsOf((await browser.get(path)).text)).toContain('不予受理')
  })

  test('while the region does not answer is kept, and arrives when it does', async () => {
    const { person, browser, path } = await awaited()
    const { text } = await browser.get(`${path}/correction`)
    const { faults } = gateway.region('zhejiang')
    faults.add({ kind: 'error' })
    const form = await formOf(text, { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() })
    const sent = await send(person, `${path}/correction`, form)
    faults.clear()
    expect([sent.status, sent.location]).toEqual([303, `${path}?done=correction`])
    expect(wordsOf((await browser.get(path)).text)).toContain('补正或撤回已记下, 正在转给办理地区。')
    await gateway.dispatch()
    expect(wordsOf((await browser.get(path)).text)).toContain('办理地区已收到补正')
  })
})

test('what a region finds wrong stands at the places that were filled in', () => {
  const wrong = new GatewayError(
    'REGION_REJECTED',
    {},
    {
      errors: [
        fault('/documents/1/uploads/0', 'X', '文件', 'file'),
        fault('/form/a~1b', 'X', '填写', 'entry'),
        fault('/note', 'X', '说明', 'note'),
        fault('/documents', 'X', '缺少', 'missing'),
        fault('/documents/7', 'X', '不明', 'unknown'),
      ],
    },
  )
  const documents = [
    { id: 'one', mode: 'paper' as const },
    { id: 'two', mode: 'upload' as const, uploads: ['up_1'] },
  ]
  const say = <T>(zh: T) => zh
  const found = errorsAt(wrong, { documents }, { language: 'zh', isElder: false, say, name: ({ zh }) => zh })
  expect(Object.fromEntries(found)).toEqual({
    'd.two': '文件',
    'f.a/b': '填写',
    note: '说明',
    '': '缺少; 不明',
  })
})

test('the record of looks says that the form was read', async () => {
  const { person, browser, path } = await awaited()
  await browser.get(`${path}/correction`)
  const { body } = await (await asPerson(person, gateway))('GET', '/api/v1/me/accesses?limit=1')
  expect(body.items[0]).toMatchObject({ act: 'cases.readForm', fields: ['application'] })
})

test('a form of another site is refused', async () => {
  const { browser, path } = await awaited()
  await browser.get(`${path}/correction`)
  expect((await browser.post(`${path}/correction`, [], 'x'.repeat(43))).status).toBe(403)
})
