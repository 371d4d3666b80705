/** The life of one case: filed, moved by the region's clerks, corrected, withdrawn or ended, fetched and rated; both sides agree at each step. */
import fc from 'fast-check'
import { GatewayError } from '../../../src/errors.ts'
import type { SimulatedCase } from '../../../src/sandbox/simulated.ts'
import type { Application } from '../../../src/schemas/application.ts'
import type { CaseStatus } from '../../../src/schemas/case-status.ts'
import { applicationFor, type Shown } from '../application.ts'
import type { Draw } from '../draw.ts'
import { type OnItsWay, onItsWay } from '../filing.ts'
import { agree, agreeInAll, Disagreement } from '../judge.ts'
import { typed } from '../persons.ts'
import type { Reading } from '../readings/reading.ts'
import type { World } from '../world.ts'
import { corrected } from './correction.ts'
import {
  type Act,
  complained,
  givenBack,
  type Life,
  listed,
  readBack,
  refusalOf,
  seen,
  there,
  told,
  written,
} from './life.ts'
import type { Moves } from './moves.ts'
import { rated } from './rating.ts'

export interface CasePlan {
  readonly division: string
  readonly matterCode: string
  readonly moves: Moves
  /** Somebody who has licences to show, and which. */
  readonly applicant?: Application['applicant']
  readonly shown?: Shown
  /** Whether its clerks go straight to the end; where they went least when absent. */
  readonly isToEnd?: boolean
}

export async function caseStory(world: World, reading: Reading, plan: CasePlan, draw: Draw): Promise<void> {
  const { division, matterCode: code, applicant, shown = new Map(), moves, isToEnd = false } = plan
  const matter = await world.link.readMatter({ division, code })
  const application = applicationFor(
    { region: world.id, division, matter, shown, ...(applicant ? { applicant } : {}) },
    draw,
  )
  const sourceNumber = `CSJ${draw(fc.integer({ min: 1, max: 1e9 }))
    .toString(36)
    .toUpperCase()
    .padStart(9, '0')}`
  const way = onItsWay(world, matter, application, sourceNumber)
  const sent = await submitted(world, way, plan)
  if (!sent) return
  const filed = way.asFiled(sent)
  const life: Life = { world, reading, draw, way, filed, moves, isToEnd }
  agreeInAll(
    'application',
    reading.meant(way, application),
    reading.kept(world, filed.caseNumber, written(world)),
  )
  readBack(life)
  await seen(life)
  await listed(life)
  await givenBack(life)
  const steps = draw(fc.integer({ min: 3, max: 9 }))
  for (let step = 0; step < steps; step += 1) if (!(await moved(life))) break
  await ended(life)
}

/**
 * Submits. @returns nothing where somebody of the region's test environment has an open case of the same matter already: the refusal then
 * names that case
 */
async function submitted({ link, region }: World, { filing }: OnItsWay, { applicant, matterCode }: CasePlan) {
  try {
    return await link.submit(filing)
  } catch (error) {
    if (!(applicant && error instanceof GatewayError && error.code === 'DUPLICATE_CASE')) throw error
    const open = region.cases().find(({ number }) => number === error.facts['caseNumber'])
    agree('case that is open', [open?.matterCode, open?.applicant], [matterCode, applicant.name])
    return undefined
  }
}

/** The way to a decision and its delivery, where a region has all of it. */
const AHEAD: readonly CaseStatus[] = [
  'DELIVERED',
  'COMPLETED',
  'APPROVED',
  'ACCEPTED',
  'RECEIVED',
  'PRECHECK_PASSED',
]

/** The move of a clerk that leads to what was met least so far; in a story that is to end, the one that leads there. */
function nextOf({ draw, moves, isToEnd }: Life, { status, next }: SimulatedCase): CaseStatus | undefined {
  moves.learn(status, next)
  const ahead = isToEnd ? AHEAD.find((to) => to !== status && next.includes(to)) : undefined
  const best = moves.best(status)
  if (ahead === undefined && best.length === 0) return undefined
  const to = ahead ?? draw(fc.constantFrom(...best))
  moves.made(to)
  return to
}

/** One move: the applicant's where he is asked or gives up, a clerk's otherwise. @returns false when nothing moves any more */
async function moved(life: Life): Promise<boolean> {
  const { world, draw } = life
  world.pass(draw(fc.integer({ min: 1, max: 3_000 })))
  const now = there(life)
  if (now.status === 'CORRECTION_REQUIRED' || now.status === 'PRECHECK_RETURNED')
    if (draw(fc.constantFrom(true, true, false))) return corrected(life)
  if (
    now.next.includes('WITHDRAWN') &&
    draw(fc.constantFrom(true, ...Array.from({ length: 9 }, () => false)))
  )
    return withdrawn(life)
  const to = nextOf(life, now)
  if (to === undefined) return false
  const opinion = draw(typed(60))
  const act: Act = { to, opinion, ...complaintOf(life) }
  const known = world.events.length
  const { materials, fields } = act
  const asks = to === 'CORRECTION_REQUIRED' || to === 'PRECHECK_RETURNED'
  world.region.advance(life.filed.caseNumber, { to, opinion, ...(asks ? { materials, fields } : {}) })
  await world.region.sendCallbacks()
  const event = world.events[known]
  if (!event) throw new Disagreement(`callback to ${to}: our side did not take it: ${refusalOf(world)}`)
  agree('callbacks of one move', world.events.length, known + 1)
  told(life, event, act)
  const read = await seen(life)
  if (to === 'CORRECTION_REQUIRED') complained('case', read.correction, act)
  return true
}

/** Documents that have files, and entries of the form: one of each at least, where there are any. */
function complaintOf({ world, way, draw }: Life): Pick<Act, 'materials' | 'fields'> {
  const some = (all: readonly string[]) => draw(fc.subarray([...all], { minLength: Math.min(1, all.length) }))
  const documents = way.application.documents.filter(({ uploads }) => uploads !== undefined)
  const names = Object.keys(way.application.form)
  return {
    materials: some(documents.map(({ id }) => id)),
    fields: world.id === 'zhejiang' ? some(names) : [],
  }
}

async function withdrawn(life: Life): Promise<boolean> {
  const { world, draw } = life
  const sent = await world.link.withdraw(life.filed, { reason: draw(typed(100)), at: world.now() })
  agree('withdrawal', sent.status, there(life).status)
  agree('withdrawal', sent.status, 'WITHDRAWN')
  await seen(life)
  return false
}

const DECIDED: ReadonlySet<CaseStatus> = new Set(['COMPLETED', 'DELIVERED', 'DENIED', 'NOT_ACCEPTED'])

/** After a decision its documents are fetched, and the case is rated. */
async function ended(life: Life): Promise<void> {
  const { world, filed, reading, draw } = life
  const read = await seen(life)
  await listed(life)
  if (!DECIDED.has(read.status)) return
  const isFinished = read.status === 'COMPLETED' || read.status === 'DELIVERED'
  if (isFinished || (read.result?.documents.length ?? 0) > 0) {
    const documents = await world.link.readResult(filed, read)
    if (!isFinished) agree('result documents', documents.length > 0, true)
    const kinds = reading.documentsAsked?.(world, written(world)).slice(-documents.length)
    if (kinds)
      agree(
        'result kinds',
        documents.map(({ kind }) => kind),
        kinds,
      )
    for (const { bytes } of documents) agree('result bytes', bytes.subarray(0, 5).toString(), '%PDF-')
  }
  await rated(world, reading, life.filed, draw)
}
