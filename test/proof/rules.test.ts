/** The import rules that keep the two sides apart, on a small tree in which they are broken. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'delta-rules-'))
afterAll(() => rmSync(root, { recursive: true }))

const json = (path: string) => `import it from '${path}' with { type: 'json' }\nexport default it\n`
const FILES: Readonly<Record<string, string>> = {
  'tsconfig.json': '{"compilerOptions":{"resolveJsonModule":true,"allowImportingTsExtensions":true}}',
  'package.json': '{"type":"module"}',
  'data/codes.json': '{}',
  'data/holidays.json': '{}',
  'test/vectors/zj.json': '{}',
  'src/schemas/words.ts': 'export const WORDS = {}\n',
  'src/sandbox/zhejiang/table.ts': json('../../../data/codes.json'),
  'src/sandbox/zhejiang/calendar.ts': json('../../../data/holidays.json'),
  'src/sandbox/zhejiang/vectors.ts': json('../../../test/vectors/zj.json'),
  'src/sandbox/zhejiang/borrowed.ts': "export { CODES } from '../../adapters/zhejiang/codes.ts'\n",
  'src/sandbox/zhejiang/roundabout.ts': "export { lent } from '../../lender.ts'\n",
  'src/sandbox/zhejiang/words.ts': "export { WORDS } from '../../schemas/words.ts'\n",
  'src/lender.ts': "export { CODES as lent } from './adapters/zhejiang/codes.ts'\n",
  'src/adapters/zhejiang/codes.ts': 'export const CODES = {}\n',
  'src/adapters/zhejiang/table.ts': json('../../../data/codes.json'),
  'src/adapters/zhejiang/played.ts': "export { WORDS } from '../../sandbox/zhejiang/words.ts'\n",
}

test('a table that both sides would read is refused, however it comes', () => {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  const config = resolve('.dependency-cruiser.mjs')
  const told = spawnSync(
    process.execPath,
    [
      resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      config,
      '--output-type',
      'json',
      'src',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  const { violations } = JSON.parse(told.stdout).summary as {
    violations: readonly { from: string; to: string; rule: { name: string } }[]
  }
  const found = violations
    .map(({ from, to, rule }) => `${from} ${rule.name} ${to}`)
    .filter((one) => /share|judges|reach/.test(one))
  expect(found.toSorted()).toEqual([
    'src/adapters/zhejiang/played.ts adapters-reach-no-sandbox src/sandbox/zhejiang/words.ts',
    'src/adapters/zhejiang/table.ts adapters-share-no-table data/codes.json',
    'src/sandbox/zhejiang/borrowed.ts sandbox-judges-alone src/adapters/zhejiang/codes.ts',
    'src/sandbox/zhejiang/borrowed.ts sandbox-reaches-no-adapter src/adapters/zhejiang/codes.ts',
    'src/sandbox/zhejiang/roundabout.ts sandbox-judges-alone src/lender.ts',
    'src/sandbox/zhejiang/roundabout.ts sandbox-reaches-no-adapter src/adapters/zhejiang/codes.ts',
    'src/sandbox/zhejiang/table.ts sandbox-shares-no-table data/codes.json',
    'src/sandbox/zhejiang/vectors.ts sandbox-shares-no-table test/vectors/zj.json',
  ])
})
