/** Papers at the desk: pages become one file, and a second clerk says that it is the original. */
import { createHash } from 'node:crypto'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { type PageRule, pageOf } from '../../pictures/page.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { DeskPaperRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { isAmong, limitFaults } from '../uploads/limits.ts'
import { storeUpload } from '../uploads/uploads.ts'
import { agreeOnPaper } from './agree.ts'
import { changeDeskCase, type DeskCase, deskFacts, requireOpen } from './content.ts'
import type { AtDesk } from './enter.ts'
import { matterOf } from './take-in.ts'

/** The signed form of consent is a paper too. It goes to nobody: it is why the desk may go on. */
export const CONSENT_PAPER = 'consent'

/** Tried one after the other, until the file is as small as the matter wants it: letters of 10 points can be read in each. */
const RULES: readonly PageRule[] = [
  { pixels: LIMITS.paperPixels, quality: 82 },
  { pixels: 1_600, quality: 74 },
  { pixels: 1_300, quality: 62 },
]

/** The name of a paper that a page gives out: a form that is sent twice keeps one. */
export const newPaperId = (now: Date): string => newId('pap', now)

const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === '%PDF'

interface Bound {
  readonly name: string
  readonly bytes: Buffer
  readonly pages: number
}

/**
 * One file of the pages, in the order in which they came. A single PDF stays as it is; a single page stays a picture where the matter
 * takes no PDF.
 */
async function bound(
  files: readonly Buffer[],
  wanted: Pick<MatterDocument, 'formats' | 'maxBytes'>,
): Promise<Bound> {
  // The library of papers is large, and most processes take none in.
  const { bind, pagesIn } = await import('../../papers/bind.ts')
  const [first] = files
  if (first && files.length === 1 && isPdf(first))
    return { name: 'paper.pdf', bytes: first, pages: await pagesIn(first) }
  if (files.some(isPdf)) throw new GatewayError('FILE_TYPE_UNSUPPORTED', { known: ['jpg', 'png'] })
  const formats = wanted.formats ?? []
  const asPicture = files.length === 1 && formats.length > 0 && !isAmong(formats, 'application/pdf')
  let made: Bound | undefined
  for (const rule of RULES) {
    const pages = []
    for (const file of files) pages.push(await pageOf(file, rule))
    const [page] = pages
    made =
      asPicture && page
        ? { name: 'paper.jpg', bytes: page.jpeg, pages: 1 }
        : { name: 'paper.pdf', bytes: await bind(pages), pages: pages.length }
    if (made.bytes.length <= (wanted.maxBytes ?? LIMITS.fileBytes)) break
  }
  if (!made) throw new GatewayError('FILE_EMPTY')
  return made
}

/** What a document of the matter takes; a signed consent takes anything. @throws GatewayError `BODY_INVALID` for none of the matter */
function wantedOf(matter: Matter, id: string): Pick<MatterDocument, 'formats' | 'maxBytes'> {
  if (id === CONSENT_PAPER) return {}
  const wanted = matter.documents.find((one) => one.id === id)
  if (!wanted) throw new GatewayError('BODY_INVALID', { message: 'document' })
  return wanted
}

/**
 * Takes the pages of one paper in.
 * @throws GatewayError `DESK_STEP_MISSING`, `FILE_EMPTY`, `FILE_TYPE_UNSUPPORTED`, `PICTURE_UNUSABLE`, `BODY_TOO_LARGE`; `BODY_INVALID` for
 * more pages than a paper may have, and for what the matter does not take
 */
export async function scanPaper(
  desk: DeskCase,
  asked: { readonly id: string; readonly document: string; readonly files: readonly Buffer[] },
  { clerk }: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  const { matter } = await matterOf(desk, deps)
  const isConsent = asked.document === CONSENT_PAPER
  // Before the person has agreed the only paper is their agreement.
  if ((desk.row.consent === null) !== isConsent)
    throw new GatewayError('DESK_STEP_MISSING', { step: 'consent' })
  const wanted = wantedOf(matter, asked.document)
  const papers = await deps.store.deskCases.papersOf(desk.row.id)
  if (!/^pap_[0-9a-z]{25}$/.test(asked.id)) throw new GatewayError('DESK_CASE_NOT_FOUND')
  if (papers.some(({ id }) => id === asked.id)) return
  const files = asked.files.filter(({ length }) => length > 0)
  if (files.length === 0) throw new GatewayError('FILE_EMPTY')
  if (files.length > LIMITS.paperPages) throw new GatewayError('BODY_INVALID', { pages: LIMITS.paperPages })
  const { name, bytes, pages } = await bound(files, wanted)
  const upload = await storeUpload({ name, bytes }, actor, deps)
  const errors = limitFaults(upload, wanted, '/papers')
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { message: 'paper' }, { errors })
  await deps.store.deskCases.addPaper({
    deskCaseId: desk.row.id,
    id: asked.id,
    documentId: asked.document,
    uploadId: upload.uploadId,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    pages,
    scannedBy: clerk.id,
    scannedAt: deps.now(),
    certifiedBy: null,
    certifiedAt: null,
    removedAt: null,
  })
  await deps.store.accesses.append([
    accessRow(deskFacts(desk, 'scan', { fields: ['document'], clock: 'provision' }, deps), actor, deps),
  ])
}

/** A paper of the case. @throws GatewayError `DESK_CASE_NOT_FOUND` */
export async function paperOf(desk: DeskCase, id: string, { store }: Deps): Promise<DeskPaperRow> {
  const paper = (await store.deskCases.papersOf(desk.row.id)).find((one) => one.id === id)
  if (!paper) throw new GatewayError('DESK_CASE_NOT_FOUND')
  return paper
}

/**
 * 与原件核对无异: another clerk of the same window has compared the file with the original. With the signed consent the case goes on.
 * @throws GatewayError `CERTIFIER_SAME`; `DESK_CHANGED` for one that is certified already
 */
export async function certifyPaper(
  desk: DeskCase,
  id: string,
  { clerk }: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  const paper = await paperOf(desk, id, deps)
  const told = (outcome: string) =>
    accessRow(
      deskFacts(desk, 'certify', { fields: ['document'], clock: 'provision', outcome }, deps),
      actor,
      deps,
    )
  if (paper.scannedBy === clerk.id) {
    await deps.store.accesses.append([told('CERTIFIER_SAME')])
    throw new GatewayError('CERTIFIER_SAME')
  }
  const by = { clerkId: clerk.id, at: deps.now() }
  const isNew = await deps.store.deskCases.certify(desk.row.id, id, by, [told('granted')])
  if (!isNew && paper.certifiedBy !== clerk.id) throw new GatewayError('DESK_CHANGED')
  if (paper.documentId === CONSENT_PAPER) await agreeOnPaper(desk, actor, deps)
}

/** Takes a paper out again that was scanned wrong. */
export async function removePaper(desk: DeskCase, id: string, actor: Actor, deps: Deps): Promise<void> {
  requireOpen(desk)
  const paper = await paperOf(desk, id, deps)
  await deps.store.deskCases.removePaper(desk.row.id, paper.id, deps.now())
  const facts = deskFacts(desk, 'removePaper', { fields: ['document'], clock: 'provision' }, deps)
  await changeDeskCase(desk, {}, [facts], actor, deps)
}
