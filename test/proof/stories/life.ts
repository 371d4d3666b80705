/** A case on its way: what both sides have of it at any moment, and what a callback told of it. */
import fc from 'fast-check'
import type { FiledCase, RegionalEvent } from '../../../src/adapters/kit/contract.ts'
import type { SimulatedCase } from '../../../src/sandbox/simulated.ts'
import type { RegionalCase } from '../../../src/schemas/case.ts'
import type { CaseStatus } from '../../../src/schemas/case-status.ts'
import type { Draw } from '../draw.ts'
import type { OnItsWay } from '../filing.ts'
import { agree, agreeInAll, Disagreement } from '../judge.ts'
import { instant, type Reading } from '../readings/reading.ts'
import { type Reader, readerOf } from '../tables.ts'
import type { World } from '../world.ts'
import type { Moves } from './moves.ts'

/** What is looked after while a case lives. */
export interface Life {
  readonly world: World
  readonly reading: Reading
  readonly draw: Draw
  readonly way: OnItsWay
  filed: FiledCase
  readonly moves: Moves
  readonly isToEnd: boolean
}

export const written = (world: World): Reader => readerOf(world.id, world.ledger, 'written')
const heard = (world: World): Reader => readerOf(world.id, world.ledger, 'read')

/** What a clerk does. */
export interface Act {
  readonly to: CaseStatus
  readonly opinion: string
  readonly materials: readonly string[]
  readonly fields: readonly string[]
}

/** What our side wrote it reads again: the same words out of the same codes. */
export function readBack({ world, reading, way, filed }: Life): void {
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

export const there = ({ world, filed }: Life): SimulatedCase => {
  const found = world.region.cases().find(({ number }) => number === filed.caseNumber)
  if (!found) throw new Disagreement(`case: the region has no ${filed.caseNumber}`)
  return found
}

/** The case as our side reads it is the case as the region's clerks see it. */
export async function seen(life: Life): Promise<RegionalCase> {
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
export async function givenBack({ world, reading, filed, draw }: Life): Promise<void> {
  const files = reading.files(world, filed.caseNumber)
  if (files.length === 0) return
  const { reference, bytes } = draw(fc.constantFrom(...files))
  const back = await world.link.download(filed, reference)
  agree('download', back.bytes.toString(), bytes.toString())
}

/** The person finds it among their cases. */
export async function listed({ world, filed, way }: Life): Promise<void> {
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

export const refusalOf = ({ refused }: World): string =>
  JSON.stringify(refused.at(-1) ?? 'nothing came').slice(0, 300)

/** The callback says what the clerk did. */
export function told(life: Life, event: RegionalEvent, act: Act): void {
  const { to, opinion } = act
  const { world, reading, filed, way } = life
  const theirs = there(life)
  const posted = world.posts.at(-1)
  agree('callback status', event.status, to)
  if (posted) agree('callback status by the contract', event.status, reading.stateOf(posted, heard(world)))
  if (posted) reading.besides?.(posted, event, heard(world))
  if (to === 'CORRECTION_REQUIRED') complained('callback', event.correction, act)
  agree('callback case', event.caseNumber, filed.caseNumber)
  const source = reading.sourceNumber?.(way.sourceNumber) ?? way.sourceNumber
  agree('callback source', event.sourceNumber ?? source, source)
  agree('callback time', event.occurredAt, instant(theirs.updatedAt))
  const how = reading.opinionOf?.(to) ?? 'whole'
  if (how === 'whole') agree('callback opinion', event.note, opinion)
  if (how === 'after') agree('callback opinion', event.note?.endsWith(opinion), true)
}

/** What is asked for is what the clerk complained of. */
export function complained(
  where: string,
  asked: RegionalCase['correction'],
  { materials, fields }: Pick<Act, 'materials' | 'fields'>,
): void {
  // Shanghai complains of files, of which a document may have several.
  const documents = [...new Set(asked?.documents.map(({ id }) => id))].toSorted()
  agree(`${where} complaint`, documents, materials.toSorted())
  // Zhejiang alone complains of entries of the form.
  agree(`${where} complaint of entries`, asked?.fields.toSorted(), fields.toSorted())
}
