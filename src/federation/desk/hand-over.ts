/** Hands a case over: an application like any other, filed for the person on the word that they gave at the window. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { DeskPaperRow } from '../../store/index.ts'
import { type FilingOutcome, fileCase } from '../cases/file-case.ts'
import { presentCase } from '../cases/record.ts'
import type { Actor, Deps } from '../deps.ts'
import { preparePhoto } from '../photos/photos.ts'
import { changeDeskCase, type DeskCase, deskFacts, forPerson } from './content.ts'
import { flowOf, isMode } from './flows.ts'
import { faultsOf, formOf, retypedIn, valueAt } from './form.ts'
import { CONSENT_PAPER } from './papers.ts'
import { matterOf } from './take-in.ts'

const sparedFor = ({ id }: MatterDocument, { content }: DeskCase) =>
  content.spared.find(({ document }) => document === id)

/** What was scanned for a document. */
const scansOf = ({ id }: MatterDocument, papers: readonly DeskPaperRow[]) =>
  papers.filter(({ documentId }) => documentId === id).map(({ uploadId }) => uploadId)

/** What stands for one document: the licence or the photo, and the papers that were scanned for it. */
async function entryOf(
  document: MatterDocument,
  desk: DeskCase,
  { division, papers }: { readonly division: string; readonly papers: readonly DeskPaperRow[] },
  actor: Actor,
  deps: Deps,
): Promise<DocumentEntry | undefined> {
  const { id, modes } = document
  const uploads = scansOf(document, papers)
  const spared = sparedFor(document, desk)
  if (spared && 'licence' in spared)
    return { id, mode: 'licence', licence: spared.licence, ...(uploads.length > 0 ? { uploads } : {}) }
  if (spared) {
    const asked = { matter: desk.row.matterId ?? '', division, document: id }
    const { uploadId } = await preparePhoto(spared.photo, asked, forPerson(desk, actor), deps)
    return { id, mode: 'upload', uploads: [uploadId, ...uploads] }
  }
  if (uploads.length > 0)
    return { id, mode: modes.includes('upload') || !modes.includes('scan') ? 'upload' : 'scan', uploads }
  return undefined
}

/** The application as it stands, but for its documents. */
function applicationOf(
  desk: DeskCase,
  matter: Matter,
  division: string,
  documents: readonly DocumentEntry[],
): Application {
  const { row, content } = desk
  const mobile = valueAt(content, '/applicant/mobile')
  const address = valueAt(content, '/applicant/address')
  return {
    matter: matter.id,
    division,
    sourceDivision: row.sourceDivision,
    applicant: {
      kind: 'person',
      name: content.person.name,
      idDocument: content.person.idDocument,
      ...(mobile === undefined ? {} : { mobile }),
      ...(address === undefined ? {} : { address }),
    },
    form: formOf(matter, content),
    documents: [...documents],
    ...(isMode(row.mode) && matter.modes?.includes(row.mode) ? { mode: row.mode } : {}),
  }
}

/** What is still to do before a case can be handed over, as the steps of its flow. */
export async function missingSteps(desk: DeskCase, deps: Deps): Promise<readonly string[]> {
  const { row, content } = desk
  if (row.matterId === null) return ['matter']
  if (row.consent === null) return ['consent']
  const { matter } = await matterOf(desk, deps)
  const papers = await deps.store.deskCases.papersOf(row.id)
  const { steps } = flowOf(row.mode)
  const isBare = matter.documents.some(
    (document) =>
      document.necessity === 'required' &&
      !sparedFor(document, desk) &&
      scansOf(document, papers).length === 0,
  )
  return [
    ...(faultsOf(matter, content, deps.now()).length === 0 ? [] : ['form']),
    ...(isBare ? ['scan'] : []),
    ...(steps.includes('certify') && papers.some(({ certifiedAt }) => certifiedAt === null)
      ? ['certify']
      : []),
  ]
}

/**
 * Files it, in the owner's format, as the person who agreed: their level of log-in counts, and nobody else's case can be filed. Two
 * clicks are one filing: the case at the desk, as it was seen, is the key. After a refusal it can be mended and handed over again.
 * @returns the id of the case
 * @throws GatewayError `DESK_STEP_MISSING` naming the first step that is not done; what `fileCase` throws, and what the region refuses
 */
export async function handOver(desk: DeskCase, actor: Actor, deps: Deps): Promise<string> {
  const { row } = desk
  if (row.caseId !== null) return row.caseId
  const [missing] = await missingSteps(desk, deps)
  if (missing) throw new GatewayError('DESK_STEP_MISSING', { step: missing })
  const outcome = await filed(desk, actor, deps)
  const refusal = outcome.kind === 'filed' && outcome.attempted.state === 'refused' && outcome.attempted.error
  const fields = { fields: ['application', 'document'], clock: 'provision' } as const
  if (refusal) {
    const facts = deskFacts(desk, 'handOver', { ...fields, outcome: refusal.code }, deps)
    await changeDeskCase(desk, {}, [facts], actor, deps)
    throw refusal
  }
  const caseId = outcome.kind === 'filed' ? outcome.row.id : await caseOfKey(keyOf(desk), actor, deps)
  await noteFiled(desk, caseId, actor, deps)
  return caseId
}

/** A case that is filed is noted, whatever became of the one at the desk meanwhile. */
async function noteFiled(desk: DeskCase, caseId: string, actor: Actor, deps: Deps): Promise<void> {
  const { row } = desk
  const facts = deskFacts(
    { ...desk, row: { ...row, caseId } },
    'handOver',
    { fields: ['application', 'document'], clock: 'provision' },
    deps,
  )
  const change = {
    caseId,
    state: 'handedOver',
    handedAt: deps.now(),
    retyped: retypedIn(desk.content),
  } as const
  try {
    await changeDeskCase(desk, change, [facts], actor, deps)
  } catch (error) {
    const now = await deps.store.deskCases.read(row.id)
    if (!now || !(error instanceof GatewayError)) throw error
    // The first of two clicks has noted it; or somebody changed the case at the desk while it was on its way.
    if (now.caseId === null) await changeDeskCase({ ...desk, row: now }, change, [facts], actor, deps)
  }
}

const keyOf = ({ row }: DeskCase): string => `${row.id}-${row.version}`

/** Files what the desk has, for the person. */
async function filed(desk: DeskCase, actor: Actor, deps: Deps): Promise<FilingOutcome> {
  const { matter, division } = await matterOf(desk, deps)
  const papers = await deps.store.deskCases.papersOf(desk.row.id)
  const own = papers.filter(({ documentId }) => documentId !== CONSENT_PAPER)
  const entries: DocumentEntry[] = []
  for (const document of matter.documents) {
    const entry = await entryOf(document, desk, { division, papers: own }, actor, deps)
    if (entry) entries.push(entry)
  }
  const key = keyOf(desk)
  return fileCase(
    {
      profile: 'canonical',
      content: applicationOf(desk, matter, division, entries),
      idempotencyKey: key,
      requestDigest: createHash('sha256').update(key).digest('hex'),
      dryRun: false,
      answerOf: (row) => ({ status: 201, answerSealed: deps.sealing.seal(presentCase(row, deps.sealing)) }),
    },
    forPerson(desk, actor),
    deps,
  )
}

/** How a case stands that its region did not take. */
const REFUSED: ReadonlySet<string> = new Set(['refused', 'cancelled'])

/** The case that the first of two clicks has filed. */
async function caseOfKey(key: string, { clientId }: Actor, { store }: Deps): Promise<string> {
  const kept = await store.idempotency.read(clientId, key)
  const row = kept?.caseId ? await store.cases.read(kept.caseId) : undefined
  // Whoever clicks while the first click is refused is told that, not that it was filed.
  if (row && REFUSED.has(row.dispatchState)) throw new GatewayError('DESK_CHANGED')
  if (!kept?.caseId) throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
  return kept.caseId
}
