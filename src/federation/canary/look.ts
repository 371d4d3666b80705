/** One look of the canary: an answer is asked for with ears of its own, and held against what is known of it. */
import type { Alarm, Heard } from '../../adapters/kit/codes.ts'
import type { RegionLink } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../deps.ts'
import { isSilent } from '../directory/guard.ts'
import type { Connection } from '../directory/regions.ts'
import { driftsOf, type SchemaDrift, type Shape, shapeOf, together } from './shape.ts'

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

/** What is known of an answer: its members, and codes that no table knew from the first. */
interface Known {
  readonly members: Shape
  readonly codes: Readonly<Record<string, readonly string[]>>
}

interface Told extends Known {
  readonly contentAt: string | undefined
  readonly error: GatewayError | undefined
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
  const codes: Record<string, string[]> = {}
  const told = (contentAt: string | undefined, error: GatewayError | undefined): Told => {
    for (const { table, code } of alarms)
      codes[table] = [...new Set([...(codes[table] ?? []), code])].slice(0, 20)
    return { members: shapeOf(documents), codes, contentAt, error }
  }
  try {
    return told(await ask(link), undefined)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return told(undefined, error)
  }
}

/** All that drifts in what was told. Before anything is known there is nothing but what cannot be read. */
function driftsIn(
  told: Told,
  known: (Known & { readonly contentAt: string | null }) | undefined,
  { message, isLoose }: Asking,
): readonly SchemaDrift[] {
  const isEdited = told.contentAt !== undefined && told.contentAt !== (known?.contentAt ?? undefined)
  const shapes =
    known && message ? driftsOf(known.members, told.members, message.schema, { isEdited, isLoose }) : []
  const codes = Object.entries(known ? told.codes : {}).flatMap(([table, all]): readonly SchemaDrift[] => {
    const fresh = all.filter((code) => !known?.codes[table]?.includes(code))
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
  const { subject, answer, division } = asking
  const region = connection.adapter.id
  const row = await deps.store.canary.look({ subject, answer })
  // The column holds what this file wrote there.
  const shape = row?.shape as Known | undefined
  const known =
    row && shape && Object.keys(shape.members).length > 0 ? { ...shape, contentAt: row.contentAt } : undefined
  let found = driftsIn(told, known, asking)
  if (found.length > 0) {
    const again = driftsIn(await hear(asking, connection), known, asking)
    found = found.filter((one) =>
      again.some(({ change, member }) => change === one.change && member === one.member),
    )
  }
  const at = deps.now()
  const { begun, ended } = await deps.store.canary.note({ subject, answer, region, division }, found, at)
  for (const { change, member, before, after } of begun)
    deps.log.error(
      { region, division, subject, answer, change, member, before, after },
      'a region’s document has drifted',
    )
  for (const { change, member } of ended)
    deps.log.info({ region, division, subject, answer, change, member }, 'a region’s document is right again')
  await deps.store.canary.putLook({
    subject,
    answer,
    region,
    division,
    shape: learnt(told, known, found.length > 0, asking.isLoose),
    contentAt: found.length > 0 ? (row?.contentAt ?? null) : (told.contentAt ?? null),
    lookedAt: at,
  })
  return found.length > 0 ? 'drifting' : 'right'
}

/** What is known from now on: nothing is learnt of what drifts or broke off. */
function learnt(told: Told, known: Known | undefined, isDrifting: boolean, isLoose: boolean): Known {
  if (isDrifting || told.error) return { members: known?.members ?? {}, codes: known?.codes ?? {} }
  const members = isLoose && known ? together(known.members, told.members) : told.members
  return { members, codes: isLoose && known ? together(known.codes, told.codes) : told.codes }
}
