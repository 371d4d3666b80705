/** The pages of the API's description: each operation, region and problem code has one, whole in both languages, and links that lead somewhere. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import { PROBLEMS, type ProblemCode } from '../../src/errors.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { unescaped } from './support.ts'

const LANGUAGES = ['zh', 'en'] as const
const CODES = Object.keys(PROBLEMS) as ProblemCode[]

let gateway: TestGateway
// biome-ignore lint/suspicious/noExplicitAny: the document is looked into member by member.
let document: any
beforeAll(async () => {
  gateway = await startTestGateway()
  document = (await gateway.anyone('GET', '/openapi.json')).body
})
afterAll(() => gateway.close())

async function page(path: string, language: string = 'zh'): Promise<string> {
  const answer = await fetch(gateway.url + path, { headers: { cookie: `delta-reading=${language}` } })
  expect(`${path} ${answer.status}`).toBe(`${path} 200`)
  return answer.text()
}
const main = (text: string): string => text.slice(text.indexOf('<main'), text.indexOf('</main>'))
const words = (text: string): string => unescaped(text.replaceAll(/<[^>]+>/g, ''))

/** The JSON of the example on a problem's page. */
function exampleIn(text: string): Record<string, unknown> {
  const shown = words(text)
  return JSON.parse(shown.slice(shown.indexOf('{'), shown.lastIndexOf('}') + 1))
}

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters?: readonly { readonly name: string; readonly description: string }[]
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly 'x-problem-codes'?: readonly string[] }>
  >
}
const operations = (): readonly Described[] =>
  Object.values<Record<string, Described>>(document.paths).flatMap((methods) => Object.values(methods))

describe.each(LANGUAGES)('in the language %s', (language) => {
  test('/docs lists every operation of the document', async () => {
    const text = await page('/docs', language)
    for (const { operationId } of operations()) expect(text).toContain(`"/docs/operations/${operationId}"`)
  })

  test('each operation’s page tells its parameters, answers and problem codes', async () => {
    for (const { operationId, parameters = [], responses } of operations()) {
      const text = await page(`/docs/operations/${operationId}`, language)
      for (const { name } of parameters) expect(words(text)).toContain(name)
      for (const [status, answer] of Object.entries(responses)) {
        expect(words(text)).toContain(status)
        for (const code of answer['x-problem-codes'] ?? []) expect(text).toContain(`"/problems/${code}"`)
      }
      expect(text).toContain('curl ')
      expect(text).toContain('delta-gateway/client')
    }
  })

  test('each problem code’s page tells its cause, what to do, and the answer as it comes', async () => {
    for (const code of CODES) {
      const text = main(await page(`/problems/${code}`, language))
      const { title, cause, fix, status } = PROBLEMS[code]
      // An answer is in both languages; the page around it in the reader's alone.
      const around = words(text.replaceAll(/<pre[\s\S]*?<\/pre>/g, ''))
      for (const told of [title, cause, fix]) {
        expect(around).toContain(told[language])
        expect(around.includes(told.zh)).toBe(language === 'zh')
      }
      expect(exampleIn(text)).toMatchObject({ code, status, type: `/problems/${code}` })
    }
  })

  test('each region’s page tells every row of its tables, and why something is lost', async () => {
    for (const adapter of adapters) {
      const text = words(main(await page(`/docs/regions/${adapter.id}`, language)))
      const { application, matter, case: own } = adapter.dialect
      for (const row of [application, matter, own, adapter.window].flatMap((one) => one?.explain() ?? [])) {
        expect(text).toContain(row.canon)
        for (const wire of row.wire) expect(text).toContain(wire)
        if (row.how === 'dropped') expect(text).toContain(row.label || row.rule)
      }
      for (const { name } of adapter.codes ?? []) expect(text).toContain(name)
    }
  })
})

test('operations, their parameters and their good answers are told in both languages', () => {
  const told = operations().flatMap(({ operationId, summary, description, parameters = [], responses }) => [
    [operationId, summary],
    [operationId, description],
    ...parameters.map((one) => [`${operationId} ${one.name}`, one.description]),
    ...Object.entries(responses).flatMap(([status, answer]) =>
      status < '4' ? [[`${operationId} ${status}`, answer.description]] : [],
    ),
  ])
  expect(told.length).toBeGreaterThan(300)
  expect(
    told.filter(
      ([, words = '']) => !/\p{Script=Han}.* · .*[A-Za-z]|^[A-Z][\w ]+\p{Script=Han}* · /u.test(words),
    ),
  ).toEqual([])
})

test('a region’s page marks each operation as its adapter does', async () => {
  const text = await page('/docs/regions/anhui')
  const { marks } = adapters.find(({ id }) => id === 'anhui') ?? { marks: {} }
  for (const [operation, mark] of Object.entries(marks))
    expect(text).toMatch(new RegExp(`<code>${operation}</code></th><td><span class="tag ${mark}">`))
})

test('an example of a problem is what the API answers', async () => {
  const { body } = await gateway.anyone('GET', '/api/v1/cities/1')
  const shown = exampleIn(main(await page('/problems/DIVISION_UNKNOWN')))
  const { instance: _number, facts: _facts, ...told } = body
  expect(shown).toMatchObject(told)
})

test('every link of these pages leads to a page, or to an anchor that is there', async () => {
  const paths = [
    '/docs',
    '/docs/regions',
    '/docs/regions/zhejiang',
    '/docs/operations/fileCase',
    '/problems',
    '/problems/INTERNAL',
  ]
  const seen = new Map<string, string>()
  for (const path of paths) {
    const text = await page(path)
    for (const [, href = ''] of main(text).matchAll(/ href="([^"]+)"/g)) {
      const { pathname, hash, origin } = new URL(href, gateway.url + path)
      expect(origin).toBe(gateway.url)
      if (!seen.has(pathname)) seen.set(pathname, await page(pathname))
      if (hash !== '') expect(seen.get(pathname)).toContain(` id="${hash.slice(1)}"`)
    }
  }
  expect(seen.size).toBeGreaterThan(100)
})

test.each(['/docs/operations/nothing', '/docs/regions/fujian', '/problems/NOTHING', '/problems/toString'])(
  '%s is not there',
  async (path) => {
    expect((await fetch(gateway.url + path)).status).toBe(404)
  },
)
