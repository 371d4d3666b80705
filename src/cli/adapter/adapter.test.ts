/** What `delta adapter` refuses; what it makes is built and filed into by `test/docs/adding-a-region.test.ts`. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { newCity } from './city.ts'
import { newAdapter } from './new.ts'

const FUJIAN = { zh: '福建省', division: '350000' }

test.each([
  ['Fujian', FUJIAN, 'ID'],
  ['../fujian', FUJIAN, 'ID'],
  ['', FUJIAN, 'ID'],
  ['kit', FUJIAN, 'ID'],
  ['fujian', { ...FUJIAN, division: '350100' }, '--division'],
  ['fujian', { ...FUJIAN, division: '330000' }, '--division'],
  ['fujian', { zh: '福建省' }, '--division'],
  ['fujian', { ...FUJIAN, zh: "'+process.exit()+'" }, '--zh'],
  ['fujian', { division: '350000' }, '--zh'],
  ['fujian', { ...FUJIAN, en: '福建' }, '--en'],
])('a region %j with %j is refused for %s, and nothing is written', async (id, values, option) => {
  const refusal = { code: 'CONFIGURATION_INVALID', facts: { option } }
  await expect(newAdapter({ values, positionals: [id] })).rejects.toMatchObject(refusal)
  expect(existsSync('src/adapters/fujian')).toBe(false)
})

test.each(['', '310000', '330000', '350100', '33020'])('a city %j is refused', async (division) => {
  const refusal = { code: 'CONFIGURATION_INVALID', facts: { option: 'DIVISION' } }
  await expect(newCity({ values: {}, positionals: [division] })).rejects.toMatchObject(refusal)
})

test('a folder that is there is not overwritten', async () => {
  const before = readFileSync('src/adapters/zhejiang/codes.ts', 'utf8')
  const values = { zh: '浙江省', division: '330000' }
  const refusal = { facts: { folder: 'src/adapters/zhejiang', reason: 'is there already' } }
  await expect(newAdapter({ values, positionals: ['zhejiang'] })).rejects.toMatchObject(refusal)
  expect(readFileSync('src/adapters/zhejiang/codes.ts', 'utf8')).toBe(before)
})
