/** Cases and their timeline. The hot statements are written out: one round trip each. */
import { and, desc, eq, gt, inArray, isNull, like, lt, or } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { caseDocuments, cases, ledgers } from '../tables.ts'
import type { AccessRow } from './accesses.ts'
import { isOf, ofParty, type Party } from './case-party.ts'
import { type CaseRow, CITY_CODE, caseReader, type EventRow, eventReader } from './case-rows.ts'
import { isInStage, type Stage, type StageStatuses } from './case-stages.ts'
import { caseFinder } from './find-cases.ts'

export type DocumentRow = typeof caseDocuments.$inferSelect

/** All that one filing leaves behind. */
export interface FilingRows {
  readonly case: CaseRow
  /** Its first event. */
  readonly event: EventRow
  readonly ledger: { readonly id: string; readonly json: string }
  readonly work: Buffer
  readonly leaseToken: string
  readonly leaseUntil: Date
  readonly idempotency: { readonly key: string; readonly requestDigest: string }
  readonly access: AccessRow
  /** The person who files under `case.mandateId`. */
  readonly receiverId?: string
}

/** How a filing ended: stored, under a key that was in use, or on a mandate that was over. */
export type Filed = 'stored' | 'taken' | 'mandateOver'

/** Handled where a token is for. A district's first four digits are its city's; Shanghai is one city. */
const isWithin = ({ region, division }: { readonly region: string; readonly division?: string }) =>
  and(
    eq(cases.region, region),
    division && region !== 'shanghai' ? like(cases.division, `${division.slice(0, 4)}%`) : undefined,
  )

/** Further on in a list whose newest change comes first. */
const isBefore = ({ changedAt, id }: { readonly changedAt: Date; readonly id: string }) =>
  or(lt(cases.changedAt, changedAt), and(eq(cases.changedAt, changedAt), lt(cases.id, id)))

export function caseQueries({ db, sql: raw }: Database) {
  /**
   * Stores case, first event, ledger, dispatch, access record, idempotency key and the use of the mandate, or nothing. The mandate is
   * locked first: a revocation that is under way is waited for, and then nothing is stored.
   */
  const insertFiling = async (rows: FilingRows): Promise<Filed> => {
    const c = rows.case
    const e = rows.event
    const a = rows.access
    const now = c.asOf.toISOString()
    const mandate = c.mandateId === null ? undefined : { id: c.mandateId, receiverId: rows.receiverId ?? '' }
    const [done] = await raw`
      with m as (${
        mandate
          ? raw`
        select id from mandates where id = ${mandate.id} and receiver_id = ${mandate.receiverId} and accepted_at is not null
          and declined_at is null and revoked_at is null and valid_from <= ${now} and valid_until > ${now} for share`
          : raw`select null as id`
      }), k as (
        insert into idempotency_keys (client_id, key, request_digest, case_id, created_at)
        select ${c.clientId}, ${rows.idempotency.key}, ${rows.idempotency.requestDigest}, ${c.id}, ${now} from m
        on conflict do nothing returning case_id
      ), l as (
        insert into ledgers (id, document) select ${rows.ledger.id}, ${rows.ledger.json}::text::jsonb from k on conflict do nothing
      ), c as (
        insert into cases (id, client_id, region, division, source_division, matter_id, matter_version, matter_name, source_number,
          holder_key, mandate_id, status, applied_at, version, sequence, outbox_tx, head_digest, changed_at, as_of, filed_sealed, ledger_id, dispatch_state, dispatch_attempts)
        select ${c.id}, ${c.clientId}, ${c.region}, ${c.division}, ${c.sourceDivision}, ${c.matterId}, ${c.matterVersion}, ${c.matterName},
          ${c.sourceNumber}, ${c.holderKey}, ${c.mandateId}, ${c.status}, ${c.appliedAt.toISOString()}, 1, 1, pg_current_xact_id(), ${e.digest}, ${now}, ${now}, ${c.filedSealed}, ${rows.ledger.id}, 'pending', 0
        from k
      ), e as (
        insert into case_events (case_id, sequence, id, key, type, status, occurred_at, received_at, via, late, content_mac, digest)
        select ${c.id}, 1, ${e.id}, ${e.key}, ${e.type}, ${e.status}, ${now}, ${now}, ${e.via}, false, ${e.contentMac}, ${e.digest} from k
      ), o as (
        insert into outbox (client_id, case_id, sequence, type) select ${c.clientId}, ${c.id}, 1, ${e.type} from k
      ), d as (
        insert into dispatches (case_id, number, kind, state, work_sealed, attempts, next_attempt_at, lease_token, lease_until, created_at)
        select ${c.id}, 1, 'submit', 'pending', ${rows.work}, 0, ${now}, ${rows.leaseToken}, ${rows.leaseUntil.toISOString()}, ${now} from k
      ), a as (
        select append_access(${a.holderKey}, ${a.clock}, ${a.id}, ${a.at.toISOString()}, ${a.mac}, ${JSON.stringify(a.record)}::text::jsonb) from k
      ), u as (
        insert into mandate_uses (mandate_id, client_id, act, matter_id, case_id, at)
        select m.id, ${c.clientId}, 'file', ${c.matterId}, ${c.id}, ${now} from k, m where m.id is not null
      )
      select (select count(*) from m)::int as live, (select count(*) from k)::int as stored, (select count(*) from a)::int as recorded`
    if (done?.['live'] !== 1) return 'mandateOver'
    return done['stored'] === 1 ? 'stored' : 'taken'
  }

  const columns = raw.unsafe(caseReader.columns)
  const eventColumns = raw.unsafe(eventReader.columns)

  const read = async (id: string): Promise<CaseRow | undefined> => {
    const [row] = await raw`select ${columns} from cases c where c.id = ${id}`
    return row && caseReader.read(row)
  }

  /** A case of one party; another's is not told apart from none. */
  const readOwn = async (id: string, party: Party): Promise<CaseRow | undefined> => {
    const row = await read(id)
    return row && isOf(party, row) ? row : undefined
  }

  /** Finds the case that a region speaks of, by any of its names. */
  const find = caseFinder({ sql: raw })
  /** Finds all cases that a region may speak of in one list, by any of their keys. */
  const findAll = async (
    region: string,
    keys: {
      readonly caseNumbers: readonly string[]
      readonly caseKeys: readonly string[]
      readonly sourceNumbers: readonly string[]
    },
  ): Promise<readonly CaseRow[]> => {
    const either = [
      [cases.caseNumber, keys.caseNumbers] as const,
      [cases.caseKey, keys.caseKeys] as const,
      [cases.sourceNumber, keys.sourceNumbers] as const,
    ].flatMap(([column, values]) => (values.length > 0 ? [inArray(column, [...values])] : []))
    if (either.length === 0) return []
    return db
      .select()
      .from(cases)
      .where(and(eq(cases.region, region), or(...either)))
  }

  /** Matters of a person's applications that a region may have already, while nobody here knows its number for them. */
  const unnumbered = async (
    holderKeys: readonly string[],
    region: string,
  ): Promise<readonly { readonly matterId: string; readonly matterVersion: number }[]> =>
    db
      .select({ matterId: cases.matterId, matterVersion: cases.matterVersion })
      .from(cases)
      .where(
        and(
          inArray(cases.holderKey, [...holderKeys]),
          eq(cases.region, region),
          isNull(cases.caseNumber),
          eq(cases.dispatchState, 'pending'),
        ),
      )
      .limit(1_000)

  /** A party's cases, newest change first; `before` is the cursor, `within` the place that the token is for. */
  const listOwn = async (
    party: Party,
    filter: {
      status?: readonly string[]
      stage?: { readonly is: Stage; readonly statuses: StageStatuses }
      division?: string
      /** Six digits each: cases that these cities and their districts handle. */
      cities?: readonly string[]
      updatedSince?: Date
      before?: { changedAt: Date; id: string }
      within?: { readonly region: string; readonly division?: string }
      limit: number
    },
  ): Promise<readonly CaseRow[]> =>
    db
      .select()
      .from(cases)
      .where(
        and(
          ofParty(party),
          filter.within ? isWithin(filter.within) : undefined,
          filter.status ? inArray(cases.status, [...filter.status]) : undefined,
          filter.stage ? isInStage(filter.stage.is, filter.stage.statuses) : undefined,
          filter.division ? eq(cases.division, filter.division) : undefined,
          filter.cities
            ? inArray(
                CITY_CODE,
                filter.cities.map((city) => city.slice(0, 4)),
              )
            : undefined,
          filter.updatedSince ? gt(cases.changedAt, filter.updatedSince) : undefined,
          filter.before ? isBefore(filter.before) : undefined,
        ),
      )
      .orderBy(desc(cases.changedAt), desc(cases.id))
      .limit(filter.limit)

  /**
   * A page of a timeline, oldest first. Sequences have no gaps, so the page says where it ends: without that PostgreSQL, to which a
   * case has a handful of events, would read a long timeline to its end and sort it for each page.
   */
  const events = async (caseId: string, after: number, limit: number): Promise<readonly EventRow[]> => {
    const rows = await raw`
      select ${eventColumns} from case_events e
      where e.case_id = ${caseId} and e.sequence > ${after} and e.sequence <= ${after + limit} order by e.sequence`
    return rows.map(eventReader.read)
  }

  /** All cases in the order of their ids, a page at a time: for whoever looks through the whole store. */
  const page = async (after: string, limit: number): Promise<readonly CaseRow[]> =>
    db.select().from(cases).where(gt(cases.id, after)).orderBy(cases.id).limit(limit)

  /** Writes what the timeline makes of a row. @returns false when the row has changed since it was read */
  const mend = async ({ id, version }: CaseRow, made: CaseRow): Promise<boolean> => {
    const { status, rawCode, rawLabel, acceptedAt, dueAt, completedAt, regionAt } = made
    const { openSealed, sequence, headDigest, caseNumber, caseKey } = made
    const told = { status, rawCode, rawLabel, acceptedAt, dueAt, completedAt, regionAt }
    const rows = await db
      .update(cases)
      .set({ ...told, openSealed, sequence, headDigest, caseNumber, caseKey, version: version + 1 })
      .where(and(eq(cases.id, id), eq(cases.version, version)))
      .returning({ id: cases.id })
    return rows.length === 1
  }

  /** The newest sequence of each of these cases. */
  const heads = async (
    ids: readonly string[],
  ): Promise<readonly { readonly caseId: string; readonly sequence: number }[]> =>
    db
      .select({ caseId: cases.id, sequence: cases.sequence })
      .from(cases)
      .where(inArray(cases.id, [...ids]))

  const ledger = async (id: string): Promise<unknown> =>
    (await db.select().from(ledgers).where(eq(ledgers.id, id)).limit(1))[0]?.document

  const putLedger = async (id: string, document: unknown): Promise<void> => {
    await db.insert(ledgers).values({ id, document }).onConflictDoNothing()
  }

  const putDocuments = async (rows: readonly DocumentRow[]): Promise<void> => {
    if (rows.length > 0)
      await db
        .insert(caseDocuments)
        .values([...rows])
        .onConflictDoNothing()
  }

  const documents = async (caseId: string, kind?: string): Promise<readonly DocumentRow[]> =>
    db
      .select()
      .from(caseDocuments)
      .where(and(eq(caseDocuments.caseId, caseId), kind ? eq(caseDocuments.kind, kind) : undefined))
      .orderBy(caseDocuments.number)

  /** How many there are, for whoever goes through all of them. */
  const count = async (): Promise<number> => db.$count(cases)

  /** Notes that cases were looked at and nothing was new. */
  const touchAll = async (ids: readonly string[], asOf: Date): Promise<void> => {
    if (ids.length > 0)
      await db
        .update(cases)
        .set({ asOf })
        .where(inArray(cases.id, [...ids]))
  }

  return {
    insertFiling,
    touchAll,
    findAll,
    unnumbered,
    read,
    readOwn,
    find,
    listOwn,
    events,
    page,
    count,
    mend,
    heads,
    ledger,
    putLedger,
    putDocuments,
    documents,
  }
}
