/** The tables of a migrated database, as its catalogue has them, against what `src/store/distribution.ts` says of them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '../../src/store/connection.ts'
import { DISTRIBUTION, SEQUENCES } from '../../src/store/distribution.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let sql: ReturnType<typeof pool>
beforeAll(async () => {
  database = await freshDatabase()
  sql = pool(database.url, 1)
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

interface Column {
  readonly table: string
  readonly column: string
  readonly isNullable: boolean
  readonly isNumbered: boolean
}
interface Key {
  readonly table: string
  readonly name: string
  readonly columns: readonly string[]
}

const catalogue = async () => ({
  columns: await sql<Column[]>`
    select table_name as "table", column_name as "column", is_nullable = 'YES' as "isNullable",
      (coalesce(column_default, '') like 'nextval(%' or is_identity = 'YES') as "isNumbered"
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE'`,
  uniques: await sql<Key[]>`
    select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as name,
      coalesce((select jsonb_agg(a.attname) from unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) k
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k), '[]') as columns
    from pg_index i join pg_class c on c.oid = i.indrelid
    where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  foreign: await sql<{ name: string }[]>`
    select conname as name from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
})

type Catalogue = Awaited<ReturnType<typeof catalogue>>

const wrongColumns = ({ columns }: Catalogue): readonly string[] =>
  Object.entries(DISTRIBUTION).flatMap(([table, place]) => {
    if (!('by' in place)) return []
    const found = columns.find((one) => one.table === table && one.column === place.by)
    return found && !found.isNullable ? [] : [`${table}.${place.by} is ${found ? 'nullable' : 'missing'}`]
  })

const wrongKeys = ({ uniques }: Catalogue): readonly string[] =>
  uniques.flatMap(({ table, name, columns }) => {
    const place = DISTRIBUTION[table]
    return place && 'by' in place && !columns.includes(place.by)
      ? [`${name} is unique without ${place.by}`]
      : []
  })

/** All that keeps these tables from being spread. */
async function faults(): Promise<readonly string[]> {
  const found = await catalogue()
  const tables = [...new Set(found.columns.map(({ table }) => table))]
  const listed = Object.keys(DISTRIBUTION)
  const numbered = found.columns
    .filter(({ isNumbered }) => isNumbered)
    .map((one) => `${one.table}.${one.column}`)
  return [
    ...tables.filter((table) => !listed.includes(table)).map((table) => `${table} is not listed`),
    ...listed.filter((table) => !tables.includes(table)).map((table) => `${table} is listed and not there`),
    ...wrongColumns(found),
    ...wrongKeys(found),
    ...found.foreign.map(({ name }) => `${name} is a foreign key`),
    ...numbered.filter((one) => !SEQUENCES.includes(one)).map((one) => `${one} is numbered by a sequence`),
    ...SEQUENCES.filter((one) => !numbered.includes(one)).map((one) => `${one} is numbered by none`),
  ]
}

test('every table can be spread as it is listed', async () => {
  expect(await faults()).toEqual([])
  // A check that looked at nothing would find nothing.
  const { columns, uniques } = await catalogue()
  expect(columns.length).toBeGreaterThan(200)
  expect(uniques.length).toBeGreaterThan(Object.keys(DISTRIBUTION).length - 1)
})

test.each([
  ['a table that nobody listed', 'create table planted (id text)', 'planted is not listed'],
  [
    'a unique key without the column',
    'create unique index planted on cases (source_number)',
    'planted is unique without id',
  ],
  [
    'a unique key of an expression, without the column',
    'create unique index planted on case_events (lower(key))',
    'planted is unique without case_id',
  ],
  [
    'a column that may be null',
    'alter table strays drop constraint strays_region_key_pk, alter column key drop not null',
    'strays.key is nullable',
  ],
  ['a column that is gone', 'alter table drifts drop column case_id', 'drifts.case_id is missing'],
  [
    'a foreign key',
    'alter table case_events add constraint planted foreign key (case_id) references cases (id)',
    'planted is a foreign key',
  ],
  [
    'a sequence',
    'alter table drifts add column planted bigserial',
    'drifts.planted is numbered by a sequence',
  ],
])('%s is found', async (_what, planted, told) => {
  await sql`begin`
  try {
    await sql.unsafe(planted)
    expect(await faults()).toEqual([told])
  } finally {
    await sql`rollback`
  }
})
