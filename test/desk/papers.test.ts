/** Papers with Chinese text: what was printed can be read out of them again. */
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { bind } from '../../src/papers/bind.ts'
import { print } from '../../src/papers/print.ts'
import { portrait } from '../../src/sandbox/pictures.ts'

const textOf = async (bytes: Buffer) => {
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), {
    mergePages: true,
  })
  return { totalPages, text: text.replaceAll(/\s/g, '') }
}

const paper = (parts: Parameters<typeof print>[0]['parts']) =>
  print({ title: '收件告知单', foot: '长三角政务服务', parts })

test('every Chinese character of a paper can be extracted again', async () => {
  const words =
    '崇明区跨省通办专窗受理江苏省启东市医疗费用零星报销, 申请人欧阳示范, 编号CSJ20260101ABCDEF。与原件核对无异; 共3份12页。'
  const { text, totalPages } = await textOf(
    await paper([
      { kind: 'heading', text: '申请信息' },
      { kind: 'pair', name: '事项', text: words },
      { kind: 'line', text: '本人签字:' },
    ]),
  )
  expect(totalPages).toBe(1)
  for (const part of ['收件告知单', '申请信息', words.replaceAll(/\s/g, ''), '本人签字:', '第1页,共1页'])
    expect(text).toContain(part)
})

test('a character without a letter stands there by its code point, and the paper says so', async () => {
  const { text } = await textOf(await paper([{ kind: 'pair', name: '姓名', text: '测试𠮷㛃' }]))
  expect(text).toContain('测试〔U+20BB7〕〔U+36C3〕')
  expect(text).toContain('打印字库没有的字以统一码(GB/T13000)表示,共2个:〔U+20BB7〕、〔U+36C3〕')
})

test('a long paper goes on to the next page, and loses no line', async () => {
  const lines = Array.from({ length: 120 }, (_none, index) => `第${index + 1}行材料说明文字`)
  const { text, totalPages } = await textOf(
    await paper(lines.map((line) => ({ kind: 'text' as const, text: line }))),
  )
  expect(totalPages).toBeGreaterThan(2)
  for (const line of lines) expect(text).toContain(line)
})

test('a word of ten thousand letters is broken, not lost', async () => {
  const { text } = await textOf(await paper([{ kind: 'text', text: 'A'.repeat(10_000) }]))
  expect(text.match(/A/g)?.length).toBe(10_000)
})

test('pages are bound in their order', async () => {
  const pages = [1, 2, 3].map((number) => ({ jpeg: portrait(number).bytes, width: 358, height: 441 }))
  const bound = await bind(pages)
  const { totalPages } = await textOf(bound)
  expect(totalPages).toBe(3)
  const places = pages.map(({ jpeg }) => bound.indexOf(jpeg))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})
