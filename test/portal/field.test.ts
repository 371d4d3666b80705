/** One field of a form: a name for it, what is said of it, and the value that comes back. */
import { expect, test } from 'vitest'
import { elsewhereName, fieldId, fieldOf, fieldValue, problemsOf } from '../../src/portal/forms/field.ts'
import type { Reader } from '../../src/portal/frame/reader.ts'
import { FIELD_TYPES, type FormField } from '../../src/schemas/matter.ts'

const zh: Reader = { language: 'zh', isElder: false, say: (one) => one, name: (one) => one.zh }
const en: Reader = { ...zh, language: 'en', say: (_zh, other) => other, name: (one) => one.en ?? one.zh }

const options = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    value: String(n),
    label: { zh: `选项${n}`, en: `Choice ${n}` },
  }))
const field = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  name: 'a b',
  label: { zh: '名称', en: 'Name' },
  type,
  required: true,
  ...(type === 'select' ? { options: options(9) } : {}),
  ...more,
})
const render = async (one: FormField, filled: Partial<Parameters<typeof fieldOf>[1]> = {}) =>
  String(await fieldOf(one, { value: '', reader: zh, ...filled }))

test.each(FIELD_TYPES)('%s has a label, and its error and hint are said with it', async (type) => {
  const text = await render(field(type), { error: '请填写', source: '来自身份证' })
  const id = fieldId('a b')
  expect(id).not.toContain(' ')
  expect(text).toContain(`<label for="${id}">名称</label>`)
  expect(text).toMatch(new RegExp(`id="${id}"[^>]* required[^>]* aria-invalid="true"`))
  const [, said = ''] = /aria-describedby="([^"]+)"/.exec(text) ?? []
  for (const one of said.split(' ')) expect(text).toContain(`id="${one}"`)
  expect(said).toContain(`${id}-error`)
  expect(said).toContain(`${id}-source`)
})

test('few choices are shown all at once, under one legend', async () => {
  const text = await render(field('select', { options: options(3) }), { value: '1', error: '请选择' })
  expect(text.match(/type="radio"/g)).toHaveLength(3)
  expect(text).toMatch(/<fieldset[^>]* aria-describedby="[^"]+"[^>]*><legend>名称/)
  expect(text).toContain('value="1" checked')
})

test('keyboards fit: digits for a mobile number, the browser’s own calendar for a day', async () => {
  expect(await render(field('mobile'))).toContain('inputmode="numeric" autocomplete="tel-national"')
  expect(await render(field('number'))).toContain('inputmode="decimal"')
  expect(await render(field('date'))).toContain('type="date"')
})

test('what stands in a field is text, whatever it is', async () => {
  const harm = `"><script>alert(1)</script>'&`
  for (const type of FIELD_TYPES)
    expect(await render(field(type), { value: harm, error: harm })).not.toContain('<script>')
})

test('what may be left out says so, in the reader’s language alone', async () => {
  expect(await render(field('text', { required: false }))).toContain('可以不填')
  const text = await render(field('area', { required: false }), { reader: en })
  expect(text).toContain('(optional)')
  expect(text).not.toMatch(/\p{Script=Han}/u)
})

test('a division is chosen by name, or given by its code where it is none of the 41 cities', async () => {
  const one = field('area')
  expect(await render(one, { value: '320500' })).toContain('<option value="320500" selected>苏州市')
  const form = new Map([
    ['a b', '320500'],
    [elsewhereName('a b'), ''],
  ])
  expect(fieldValue(one, form)).toBe('320500')
  form.set(elsewhereName('a b'), ' 110101 ')
  expect(fieldValue(one, form)).toBe('110101')
  expect(await render(one, { value: '110101' })).toMatch(/elsewhere"[^>]* value="110101"/)
})

test('lines end as they were typed, and what is no text is nothing', () => {
  expect(fieldValue(field('textarea'), new Map([['a b', '一\r\n二']]))).toBe('一\n二')
  expect(fieldValue(field('text'), new Map([['a b', new Blob()]]))).toBe('')
})

test('what is wrong stands together, each a link to its place', async () => {
  const text = String(await problemsOf([{ at: 'field-x', text: '请填写<b>' }], zh))
  expect(text).toMatch(/role="alert" tabindex="-1".*<a href="#field-x">请填写&lt;b&gt;<\/a>/s)
  expect(problemsOf([], zh)).toBe('')
})
