/** The life of one case: filed, moved by the region's clerks, corrected, withdrawn or ended, fetched and rated; both sides agree at each step. */
import fc from 'fast-check'
import type { FiledCase, RegionalEvent } from '../../../src/adapters/kit/contract.ts'
import type { SimulatedCase } from '../../../src/sandbox/simulated.ts'
import type { Application } from '../../../src/schemas/application.ts'
import type { RegionalCase } from '../../../src/schemas/case.ts'
import type { CaseStatus } from '../../../src/schemas/case-status.ts'
import { applicationFor, formOf, type Shown, uploadFor } from '../application.ts'
import type { Draw } from '../draw.ts'
import { type Changed, type OnItsWay, onItsWay } from '../filing.ts'
import { agree, agreeInAll, Disagreement } from '../judge.ts'
import { typed } from '../persons.ts'
import { instant, type Reading } from '../readings/reading.ts'
import { type Reader, readerOf } from '../tables.ts'
import type { World } from '../world.ts'
import type { Moves } from './moves.ts'
import { rated } from './rating.ts'

/** What is looked after while a case lives. */
interface Life {
  readonly world: World
  readonly reading: Reading
  readonly draw: Draw
  readonly way: OnItsWay
  filed: FiledCase
  readonly moves: Moves
  readonly isToEnd: boolean
}

const written = (world: World): Reader => readerOf(world.id, world.ledger, 'written')
const heard = (world: World): Reader => readerOf(world.id, world.ledger, 'read')

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
  const sent = await world.link.submit(way.filing)
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

/** What our side wrote it reads again: the same words out of the same codes. */
function readBack({ world, reading, way, filed }: Life): void {
  const { matter, sourceNumber, filing, application } = way
  const context = { matter, options: world.config.options, sourceNumber, appliedAt: filing.appliedAt }
  const back = world.adapter.dialect.application.read(filing.wire, context)
  // An entry of a form that was left empty is none.
  const form = Object.fromEntries(Object.entries(application.form).filter(([, value]) => value !== ''))
  const without = Object.fromEntries(Object.entries(back.form).filter(([, value]) => value !== ''))
  agreeInAll(
    'application read back',
    reading.meant(way, { ...application, form }),
    reading.meant(way, { ...back, form: without }),
  )
  reading.kept(world, filed.caseNumber, heard(world))
}

const there = ({ world, filed }: Life): SimulatedCase => {
  const found = world.region.cases().find(({ number }) => number === filed.caseNumber)
  if (!found) throw new Disagreement(`case: the region has no ${filed.caseNumber}`)
  return found
}

/** The case as our side reads it is the case as the region's clerks see it. */
async function seen(life: Life): Promise<RegionalCase> {
  const { world, reading, filed, way } = life
  const read = await world.link.readCase(filed)
  const theirs = there(life)
  agree('case status', read.status, theirs.status)
  agree('case status by the contract', read.status, reading.stateIn(world, heard(world)))
  const decision = reading.decisionIn(world, read.status, heard(world))
  if (decision !== undefined) agree('case decision', read.result?.decision, decision)
  agree('case number', read.caseNumber, theirs.number)
  agree('case matter', read.matterCode, theirs.matterCode)
  agree('case applicant', read.applicantName ?? theirs.applicant, way.application.applicant.name)
  const source = reading.sourceNumber?.(way.sourceNumber) ?? way.sourceNumber
  agree('case source number', read.sourceNumber ?? source, source)
  agree('case updated', read.updatedAt, instant(theirs.updatedAt))
  agree('case last step', read.steps?.at(-1)?.status ?? theirs.status, theirs.status)
  life.filed = { ...life.filed, status: read.status }
  return read
}

/** A file that was handed in comes back byte for byte. */
async function givenBack({ world, reading, filed, draw }: Life): Promise<void> {
  const files = reading.files(world, filed.caseNumber)
  if (files.length === 0) return
  const { reference, bytes } = draw(fc.constantFrom(...files))
  const back = await world.link.download(filed, reference)
  agree('download', back.bytes.toString(), bytes.toString())
}

/** The person finds it among their cases. */
async function listed({ world, filed, way }: Life): Promise<void> {
  const page = await world.link.listCases({
    division: filed.division,
    holder: way.application.applicant,
    page: 1,
    pageSize: 20,
    auditNumber: '912345678901234',
  })
  const found = page.items.find(({ caseNumber }) => caseNumber === filed.caseNumber)
  if (!found) throw new Disagreement(`list of cases: ${filed.caseNumber} is not in it`)
  const theirs = world.region.cases().find(({ number }) => number === filed.caseNumber)
  agree('list status', found.status, theirs?.status)
  agree('list matter', found.matterCode, theirs?.matterCode)
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
  const materials = draw(fc.subarray([...filesOf(life)], { minLength: Math.min(1, filesOf(life).length) }))
  const asks = to === 'CORRECTION_REQUIRED' || to === 'PRECHECK_RETURNED'
  const known = world.events.length
  world.region.advance(life.filed.caseNumber, { to, opinion, ...(asks ? { materials } : {}) })
  await world.region.sendCallbacks()
  const event = world.events[known]
  if (!event) throw new Disagreement(`callback to ${to}: our side did not take it: ${refusalOf(world)}`)
  agree('callbacks of one move', world.events.length, known + 1)
  told(life, event, to, opinion)
  await seen(life)
  return true
}

const refusalOf = ({ refused }: World): string =>
  JSON.stringify(refused.at(-1) ?? 'nothing came').slice(0, 300)

/** Documents that have files. */
const filesOf = ({ way }: Life): readonly string[] =>
  way.application.documents.filter(({ uploads }) => uploads !== undefined).map(({ id }) => id)

/** The callback says what the clerk did. */
function told(life: Life, event: RegionalEvent, to: CaseStatus, opinion: string): void {
  const { world, reading, filed, way } = life
  const theirs = there(life)
  const posted = world.posts.at(-1)
  agree('callback status', event.status, to)
  if (posted) agree('callback status by the contract', event.status, reading.stateOf(posted, heard(world)))
  if (posted) reading.besides?.(posted, event, heard(world))
  agree('callback case', event.caseNumber, filed.caseNumber)
  const source = reading.sourceNumber?.(way.sourceNumber) ?? way.sourceNumber
  agree('callback source', event.sourceNumber ?? source, source)
  agree('callback time', event.occurredAt, instant(theirs.updatedAt))
  const how = reading.opinionOf?.(to) ?? 'whole'
  if (how === 'whole') agree('callback opinion', event.note, opinion)
  if (how === 'after') agree('callback opinion', event.note?.endsWith(opinion), true)
}

/** What the applicant changes: every document and every field that the region complains of. */
function changeFor({ way, world, draw }: Life, read: RegionalCase): Changed {
  const asked = read.correction
  // What was sent back before it was accepted may be changed whole.
  const isFree = read.status === 'PRECHECK_RETURNED'
  const isChanged = (id: string) =>
    asked?.documents.some((one) => one.id === id) || (isFree && draw(fc.boolean()))
  const documents = way.application.documents
    .filter(({ id, uploads }) => uploads && isChanged(id))
    .map((one) => {
      const wanted = way.matter.documents.find(({ id }) => id === one.id)
      return wanted ? { ...one, uploads: [uploadFor(wanted, draw)] } : one
    })
  const fields = asked?.fields ?? []
  if (isFree) return { form: formOf(world.id, way.matter, draw), documents }
  return {
    form: Object.fromEntries(fields.map((name) => [name, way.application.form[name] ?? ''])),
    documents,
  }
}

async function corrected(life: Life): Promise<boolean> {
  const { world, reading, way } = life
  const read = await seen(life)
  const request = read.correction ?? { fields: [], documents: [], reason: '' }
  const change = changeFor(life, read)
  const work = way.correcting(life.filed, request, change)
  const sent = await world.link.correct(work)
  life.filed = {
    ...life.filed,
    application: work.application,
    handle: { ...life.filed.handle, ...sent.handle },
  }
  const kept = reading.kept(world, life.filed.caseNumber, written(world))
  agree('correction form', reading.meant(way, work.application)['form'], kept['form'])
  const files = kept['files'] as Readonly<Record<string, readonly string[]>>
  for (const { id, uploads = [] } of change.documents)
    for (const upload of uploads)
      agree(`correction file of ${id}`, files[id]?.includes(upload) ?? false, true)
  agree('correction status', sent.status, there(life).status)
  await seen(life)
  return true
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
