/** The index of what regions hold of a person, and the pictures of a sitting. */
import { and, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Database } from '../connection.ts'
import { type HoldingKind, holdingAnswers, holdings, pictures } from '../holding-tables.ts'
import { type AccessRow, appendAccess } from './accesses.ts'

export type HoldingRow = typeof holdings.$inferSelect
export type AnswerRow = typeof holdingAnswers.$inferSelect
export type { HoldingKind } from '../holding-tables.ts'

/** The answers of some places to one question. */
export interface AnswersOf {
  readonly personId: string
  readonly kind: HoldingKind
  readonly places: readonly string[]
  readonly rows: readonly Omit<HoldingRow, 'goneAt'>[]
  /** When the question was asked: of two answers of a place the one counts that was asked for later, whenever it came. */
  readonly askedAt: Date
}

/** Rows of one statement: a statement takes 65,535 values. */
const ROWS_AT_ONCE = 1_000

/** The database, or a transaction of it. */
type Executor = Pick<Database['db'], 'execute' | 'select'>

/** The places whose newer answer is not there yet. One answer about a person is taken in after another. */
async function placesToKeep(
  tx: Executor,
  { personId, kind, places, askedAt }: AnswersOf,
): Promise<ReadonlySet<string>> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${personId} ${kind}`}, 0))`)
  const newer = await tx
    .select({ place: holdingAnswers.place })
    .from(holdingAnswers)
    .where(
      and(
        eq(holdingAnswers.personId, personId),
        eq(holdingAnswers.kind, kind),
        inArray(holdingAnswers.place, [...places]),
        gt(holdingAnswers.asOf, askedAt),
      ),
    )
  const known = new Set(newer.map(({ place }) => place))
  return new Set(places.filter((place) => !known.has(place)))
}

export function holdingQueries({ db }: Database) {
  const ofPerson = (personId: string, kind: HoldingKind) =>
    and(eq(holdings.personId, personId), eq(holdings.kind, kind))
  return {
    /**
     * Takes answers in with the record of the look. What a place had named before and does not name any more is marked as gone; what it
     * names again keeps its id. An answer that comes after a newer one of its place changes nothing.
     */
    keep: async (answers: AnswersOf, accesses: readonly AccessRow[]): Promise<void> =>
      db.transaction(async (tx) => {
        await appendAccess(tx, accesses)
        const { personId, kind, askedAt } = answers
        if (answers.places.length === 0) return
        const places = await placesToKeep(tx, answers)
        if (places.size === 0) return
        await tx
          .update(holdings)
          .set({ goneAt: askedAt })
          .where(and(ofPerson(personId, kind), inArray(holdings.place, [...places]), isNull(holdings.goneAt)))
        const rows = answers.rows.filter(({ place }) => places.has(place))
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
          await tx
            .insert(holdings)
            .values(rows.slice(from, from + ROWS_AT_ONCE))
            .onConflictDoUpdate({
              target: [holdings.personId, holdings.kind, holdings.place, holdings.key],
              set: { sealed: sql`excluded.sealed`, asOf: sql`excluded.as_of`, goneAt: null },
            })
        await tx
          .insert(holdingAnswers)
          .values([...places].map((place) => ({ personId, kind, place, asOf: askedAt })))
          .onConflictDoUpdate({
            target: [holdingAnswers.personId, holdingAnswers.kind, holdingAnswers.place],
            set: { asOf: askedAt },
          })
      }),
    /** What is known of a person now, and when each place last answered. */
    known: async (
      personId: string,
      kind: HoldingKind,
    ): Promise<{ readonly rows: readonly HoldingRow[]; readonly answers: readonly AnswerRow[] }> => {
      const [rows, answers] = await Promise.all([
        db
          .select()
          .from(holdings)
          .where(and(ofPerson(personId, kind), isNull(holdings.goneAt)))
          .orderBy(holdings.firstAt, holdings.id),
        db
          .select()
          .from(holdingAnswers)
          .where(and(eq(holdingAnswers.personId, personId), eq(holdingAnswers.kind, kind))),
      ])
      return { rows, answers }
    },
    /** One of a person's own. */
    readOwn: async (personId: string, kind: HoldingKind, id: string): Promise<HoldingRow | undefined> =>
      (
        await db
          .select()
          .from(holdings)
          .where(and(ofPerson(personId, kind), eq(holdings.id, id), isNull(holdings.goneAt)))
          .limit(1)
      )[0],
    /** Some of a person's own, of either kind. */
    readSome: async (personId: string, ids: readonly string[]): Promise<readonly HoldingRow[]> =>
      ids.length === 0
        ? []
        : db
            .select()
            .from(holdings)
            .where(
              and(eq(holdings.personId, personId), inArray(holdings.id, [...ids]), isNull(holdings.goneAt)),
            ),
    /** Adds a photo that was taken here, with its record. @returns false when its person keeps `atMost` of them already */
    add: async (row: HoldingRow, atMost: number, accesses: readonly AccessRow[]): Promise<boolean> =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${row.personId} own`}, 0))`)
        const kept = await tx.$count(
          holdings,
          and(ofPerson(row.personId, row.kind), isNull(holdings.region), isNull(holdings.goneAt)),
        )
        if (kept >= atMost) return false
        await appendAccess(tx, accesses)
        await tx.insert(holdings).values(row)
        return true
      }),
    /** Lets one go that the gateway keeps itself. @returns false when there is none */
    drop: async (personId: string, id: string, now: Date, accesses: readonly AccessRow[]): Promise<boolean> =>
      db.transaction(async (tx) => {
        const gone = await tx
          .update(holdings)
          .set({ goneAt: now })
          .where(
            and(
              ofPerson(personId, 'photo'),
              eq(holdings.id, id),
              isNull(holdings.region),
              isNull(holdings.goneAt),
            ),
          )
          .returning({ id: holdings.id })
        if (gone.length === 0) return false
        await appendAccess(tx, accesses)
        await tx.delete(pictures).where(and(eq(pictures.personId, personId), eq(pictures.holdingId, id)))
        return true
      }),
    picture: async (personId: string, holdingId: string, now: Date): Promise<Buffer | undefined> =>
      (
        await db
          .select({ sealed: pictures.sealed })
          .from(pictures)
          .where(
            and(eq(pictures.personId, personId), eq(pictures.holdingId, holdingId), gt(pictures.until, now)),
          )
          .limit(1)
      )[0]?.sealed,
    putPicture: async (row: typeof pictures.$inferInsert): Promise<void> =>
      void (await db
        .insert(pictures)
        .values(row)
        .onConflictDoUpdate({
          target: [pictures.personId, pictures.holdingId],
          set: { sealed: row.sealed, until: row.until },
        })),
    /** Forgets pictures whose minutes are over. */
    forget: async (now: Date): Promise<void> =>
      void (await db.delete(pictures).where(lt(pictures.until, now))),
  }
}
