import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { parseKeys } from '../federation/keys.ts'
import { initKeys, rotateKeys } from './keys.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-keys-'))
const file = path.join(folder, 'keys.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  rmSync(file, { force: true })
  await initKeys({ values: { out: file }, positionals: [] })
})

const keys = () => parseKeys(readFileSync(file, 'utf8'))
const run = (values: Record<string, string>) => rotateKeys({ values: { file, ...values }, positionals: [] })
const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

test('signing: the next key takes over, another one joins, the old one stays published for its tokens', async () => {
  const before = keys()
  const [used, next] = before.signing
  await run({})
  const after = keys()
  expect(after.signing[0]?.id).toBe(next?.id)
  expect(after.signing).toHaveLength(3)
  expect(after.signing.find(({ id }) => id === used?.id)?.until).not.toBeNull()
  expect([after.sealing, after.index, after.pairwise]).toEqual([
    before.sealing,
    before.index,
    before.pairwise,
  ])
})

test.each(['sealing', 'index'] as const)(
  '%s: a new key comes before the old one, which stays',
  async (kind) => {
    const before = keys()
    await run({ kind })
    const after = keys()
    expect(idsOf(after[kind]).slice(1)).toEqual(idsOf(before[kind]))
    expect(Date.parse(after[kind][0]?.from ?? '')).toBeGreaterThan(Date.now())
    expect([after.pairwise, after.signing]).toEqual([before.pairwise, before.signing])
  },
)

test('the file is replaced as a whole, for its owner alone, and nothing lies beside it', async () => {
  const { ino } = statSync(file)
  await run({ kind: 'index' })
  const { ino: now, mode } = statSync(file)
  expect(now).not.toBe(ino)
  expect(mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['keys.json'])
})

test.each([0o640, 0o604, 0o660])(
  'a file of mode %o, which others can read or write, is refused and not touched',
  async (mode) => {
    const before = readFileSync(file, 'utf8')
    chmodSync(file, mode)
    await expect(run({})).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  },
)

test('of two rotations at once the second fails, and undoes nothing', async () => {
  writeFileSync(`${file}.new`, 'the first one is writing')
  const before = readFileSync(file, 'utf8')
  await expect(run({})).rejects.toThrow(/EEXIST/)
  expect([readFileSync(file, 'utf8'), readFileSync(`${file}.new`, 'utf8')]).toEqual([
    before,
    'the first one is writing',
  ])
  rmSync(`${file}.new`)
})

test.each([
  ['an unknown kind', { kind: 'pairwise' }],
  ['a file that is no JSON', { file: 'README.md' }],
])('%s is refused', async (_name, values) => {
  await expect(run(values)).rejects.toThrow()
})
