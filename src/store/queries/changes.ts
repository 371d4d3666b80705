/** Changing cases: under their row locks, events, what is owed to clients and projections together. */
import { desc, sql } from 'drizzle-orm'
import { GatewayError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import { alarms, cases, nonces } from '../tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'
import { type Ask, byDriver, byDrizzle } from './ask.ts'
import { batches } from './batches.ts'
import { type CaseRow, caseReader, type NewEvent } from './case-rows.ts'
import { applied, type Change, type Written } from './change.ts'
import { type MandateUse, noteUse } from './mandate-uses.ts'
import { giveRating, settleRating } from './ratings.ts'
import { writeChanges } from './write-changes.ts'

/** A nonce of a region's callback, and how long it must be remembered. */
export interface Nonce {
  readonly region: string
  readonly value: string
  readonly until: Date
}

/** One change that is wanted. */
export interface Wanted {
  readonly caseId: string
  /** Key of the event that `decide` appends, and the MAC of what it tells; absent where it appends none. */
  readonly told?: { readonly key: string; readonly contentMac: string }
  /** What becomes of the case; nothing when it stays as it is. Hears the case as it is under its lock. */
  readonly decide: (row: CaseRow) => Change | undefined
  readonly nonce?: Nonce
  /** The mandate on which the change stands, noted with it. */
  readonly use?: MandateUse
  /** The records of the act. */
  readonly accesses?: readonly AccessRow[]
}

/**
 * How a change ended: the row afterwards, and the number of the work that it created. `repeated`: an event with the same key and
 * content is in the timeline already; `conflict`: one with the same key tells something else; `nothing`: `decide` wanted none.
 */
export interface Outcome {
  readonly outcome: 'changed' | 'repeated' | 'conflict' | 'nothing' | 'gone' | 'replayed'
  readonly row: CaseRow | undefined
  readonly number?: number
}

const nonceKey = ({ region, value }: Pick<Nonce, 'region' | 'value'>): string => `${region} ${value}`
const eventKey = (caseId: string, key: string): string => `${caseId} ${key}`

/** Remembers nonces. @returns the requests whose nonce was used before, also by one that stands earlier in the list */
async function usedNonces(ask: Ask, wanted: readonly Wanted[]): Promise<ReadonlySet<Wanted>> {
  const firsts = new Map<string, Wanted>()
  const used = new Set<Wanted>()
  for (const one of wanted) {
    if (!one.nonce) continue
    if (firsts.has(nonceKey(one.nonce))) used.add(one)
    else firsts.set(nonceKey(one.nonce), one)
  }
  if (firsts.size === 0) return used
  // In one order, so that no two transactions wait for each other in a circle.
  const rows = [...firsts.keys()].toSorted().map((key) => firsts.get(key)?.nonce)
  const kept = await ask`
    insert into nonces (region, value, until)
    select region, value, until from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as x (region text, value text, until timestamptz)
    on conflict do nothing returning region, value`
  const fresh = new Set(
    kept.map(({ region, value }) => nonceKey({ region: String(region), value: String(value) })),
  )
  for (const [key, one] of firsts) if (!fresh.has(key)) used.add(one)
  return used
}

/** Locks the cases, in the order of their ids. */
async function lockCases(ask: Ask, wanted: readonly Wanted[]): Promise<Map<string, CaseRow>> {
  const ids = [...new Set(wanted.map(({ caseId }) => caseId))]
  const rows = await ask`
    select c.* from cases c
    where c.id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)) order by c.id for update`
  return new Map(rows.map(caseReader.read).map((row) => [row.id, row]))
}

/** MACs of the events that have these keys already. */
async function knownEvents(ask: Ask, wanted: readonly Wanted[]): Promise<Map<string, string>> {
  const keys = wanted.flatMap(({ caseId, told }) => (told ? [{ case_id: caseId, key: told.key }] : []))
  if (keys.length === 0) return new Map()
  const rows = await ask`
    select e.case_id, e.key, e.content_mac from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as x (case_id text, key text)
    join case_events e on e.case_id = x.case_id and e.key = x.key`
  return new Map(
    rows.map((row) => [eventKey(String(row['case_id']), String(row['key'])), String(row['content_mac'])]),
  )
}

/** Stores work under the next number of its case, which is locked. */
async function owe(ask: Ask, caseId: string, work: NonNullable<Change['work']>): Promise<number> {
  const at = work.at.toISOString()
  const [row] = await ask`
    insert into dispatches (case_id, number, kind, state, work_sealed, attempts, next_attempt_at, created_at, lease_token, lease_until)
    select ${caseId}::text, coalesce(max(number), 0) + 1, ${work.kind}::text, 'pending', ${work.sealed}::bytea, 0, ${at}::timestamptz,
      ${at}::timestamptz, ${work.leaseToken ?? null}::text, ${work.leaseUntil?.toISOString() ?? null}::timestamptz
    from dispatches where case_id = ${caseId} returning number`
  return Number(row?.['number'])
}

/** What a list of changes has led to so far. */
interface Ledger {
  readonly used: ReadonlySet<Wanted>
  readonly rows: Map<string, CaseRow>
  readonly known: Map<string, string>
  readonly written: Written[]
}

/** Decides one change upon what the ones before it left. */
async function decideOne(ask: Ask, one: Wanted, ledger: Ledger): Promise<Outcome> {
  const { caseId, told } = one
  if (ledger.used.has(one)) return { outcome: 'replayed', row: undefined }
  const row = ledger.rows.get(caseId)
  if (!row) return { outcome: 'gone', row }
  const mac = told && ledger.known.get(eventKey(caseId, told.key))
  if (mac !== undefined)
    // An event from before there were MACs is not told apart from its repetition.
    return { outcome: mac === '' || mac === told?.contentMac ? 'repeated' : 'conflict', row }
  const change = one.decide(row)
  if (!change) return { outcome: 'nothing', row }
  const written = applied(row, change)
  ledger.written.push(written)
  ledger.rows.set(caseId, written.after)
  if (told) ledger.known.set(eventKey(caseId, told.key), told.contentMac)
  if (change.rating) await giveRating(ask, caseId, change.rating)
  if (change.settledRating) await settleRating(ask, change.settledRating)
  const number = change.work && (await owe(ask, caseId, change.work))
  return { outcome: 'changed', row: written.after, ...(number === undefined ? {} : { number }) }
}

/** Decides and stores all of it, in the order of the list. */
async function applyAll(ask: Ask, wanted: readonly Wanted[]): Promise<readonly Outcome[]> {
  // They run one after the other, and are sent at once: one way there and back.
  const [used, rows, known] = await Promise.all([
    usedNonces(ask, wanted),
    lockCases(ask, wanted),
    knownEvents(ask, wanted),
  ])
  const ledger: Ledger = { used, rows, known, written: [] }
  const outcomes: Outcome[] = []
  for (const one of wanted) outcomes.push(await decideOne(ask, one, ledger))
  await writeChanges(ask, ledger.written)
  return outcomes
}

/** @throws GatewayError `MANDATE_OVER` */
async function requireLive(tx: Parameters<typeof noteUse>[0], use: MandateUse): Promise<void> {
  if (!(await noteUse(tx, use))) throw new GatewayError('MANDATE_OVER', { mandate: use.mandateId })
}

export function changeQueries({ db, sql: raw }: Database) {
  /** In a transaction of its own. */
  const alone = async (one: Wanted): Promise<Outcome> =>
    db.transaction(async (tx) => {
      if (one.use) await requireLive(tx, one.use)
      const [outcome] = await applyAll(byDrizzle(tx), [one])
      if (!outcome) throw new GatewayError('INTERNAL', { reason: 'no outcome' })
      if (outcome.outcome === 'changed') await appendAccess(tx, one.accesses ?? [])
      return outcome
    })

  const together = batches<Wanted, Outcome>(
    (wanted) => raw.begin((tx) => applyAll(byDriver(tx), wanted)),
    alone,
  )

  /**
   * Locks the case, asks `decide` what becomes of it, and stores event, projection and work in one transaction; changes that come at
   * the same time share one, and the commit that it costs.
   * @throws GatewayError `MANDATE_OVER` when the mandate has ended meanwhile
   */
  const change = (one: Wanted): Promise<Outcome> => (one.use || one.accesses ? alone(one) : together(one))

  /**
   * Stores a case that its region lists, with its first event.
   * @returns the case; nothing when it is there already: of two that list it at once, one stores it
   */
  const begin = (row: CaseRow, change: Change & { readonly event: NewEvent }): Promise<CaseRow | undefined> =>
    db.transaction(async (tx) => {
      const stored = await tx
        .insert(cases)
        .values(row)
        .onConflictDoNothing({ target: cases.id })
        .returning({ id: cases.id })
      if (stored.length === 0) return undefined
      const written = applied(row, change)
      await writeChanges(byDrizzle(tx), [written])
      return written.after
    })

  /** Remembers a nonce. @returns false when it was used before. */
  const useNonce = async (nonce: Nonce): Promise<boolean> =>
    (await db.insert(nonces).values(nonce).onConflictDoNothing().returning({ value: nonces.value }))
      .length === 1

  const raiseAlarms = async (
    region: string,
    raised: readonly { table: string; code: string }[],
    at: Date,
  ): Promise<void> => {
    for (const { table, code } of raised) {
      await db
        .insert(alarms)
        .values({ region, table, code, count: 1, firstAt: at, lastAt: at })
        .onConflictDoUpdate({
          target: [alarms.region, alarms.table, alarms.code],
          set: { count: sql`${alarms.count} + 1`, lastAt: at },
        })
    }
  }

  const listAlarms = async () => db.select().from(alarms).orderBy(alarms.lastAt)

  /** Those that came last, the newest first. */
  const newestAlarms = async (limit: number) =>
    db.select().from(alarms).orderBy(desc(alarms.lastAt)).limit(limit)

  return { change, begin, useNonce, raiseAlarms, listAlarms, newestAlarms }
}
