/** A fifth region and a city that differs, built after their pages to the letter in a copy of the project, and filed into. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksOf, copyProject, type Outcomes, patched } from './following.ts'

const REGION = 'docs/adding-a-region.md'
const CITY = 'docs/adding-a-city.md'
const FOLDERS = ['src/adapters/shili', 'src/adapters/zhejiang/cities']

const region = blocksOf(REGION)
const city = blocksOf(CITY)
/** The steps after which a folder is there and registered, and nothing more. */
const isBeginning = ({ step }: (typeof region)[number]) => /Make the folder$/.test(step)

let copy: ReturnType<typeof copyProject>
interface Seen {
  readonly compiled: string
  readonly tests: Outcomes
}
let red: Seen
let green: Seen

/** What tsc and the tests say, both at once. */
async function look(folders: readonly string[], flows: readonly string[]): Promise<Seen> {
  const [compiled, tests] = await Promise.all([copy.compile(...folders), copy.test(...folders, ...flows)])
  return { compiled, tests }
}

beforeAll(async () => {
  copy = copyProject()
  await copy.follow([...region.filter(isBeginning), ...city.filter(isBeginning)])
  red = await look(FOLDERS, [])
  const rest = [...region, ...city].filter((block) => !isBeginning(block))
  await copy.follow(rest)
  green = await look([...FOLDERS, 'src/sandbox/shili'], ['test/flow'])
}, 300_000)
afterAll(() => copy.remove())

const failed = (tests: Outcomes) => [...tests].flatMap(([name, passed]) => (passed ? [] : [name]))

test('what the commands make compiles at once, and is red for each thing that is missing', () => {
  expect(red.compiled).toBe('')
  expect(failed(red.tests)).toEqual([...red.tests.keys()])
  expect([...red.tests.keys()]).toEqual(
    expect.arrayContaining([
      'codes status: submitted, accepted and completed have their codes',
      'codes idType: it has its codes',
      'mapping matter: one of the documents is read, and written as it was',
      'signature: it is the known answer of the documents',
      'the played region submit: the case is there, and a repetition makes no second one',
      'the played region callback: it is taken, at a path that is named, and says the state',
      '330200, which differs because: it says why',
    ]),
  )
})

test('followed to the end, everything compiles and is green', () => {
  expect(green.compiled).toBe('')
  expect(failed(green.tests)).toEqual([])
  expect([...green.tests.keys()]).toEqual(expect.arrayContaining([...red.tests.keys()]))
})

test('an application in another region’s words is ended over there by a callback, and converted there and back', () => {
  expect(
    green.tests.get('filed in Zhejiang’s words it is corrected, accepted and ended, each time by a callback'),
  ).toBe(true)
  expect(green.tests.get('goes through 示例省’s own words and comes back the same')).toBe(true)
  expect(green.tests.get('writes the note with its mark, as no other city does, and says why')).toBe(true)
})

test('the documentation and the typed client know them', () => {
  expect(copy.read('docs/regions/shili.md')).toContain(
    '| /applicant/kind | applicant/kind | 申请人类型 | coded |',
  )
  expect(copy.read('docs/regions/zhejiang.md')).toContain('[甬]')
  expect(copy.read('src/client/api.ts')).toContain('"anhui" | "shili"')
})

describe('the lines', () => {
  const linesOf = (blocks: typeof region, folder: string, isOwn: (file: string) => boolean) =>
    blocks
      .filter(({ file, language }) => language === 'ts' && file.startsWith(folder) && isOwn(file))
      .reduce((sum, { content }) => sum + content.trimEnd().split('\n').length, 0)
  const isAdapter = (file: string) => !/\/test-|[.]test[.]ts$/.test(file)

  test('of the region are as many as the page says, and under 500', () => {
    const lines = linesOf(region, 'src/adapters/shili/', isAdapter)
    expect(lines).toBeLessThan(500)
    const page = readFileSync(REGION, 'utf8')
    expect(page).toContain(`adapter is ${lines} lines`)
    expect(page).toContain(`knowledge is ${linesOf(region, 'src/adapters/shili/test-', () => true)}`)
    expect(page).toContain(`plays is ${linesOf(region, 'src/sandbox/shili/', () => true)} lines`)
  })
  test('of the city, with its tests, are as many as the page says, and under 80', () => {
    const lines = linesOf(city, 'src/adapters/zhejiang/cities/ningbo/', () => true)
    expect(lines).toBeLessThan(80)
    expect(readFileSync(CITY, 'utf8')).toContain(`counts ${lines} lines`)
  })
})

test('the sandbox shares nothing with the adapter but the words of the schemas', () => {
  const played = region.filter(({ file }) => file.startsWith('src/sandbox/shili/'))
  expect(played).toHaveLength(4)
  const imports = played.flatMap(({ content }) =>
    [...content.matchAll(/from '(\.[^']+)'/g)].map(([, from]) => from),
  )
  expect(
    imports.filter((from) => !/^\.\/|^\.\.\/[\w-]+\.ts$|^\.\.\/\.\.\/schemas\//.test(from ?? '')),
  ).toEqual([])
})

test('lines are added only where the page says what stands before them', () => {
  expect(patched('a\nb\n', ' a\n+x\n')).toBe('a\nx\nb\n')
  expect(patched('a\nb\n', '-a\n+x\n')).toBe('x\nb\n')
  expect(() => patched('a\na\n', ' a\n+x\n')).toThrow('more than once')
  expect(() => patched('b\n', ' a\n+x\n')).toThrow('not there')
})
