/** One look of the canary: an answer is asked for with ears of its own, and held against what is known of it. */
import type { Alarm, Heard } from '../../adapters/kit/codes.ts'
import type { RegionLink } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { SchemaDriftRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { isSilent } from '../directory/guard.ts'
import type { Connection } from '../directory/regions.ts'
import { driftsOf, type SchemaDrift, type Shape, shapeOf, together, unnamed } from './shape.ts'

/** From how many answers of a kind it is learnt which members a region sends that no table names: they come now and then. */
const LOOKS_TO_LEARN = 30
const MOST_CODES = 20

/** What is asked of a place: harmless, and the same each time. */
export interface Asking {
  /** A matter's id, or region and city. */
  readonly subject: string
  readonly answer: 'list' | 'matter' | 'window' | 'case'
  readonly division: string
  /** What the adapter reads it with; absent where the answer is no document of its own. */
  readonly message?: { readonly name: string; readonly schema: object }
  /** Its documents are of different things: members that are absent say nothing. */
  readonly isLoose: boolean
  /** @returns when the content was last changed, as the region says it, where it does */
  readonly ask: (link: RegionLink) => Promise<string | undefined>
}

export type Looked = 'right' | 'drifting' | 'silent' | 'refused'

/** What one look found: members, and codes that no table knew. */
interface Told {
  readonly members: Shape
  readonly codes: Shape
  readonly contentAt: string | undefined
  readonly error: GatewayError | undefined
}

/** What is kept of an answer when all is right. */
interface Kept {
  readonly members: Shape
  readonly codes: Shape
}

/** What is kept of a region's answers of one kind, whatever they are about: members that the adapter does not name. */
interface Extras {
  readonly members: Shape
  /** How many looks they were learnt from. */
  readonly looks: number
}

/** The document could not be read: all other refusals say nothing of what documents are like. */
const UNREADABLE = ['BODY_INVALID', 'FIELD_UNREADABLE', 'CODE_UNKNOWN', 'REGION_ANSWER_INVALID']

async function hear({ message, ask }: Asking, { listen }: Connection): Promise<Told> {
  const documents: unknown[] = []
  const alarms: Alarm[] = []
  const link = listen({
    push: (...raised) => alarms.push(...raised),
    heard: (one: Heard) => {
      if (one.message === message?.name) documents.push(one.given)
    },
  })
  const told = (contentAt: string | undefined, error: GatewayError | undefined): Told => {
    const codes: Record<string, string[]> = {}
    for (const { table, code } of alarms)
      codes[table] = [...new Set([...(codes[table] ?? []), code])].slice(0, MOST_CODES)
    return { members: shapeOf(documents), codes, contentAt, error }
  }
  try {
    return told(await ask(link), undefined)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return told(undefined, error)
  }
}

/** What an answer is held against. */
interface Before {
  readonly row: { readonly contentAt: string | null } | undefined
  readonly kept: Kept | undefined
  readonly extras: Extras
}

/** All that drifts in what was told. */
function driftsIn(
  told: Told,
  { row, kept, extras }: Before,
  { message, isLoose }: Asking,
): readonly SchemaDrift[] {
  const { schema } = message ?? {}
  const isEdited = told.contentAt !== undefined && told.contentAt !== row?.contentAt
  // While extras are learnt, nobody can say of one that it is new; beside a member that is gone it tells that this was renamed.
  const isLearning = extras.looks < LOOKS_TO_LEARN
  const shapes = schema
    ? driftsOf(told.members, {
        members: kept?.members,
        extras: extras.members,
        schema,
        isEdited,
        isLoose,
      }).filter(
        ({ change }, _at, all) =>
          change !== 'added' || !isLearning || all.some((one) => one.change === 'removed'),
      )
    : []
  const codes = Object.entries(kept ? told.codes : {}).flatMap(([table, all]): readonly SchemaDrift[] => {
    const fresh = all.filter((code) => !kept?.codes[table]?.includes(code))
    return fresh.length === 0 ? [] : [{ change: 'code', member: table, before: '', after: fresh.join(', ') }]
  })
  const found = [...shapes, ...codes]
  if (!told.error || found.length > 0) return found
  const [first] = told.error.errors
  return [
    { change: 'unreadable', member: first?.pointer ?? '', before: '', after: first?.code ?? told.error.code },
  ]
}

type Needs = Pick<Deps, 'store' | 'log' | 'now'>

/** Looks, and looks again before a drift is believed: one answer that broke off is none. What begins or ends is told once. */
export async function lookAt(asking: Asking, connection: Connection, deps: Needs): Promise<Looked> {
  const told = await hear(asking, connection)
  if (told.error && isSilent(told.error)) return 'silent'
  if (told.error && !UNREADABLE.includes(told.error.code)) return 'refused'
  const before = await knownOf(asking, connection.adapter.id, deps)
  let found = driftsIn(told, before, asking)
  if (found.length > 0) {
    const again = driftsIn(await hear(asking, connection), before, asking)
    found = found.filter((one) => again.some((other) => isSame(one, other)))
  }
  await keep(asking, connection.adapter.id, found, deps)
  await learn(asking, connection.adapter.id, told, before, found.length > 0, deps)
  return found.length > 0 ? 'drifting' : 'right'
}

const isSame = (one: SchemaDrift, other: SchemaDrift) =>
  one.change === other.change && one.member === other.member

async function knownOf({ subject, answer }: Asking, region: string, { store }: Needs): Promise<Before> {
  const [row, ofRegion] = await Promise.all([
    store.canary.look({ subject, answer }),
    store.canary.look({ subject: region, answer }),
  ])
  // The column holds what this file wrote there.
  const kept = row?.shape as Kept | undefined
  return {
    row,
    kept: kept && Object.keys(kept.members).length > 0 ? kept : undefined,
    extras: (ofRegion?.shape as Extras | undefined) ?? { members: {}, looks: 0 },
  }
}

/** Takes what drifts of an answer as right from now on: new members are known, and the rest is learnt anew at the next look. */
export async function accept(
  { subject, answer, region, division }: Pick<SchemaDriftRow, 'subject' | 'answer' | 'region' | 'division'>,
  added: readonly string[],
  { store, now }: Pick<Deps, 'store' | 'now'>,
): Promise<void> {
  const row = await store.canary.look({ subject: region, answer })
  const { members, looks } = (row?.shape as Extras | undefined) ?? { members: {}, looks: 0 }
  const known = { ...members, ...Object.fromEntries(added.map((member) => [member, []])) }
  await store.canary.putLook({
    subject: region,
    answer,
    region,
    division,
    shape: { members: known, looks } satisfies Extras,
    contentAt: null,
    lookedAt: now(),
  })
  await store.canary.relearn({ subject, answer }, now())
}

/** Notes what drifts, and says in the log what began and what ended. */
async function keep(
  { subject, answer, division }: Asking,
  region: string,
  found: readonly SchemaDrift[],
  { store, log, now }: Needs,
): Promise<void> {
  const whose = { subject, answer, region, division }
  const { begun, ended } = await store.canary.note(whose, found, now())
  for (const { change, member, before, after } of begun)
    log.error({ ...whose, change, member, before, after }, 'a region’s document has drifted')
  for (const { change, member } of ended)
    log.info({ ...whose, change, member }, 'a region’s document is right again')
}

/** What is known from now on: nothing is learnt of what drifts or broke off. */
async function learn(
  { subject, answer, division, message, isLoose }: Asking,
  region: string,
  told: Told,
  { row, kept, extras }: Before,
  isDrifting: boolean,
  { store, now }: Needs,
): Promise<void> {
  const [isSound, place] = [!isDrifting && !told.error, { answer, region, division, lookedAt: now() }]
  const merge = (one: Shape | undefined, other: Shape) => (isLoose && one ? together(one, other) : other)
  const shape = isSound
    ? { members: merge(kept?.members, told.members), codes: merge(kept?.codes, told.codes) }
    : { members: kept?.members ?? {}, codes: kept?.codes ?? {} }
  const contentAt = isSound ? (told.contentAt ?? null) : (row?.contentAt ?? null)
  await store.canary.putLook({ ...place, subject, shape, contentAt })
  if (!isSound || !message || extras.looks >= LOOKS_TO_LEARN) return
  const members = together(extras.members, unnamed(told.members, message.schema))
  await store.canary.putLook({
    ...place,
    subject: region,
    shape: { members, looks: extras.looks + 1 } satisfies Extras,
    contentAt: null,
  })
}
