/** One person for each document, whatever region names them; sealed in the database, and found after keys rotate. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideConflict, openConflicts } from '../../src/federation/identity/conflicts.ts'
import { contentOf, personFor } from '../../src/federation/identity/persons.ts'
import { parseKeys, rotate } from '../../src/federation/keys.ts'
import type { RegionId } from '../../src/schemas/regions.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const ID = { type: '111', number: '310101190001010011' }
const OTHER = { type: '111', number: '320102190102020022' }
const from = (region: RegionId, name: string, idDocument = ID, subjectKey: string = crypto.randomUUID()) =>
  personFor({ name, idDocument }, 'person', { region, subjectKey }, gateway.gateway.deps)
/** The command line, beside the running gateway. */
const command = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['src/cli/main.ts', ...words], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: gateway.databaseUrl, DATA_DIR: gateway.dataDir },
  }).stdout
const rows = async (statement: string) => {
  const sql = pool(gateway.databaseUrl, 1)
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

test('two regions that name one number lead to one person, and another number to another', async () => {
  const first = await from('shanghai', '测试甲')
  expect(await from('anhui', '测试甲')).toBe(first)
  expect(await from('jiangsu', '测试甲', OTHER)).not.toBe(first)
  expect(await contentOf(first, gateway.gateway.deps)).toEqual({ name: '测试甲', idDocument: ID })
})

test('many at once who name a new number lead to one person', async () => {
  const document = { type: '414', number: 'E11111111' }
  const found = await Promise.all(Array.from({ length: 20 }, () => from('zhejiang', 'TEST PERSON', document)))
  expect(new Set(found).size).toBe(1)
})

describe('another name for a known number', () => {
  const document = { type: '111', number: '340103190304040048' }
  const conflicts = () => openConflicts({ account: 'tester' }, gateway.gateway.deps)

  test('is not merged: a person must decide, and is asked once for each account', async () => {
    await from('anhui', '测试丁', document)
    for (let time = 0; time < 3; time += 1)
      await expect(from('shanghai', '测试丁丁', document, 'the-account')).rejects.toMatchObject({
        code: 'IDENTITY_CONFLICT',
        facts: { region: 'shanghai', decision: 'open' },
      })
    expect(await conflicts()).toHaveLength(1)
  })

  test('logs in after it was decided that both are one, with that account alone', async () => {
    const [open] = await conflicts()
    expect(open).toMatchObject({ region: 'shanghai', known: '测试丁', other: '测试丁丁' })
    expect(command('identity', 'decide', '--id', open?.id ?? '', '--as', 'same')).toContain(
      'logs in from now on',
    )
    expect(command('identity', 'conflicts').trim()).toBe('')
    const person = await from('anhui', '测试丁', document)
    expect(await from('shanghai', '测试丁丁', document, 'the-account')).toBe(person)
    await expect(from('shanghai', '测试丁丁', document, 'another-account')).rejects.toMatchObject({
      code: 'IDENTITY_CONFLICT',
    })
  })

  test('stays out when it was decided that they are two', async () => {
    const [open] = await conflicts()
    await decideConflict(open?.id ?? '', 'other', gateway.gateway.deps)
    await expect(decideConflict(open?.id ?? '', 'same', gateway.gateway.deps)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(from('shanghai', '测试丁丁', document, 'another-account')).rejects.toMatchObject({
      facts: { decision: 'other' },
    })
  })
})

test.each([
  ['no document', undefined, 'REAL_NAME_REQUIRED'],
  ['a wrong check digit', { type: '111', number: '310101190001010012' }, 'IDENTITY_INVALID'],
  ['a birthday in the future', { type: '111', number: '310101209901010018' }, 'IDENTITY_INVALID'],
])('a person with %s is refused', async (_name, idDocument, code) => {
  await expect(
    personFor(
      { name: '测试', ...(idDocument ? { idDocument } : {}) },
      'person',
      { region: 'shanghai', subjectKey: 'x' },
      gateway.gateway.deps,
    ),
  ).rejects.toMatchObject({ code })
})

test('no number and no name stands readable in any table or log', async () => {
  await from('shanghai', '测试甲')
  const [all] = await rows(
    `select string_agg(format('select %L as t, row_to_json(x)::text as row from %I x', table_name, table_name), ' union all ') as tables
     from information_schema.tables where table_schema = 'public'`,
  )
  const everything = (await rows(String(all?.['tables']))).map((one) => String(one['row'])).join('\n')
  expect(everything).toContain('per_')
  // What is sealed is shown in hexadecimal: the plain bytes would be seen there too.
  for (const secret of [ID.number, '测试甲', OTHER.number]) {
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(Buffer.from(secret).toString('hex'))
    expect(JSON.stringify(gateway.told)).not.toContain(secret)
  }
})

test('after the sealing and the index key rotated everybody is found and opened as before', async () => {
  const before = await from('shanghai', '测试甲')
  const file = path.join(gateway.dataDir, 'keys.json')
  // A rotation from long ago: its new keys are in force at once.
  const ago = new Date(Date.now() - 3_600_000)
  let keys = parseKeys(readFileSync(file, 'utf8'))
  for (const kind of ['sealing', 'index'] as const) keys = await rotate(keys, kind, ago)
  writeFileSync(file, JSON.stringify(keys))
  await gateway.gateway.refreshKeys()

  expect(await from('anhui', '测试甲')).toBe(before)
  expect(await contentOf(before, gateway.gateway.deps)).toMatchObject({ idDocument: ID })
  const young = { type: '414', number: 'E22222222' }
  const added = await from('anhui', 'NEW PERSON', young)
  expect(await from('jiangsu', 'NEW PERSON', young)).toBe(added)
  const keyIds = await rows(
    `select distinct convert_from(substr(sealed, 2, get_byte(sealed, 0)), 'UTF8') as id from persons order by 1`,
  )
  expect(keyIds.map(({ id }) => id).toSorted()).toEqual(keys.sealing.map(({ id }) => id).toSorted())
})
