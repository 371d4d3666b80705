/** A 补正 answered on its page: field by field, once, against the case as it was seen, and nothing typed is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fault, GatewayError } from '../../src/errors.ts'
import { SENT } from '../../src/federation/cases/event-keys.ts'
import { errorsAt } from '../../src/portal/follow/correction-answer.ts'
import { note } from '../live/support.ts'
import { asPerson, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { applicationOf, awaited, DIPLOMA, formOf, pdf, send } from './forms.ts'
import { clerk, followed, HANGZHOU, wordsOf } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(HANGZHOU)
}, 60_000)
afterAll(() => gateway.close())

const sendBy = (person: Somebody, path: string, form: FormData) => send(person, path, form, gateway)
const corrections = async (id: string) =>
  (await gateway.gateway.deps.store.cases.events(id, 0, 100)).filter(({ key }) =>
    key.startsWith(SENT.correct),
  )

describe('the page', () => {
  test('shows what is asked, why and by when, and the old beside the place for the new', async () => {
    const { browser, path } = await awaited(gateway)
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
  expect((await sendBy(person, `${path}/correction`, form)).location).toBe(`${path}?done=correction`)
  const { form: values, documents } = await applicationOf(id, gateway)
  expect(values).toMatchObject({ toArea: '330106', toAddress: '测试路2号' })
  expect(documents.map(({ mode }) => mode)).toEqual(['upload', 'later', 'upload'])
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
  const { person, browser, path } = await awaited(gateway)
  await browser.get(`${path}/correction`)
  const { body } = await (await asPerson(person, gateway))('GET', '/api/v1/me/accesses?limit=1')
  expect(body.items[0]).toMatchObject({ act: 'cases.readForm', fields: ['application'] })
})

test('a form of another site is refused', async () => {
  const { browser, path } = await awaited(gateway)
  await browser.get(`${path}/correction`)
  expect((await browser.post(`${path}/correction`, [], 'x'.repeat(43))).status).toBe(403)
})

describe('an answer', () => {
  test('goes to the region, and the page tells so', async () => {
    const { person, browser, path, id } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const form = await formOf(text, {
      'f.toAddress': '测试路2号201室',
      [`d.${DIPLOMA}`]: pdf(),
      note: '已补',
    })
    const sent = await sendBy(person, `${path}/correction`, form)
    expect([sent.status, sent.location]).toEqual([303, `${path}?done=correction`])
    const words = wordsOf((await browser.get(sent.location ?? '')).text)
    expect(words).toContain('补正已记下')
    expect(words).toContain('办理地区已收到补正')
    const application = await applicationOf(id, gateway)
    expect(application.form).toMatchObject({ toAddress: '测试路2号201室', fromArea: '320500' })
    expect(application.documents.find((one) => one.id === DIPLOMA)?.uploads).toHaveLength(1)
  })

  test('is sent once, however often it is clicked, and by the back button', async () => {
    const { person, browser, path, id } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const changed = { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() }
    const forms = await Promise.all([1, 2, 3].map(() => formOf(text, changed)))
    const answers = await Promise.all(forms.map((form) => sendBy(person, `${path}/correction`, form)))
    answers.push(await sendBy(person, `${path}/correction`, await formOf(text, changed)))
    expect(answers.map(({ status, location }) => [status, location])).toEqual(
      answers.map(() => [303, `${path}?done=correction`]),
    )
    expect(await corrections(id)).toHaveLength(1)
  })

  test('that is clicked twice with a mistake in it is told the mistake, and not that it was sent', async () => {
    const { person, browser, path, id } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const forms = await Promise.all([1, 2].map(() => formOf(text, { 'f.toAddress': '' })))
    const answers = await Promise.all(forms.map((form) => sendBy(person, `${path}/correction`, form)))
    expect(answers.map(({ status }) => status)).toEqual([422, 422])
    expect(await corrections(id)).toHaveLength(0)
  })

  test('with mistakes is told them at their places, and keeps what was typed and the file that came', async () => {
    const { person, browser, path } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const typed = `长${'长'.repeat(300)}<b>"𠮷`
    const first = await sendBy(
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
    const second = await sendBy(
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
    const { person, browser, path } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    const { status, text: again } = await sendBy(
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
    const { person, browser, path, id } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    await note(id, gateway.gateway)
    // Also to whoever has left something out: what is asked may be something else now.
    expect(
      (await sendBy(person, `${path}/correction`, await formOf(text, { 'f.toAddress': '' }))).status,
    ).toBe(409)
    const changed = { 'f.toAddress': '测试路2号201室', [`d.${DIPLOMA}`]: pdf() }
    const first = await sendBy(person, `${path}/correction`, await formOf(text, changed))
    expect(first.status).toBe(409)
    expect(wordsOf(first.text)).toContain('这件办件刚刚有了变化。您填的都还在')
    expect(first.text).toContain('value="测试路2号201室"')
    expect((await sendBy(person, `${path}/correction`, await formOf(first.text))).status).toBe(303)
  })

  test('to a case that went on without it is told that nothing is asked any more', async () => {
    const { person, browser, path, number } = await awaited(gateway)
    const { text } = await browser.get(`${path}/correction`)
    await clerk(gateway, number, { to: 'NOT_ACCEPTED' })
    await expect.poll(async () => (await browser.get(path)).text).not.toContain('/correction')
    const { status, text: told } = await sendBy(person, `${path}/correction`, await formOf(text))
    expect([status, wordsOf(told).includes('现在不需要补正')]).toEqual([409, true])
  })
})
