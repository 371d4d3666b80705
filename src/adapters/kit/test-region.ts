/** What every new region must show, a test for each thing, red until it is there. `delta adapter new` writes a folder that runs it. */
import { describe, expect, test } from 'vitest'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { RegionAdapter } from './contract.ts'
import type { plainCodes } from './plain-codes.ts'
import { type Example, fileIn, played } from './test-played.ts'
import type { Note } from './trace.ts'

/** What is known of the region, from its documents. */
export interface RegionStory {
  readonly adapter: RegionAdapter
  readonly codes: ReturnType<typeof plainCodes>
  /** Known answers of the signature: what `sign.ts` makes of the documents' example, and what they say it is. */
  readonly signatures: readonly { readonly made: string; readonly known: string }[]
  /** The three documents, as the region's own documents show them. */
  readonly shown: { readonly matter?: object; readonly application?: object; readonly case?: object }
  readonly example: Example
}

const need = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`still missing: ${what}`)
  return value
}

/** Describes the region by its story. */
export function testRegion(story: RegionStory): void {
  testTables(story)
  describe('mapping', () => testMapping(story))
  test('signature: it is the known answer of the documents', () => {
    expect(story.signatures.length, 'known answers').toBeGreaterThan(0)
    for (const { made, known } of story.signatures) expect(made).toBe(known)
  })
  describe('the played region', () => {
    testCatalogue(story)
    testFiling(story)
    testFollowing(story)
    testCallbacks(story)
  })
}

const SAID: readonly CaseStatus[] = ['SUBMITTED', 'ACCEPTED', 'COMPLETED']

function testTables({ codes: { status, ...tables } }: RegionStory): void {
  describe('codes', () => {
    test('status: submitted, accepted and completed have their codes', () => {
      expect(SAID.filter((one) => !status.says(one))).toEqual([])
    })
    test.each(Object.entries(tables))('%s: it has its codes', (_name, { table }) => {
      expect(Object.values<readonly string[]>(table).flat().length).toBeGreaterThan(0)
    })
  })
}

const KINDS = ['matter', 'application', 'case'] as const

/** A document of the story, read as it was shown and written again, with what each way notes. */
function throughOf({ adapter: { dialect }, shown }: RegionStory, kind: (typeof KINDS)[number]) {
  const wire = need(shown[kind], `${kind} in the story`)
  const matter = shown.matter && dialect.matter.read(shown.matter, { options: {} })
  const filed = { sourceNumber: 'gw-test-000001', appliedAt: '2099-01-05T09:00:00+08:00' }
  // The context of an application holds that of a matter and of a case.
  const context = { options: {}, ...filed, matter } as never
  const [reading, writing]: [Note[], Note[]] = [[], []]
  const canon = dialect[kind].read(wire, context, reading)
  return { wire, canon, written: dialect[kind].write(canon as never, context, writing), reading, writing }
}

/** Leaves of a document that stand in no note. */
const untoldOf = (document: object, told: readonly string[]) =>
  leaves(document).filter((leaf) => !told.some((one) => leaf === one || leaf.startsWith(`${one}/`)))

function testMapping(story: RegionStory): void {
  test.each(KINDS)('%s: one of the documents is read, and written as it was', (kind) => {
    const { wire, written } = throughOf(story, kind)
    expect(written).toEqual(wire)
  })
  test.each(KINDS)('%s: no leaf is left untold on the way in or out', (kind) => {
    const { wire, canon, reading, writing } = throughOf(story, kind)
    const [read, wrote] = [reading.flatMap((one) => one.wire), writing.flatMap((one) => one.canon)]
    expect([untoldOf(wire, read), untoldOf(canon, wrote)]).toEqual([[], []])
  })
  test('application: it names its matter and its city', () => {
    const { adapter, shown, example } = story
    const wire = need(shown.application, 'application in the story')
    const named = { code: example.matter, division: example.city }
    expect(adapter.dialect.application.refer(wire)).toEqual(named)
  })
}

function testCatalogue({ adapter, example }: RegionStory): void {
  test('health: it says that it is well', async () => {
    await expect(played(adapter).link.health(example.city)).resolves.toBeUndefined()
  })
  test('catalogue: the matter is listed, and read whole', async () => {
    const { link } = played(adapter)
    const page = await link.listMatters({ division: example.city, page: 1, pageSize: 50 })
    expect(page.items.map(({ code }) => code)).toContain(example.matter)
    const matter = await link.readMatter({ division: example.city, code: example.matter })
    expect(matter).toMatchObject({ region: adapter.id, divisions: [example.city], fileable: true })
  })
}

function testFiling({ adapter, example }: RegionStory): void {
  test('submit: the case is there, and a repetition makes no second one', async () => {
    const world = played(adapter)
    const { filed, filing } = await fileIn(world, adapter, example)
    expect(filed).toMatchObject({ caseNumber: expect.stringMatching(/./), status: 'SUBMITTED' })
    const again = await world.link.submit({ ...filing(), isRepeated: true })
    expect([again.caseNumber, world.region.cases().length]).toEqual([filed.caseNumber, 1])
  })
  test('correct: what is asked for is answered, and the case goes on', async () => {
    const world = played(adapter)
    const { filed, filing, held } = await fileIn(world, adapter, example)
    const fields = Object.keys(example.application.form).slice(0, 1)
    world.region.advance(filed.caseNumber, { to: 'CORRECTION_REQUIRED', fields })
    const request = need((await world.link.readCase(held)).correction, 'correction in the case')
    expect(request.fields).toEqual(fields)
    const changed = { fields, documents: [] }
    const more = { filed: held, request, changed, note: '', correctedAt: held.appliedAt }
    const corrected = await world.link.correct({ ...filing(), ...more })
    expect(corrected.status).not.toBe('CORRECTION_REQUIRED')
  })
}

function testFollowing({ adapter, example }: RegionStory): void {
  test('query: the case is told as it stands', async () => {
    const world = played(adapter)
    const { held, filed } = await fileIn(world, adapter, example)
    world.region.advance(filed.caseNumber, { to: 'ACCEPTED' })
    const told = await world.link.readCase(held)
    expect(told).toMatchObject({ caseNumber: filed.caseNumber, status: 'ACCEPTED' })
  })
  test('list: the person’s case is listed', async () => {
    const world = played(adapter)
    const { filed, application } = await fileIn(world, adapter, example)
    const page = { page: 1, pageSize: 10, auditNumber: '900000000000001' }
    const ask = { division: example.city, holder: application.applicant, ...page }
    const { items, total } = await world.link.listCases(ask)
    expect([total, items[0]?.caseNumber]).toEqual([1, filed.caseNumber])
  })
  test('withdraw: the case is withdrawn, and stays so when it is said again', async () => {
    const world = played(adapter)
    const { held } = await fileIn(world, adapter, example)
    const ask = { reason: '不办了', at: world.now() }
    expect((await world.link.withdraw(held, ask)).status).toBe('WITHDRAWN')
    expect((await world.link.withdraw(held, { ...ask, isRepeated: true })).status).toBe('WITHDRAWN')
  })
  test('result: documents of the decision, or none where it gives them on paper', async () => {
    const world = played(adapter)
    const { held, filed } = await fileIn(world, adapter, example)
    for (const to of ['ACCEPTED', 'APPROVED', 'COMPLETED'] as const)
      world.region.advance(filed.caseNumber, { to })
    const current = await world.link.readCase(held)
    expect(current).toMatchObject({ status: 'COMPLETED', result: { decision: 'granted' } })
    expect(await world.link.readResult(held, current)).toEqual(expect.any(Array))
  })
}

function testCallbacks({ adapter, example }: RegionStory): void {
  const heard = async () => {
    const world = played(adapter)
    const { filed } = await fileIn(world, adapter, example)
    world.region.advance(filed.caseNumber, { to: 'ACCEPTED' })
    await world.region.sendCallbacks()
    return { ...world, filed, letter: need(world.letters[0], 'callback of the played region') }
  }
  test('callback: it is taken, at a path that is named, and says the state', async () => {
    const { letter, config, now, filed } = await heard()
    expect(adapter.callbackPaths(config)).toContain(letter.target.split('?')[0])
    const event = { caseNumber: filed.caseNumber, status: 'ACCEPTED', alarms: [] }
    expect(adapter.openCallback(letter, config, now())).toMatchObject({ accepted: true, content: { event } })
  })
  test('callback: with another body or at another time it is refused', async () => {
    const { letter, config, now } = await heard()
    const other = { ...letter, body: Buffer.from(letter.body.toString('utf8').replace('{', '{ ')) }
    expect(adapter.openCallback(other, config, now()).accepted).toBe(false)
    const tomorrow = new Date(now().getTime() + 86_400_000)
    expect(adapter.openCallback(letter, config, tomorrow).accepted).toBe(false)
  })
}
