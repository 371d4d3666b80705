/** What a region lists of a person: news of cases that are known here, and cases that were filed elsewhere. */
import type { ListedCase } from '../../adapters/kit/contract.ts'
import type { Application } from '../../schemas/application.ts'
import { cityOf } from '../../schemas/division.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import type { Place } from '../holdings/places.ts'
import { applyNews, changeOf, raise } from './apply-news.ts'
import type { FiledContent } from './record.ts'
import { newsOfView, tellsMore } from './regional-view.ts'
import { contradicts } from './same-case.ts'
import { joinStrays } from './strays.ts'

/** Whose cases were listed. */
export interface Holding {
  readonly key: string
  /** All keyed hashes under which rows of theirs may stand. */
  readonly keys: readonly string[]
  readonly holder: { readonly name: string; readonly idDocument: Application['applicant']['idDocument'] }
}

/** One answer of a place. */
interface Listed {
  readonly place: Place<'case'>
  readonly items: readonly ListedCase[]
  readonly askedAt: Date
}

/** Takes one place's list in. Whatever is listed goes the way of all news. */
export async function takeListed({ place, items, askedAt }: Listed, who: Holding, deps: Deps): Promise<void> {
  const { region } = place
  const known = await deps.store.cases.findAll(region, keysOf(items))
  const isOurs = await unnumberedMatters(items, known, who, region, deps)
  const seen: string[] = []
  await Promise.all(
    items.map(async (item) => {
      const row = known.find((one) => isSame(one, item))
      if (row && contradicts(row, item))
        return raise(region, [{ table: 'case list', code: 'keys of two cases' }], deps)
      if (row) return (await hear(row, item, askedAt, deps)) ? undefined : void seen.push(row.id)
      // The region has it of us, and its answer to us is on the way: it is there already, without its number.
      if (isOurs(item)) return undefined
      return begin(item, { region, askedAt }, who, deps)
    }),
  )
  await deps.store.cases.touchAll(seen, askedAt)
}

/** Records what a list tells of a case that is known. @returns false when that is nothing new */
async function hear(row: CaseRow, item: ListedCase, askedAt: Date, deps: Deps): Promise<boolean> {
  const view = viewOf(item)
  if (!tellsMore(row, view, deps)) return false
  const { outcome } = await applyNews(row.id, newsOfView(row, view, { via: 'list', askedAt }, deps), deps)
  return outcome === 'changed'
}

/** Stores a case that was filed elsewhere. Of two questions at once one stores it, and what the other heard is news of it. */
async function begin(
  item: ListedCase,
  from: { readonly region: Place['region']; readonly askedAt: Date },
  who: Holding,
  deps: Deps,
): Promise<void> {
  const row = await rowOf(item, from.region, who, deps)
  const news = newsOfView(row, viewOf(item), { via: 'list', askedAt: from.askedAt }, deps)
  const begun = await deps.store.changes.begin(row, changeOf(row, news, deps))
  if (begun) return joinStrays(begun, deps)
  const [there] = await deps.store.cases.findAll(from.region, {
    caseNumbers: [],
    caseKeys: [],
    sourceNumbers: [row.sourceNumber],
  })
  if (there) await hear(there, item, from.askedAt, deps)
}

const viewOf = ({ status, rawStatus, caseNumber, caseKey, updatedAt }: ListedCase) => ({
  status,
  rawStatus,
  caseNumber,
  ...(caseKey ? { caseKey } : {}),
  ...(updatedAt ? { updatedAt } : {}),
})

/** The key under which one listed case is stored once, in the place of a number that the gateway gave. */
const listedNumber = (region: string, caseNumber: string): string => `listed ${region} ${caseNumber}`

const keysOf = (items: readonly ListedCase[]) => ({
  caseNumbers: items.map(({ caseNumber }) => caseNumber).filter((one) => one !== ''),
  caseKeys: items.flatMap(({ caseKey }) => (caseKey ? [caseKey] : [])),
  sourceNumbers: items.flatMap(({ sourceNumber }) => (sourceNumber ? [sourceNumber] : [])),
})

const isSame = (row: CaseRow, item: ListedCase): boolean =>
  (item.caseNumber !== '' && row.caseNumber === item.caseNumber) ||
  (item.caseKey !== undefined && row.caseKey === item.caseKey) ||
  (item.sourceNumber !== undefined && row.sourceNumber === item.sourceNumber)

/** Whether a listed case may be one of the person's applications whose number the region has not told us yet. */
async function unnumberedMatters(
  items: readonly ListedCase[],
  known: readonly CaseRow[],
  { keys }: Holding,
  region: string,
  { store }: Deps,
): Promise<(item: ListedCase) => boolean> {
  if (items.every((item) => known.some((row) => isSame(row, item)))) return () => false
  const waiting = await store.cases.unnumbered(keys, region)
  const matters = await Promise.all(
    waiting.map(({ matterId, matterVersion }) => store.matters.version(matterId, matterVersion)),
  )
  const codes = new Set(matters.map((matter) => matter?.code))
  return ({ matterCode }) => codes.has(matterCode)
}

/** The row before its first event. */
async function rowOf(item: ListedCase, region: Place['region'], who: Holding, deps: Deps): Promise<CaseRow> {
  const now = deps.now()
  const found = await matterIn(region, item, deps)
  // Where no catalogue names the matter, its code is all that is known.
  const matter = found ?? { id: item.matterCode, version: 0, name: item.matterCode }
  const handleSealed = found && canBeAsked(item, deps) ? deps.sealing.seal(item.handle) : null
  return {
    // The same whoever lists it, and whoever reads it learns no number from it.
    id: `case_${deps.sealing.hash('listed case', `${region} ${item.caseNumber}`).slice(0, 32)}`,
    origin: 'listed',
    clientId: '',
    region,
    division: item.division,
    sourceDivision: item.division,
    matterId: matter.id,
    matterVersion: matter.version,
    matterName: matter.name,
    sourceNumber: listedNumber(region, item.caseNumber),
    caseNumber: item.caseNumber,
    caseKey: item.caseKey ?? null,
    holderKey: who.key,
    mandateId: null,
    status: 'UNKNOWN',
    rawCode: null,
    rawLabel: null,
    appliedAt: item.appliedAt ? new Date(item.appliedAt) : now,
    acceptedAt: null,
    dueAt: null,
    completedAt: null,
    regionAt: null,
    version: 0,
    sequence: 0,
    headDigest: '',
    changedAt: now,
    asOf: now,
    nextAskAt: null,
    askFailures: 0,
    silentSince: null,
    filedSealed: deps.sealing.seal(contentOf(item, matter, who)),
    handleSealed,
    openSealed: null,
    ledgerId: '',
    dispatchState: 'sent',
    dispatchReason: null,
    dispatchAttempts: 0,
  }
}

/** The matter in the catalogue: of the region's own code, in the city of the case where the code stands for several. */
async function matterIn(
  region: string,
  { matterCode, division }: ListedCase,
  { store }: Deps,
): Promise<{ id: string; version: number; name: string } | undefined> {
  const rows = await store.matters.byCode(region, matterCode)
  const city = cityOf(division)
  const here = rows.filter(({ document }) =>
    (document as Matter).divisions.some((one) => one === division || cityOf(one) === city),
  )
  const only = here.length === 1 ? here[0] : rows.length === 1 ? rows[0] : undefined
  return only && { id: only.id, version: only.version, name: only.name }
}

/** Some regions keep a password of each case, and of cases filed elsewhere not all tell it. */
function canBeAsked({ handle, division }: ListedCase, { directory }: Deps): boolean {
  const { needs } = directory.at(division).adapter.caseList
  return needs === undefined || (handle[needs] ?? '') !== ''
}

/** Of the application nothing is known but who applied, where and for what. */
const contentOf = (
  { title, division }: ListedCase,
  matter: { readonly id: string; readonly name: string },
  { holder: { name, idDocument } }: Holding,
): FiledContent => ({
  title: title === '' ? matter.name : title,
  application: {
    matter: matter.id,
    division,
    sourceDivision: division,
    applicant: { kind: idDocument.type === '001' ? 'organisation' : 'person', name, idDocument },
    form: {},
    documents: [],
  },
})
