/** What somebody has answered to a 补正, read from the form: values, files that came with it or before, and what is wrong with them. */
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { CorrectionForm, DocumentBefore, FieldBefore } from '../../federation/cases/correction-form.ts'
import type { Actor, Deps } from '../../federation/deps.ts'
import { storeUpload } from '../../federation/uploads/uploads.ts'
import type { Correction, DocumentEntry } from '../../schemas/application.ts'
import { fieldValue } from '../forms/field.ts'
import type { Reader } from '../frame/reader.ts'

/** A file that was taken in with an earlier try of the same form. */
export interface KeptFile {
  readonly id: string
  readonly name: string
}

/** What stands in the form now. */
export interface Answer {
  readonly values: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, readonly KeptFile[]>
  /** Documents that will be brought to the window on paper. */
  readonly onPaper: ReadonlySet<string>
  readonly note: string
  /** By the name of the form's field. */
  readonly errors: ReadonlyMap<string, string>
}

/** The names under which the form sends its fields and documents. */
export const fieldName = (name: string): string => `f.${name}`
export const fileName = (document: string): string => `d.${document}`
export const keptName = (document: string): string => `k.${document}`
export const modeName = (document: string): string => `m.${document}`
export const NOTE = 'note'

/** Before anything was answered: what stands there now. */
export const unanswered = ({ fields }: CorrectionForm): Answer => ({
  values: new Map(fields.map(({ field, value }) => [field.name, value])),
  files: new Map(),
  onPaper: new Set(),
  note: '',
  errors: new Map(),
})

/** A file's name and number for the next try, which nobody can make up: it counts for this person and this case. */
export const keptToken = (file: KeptFile, caseId: string, personId: string, { sealing }: Deps): string =>
  sealing.seal({ ...file, caseId, personId }).toString('base64url')

function keptIn(token: unknown, caseId: string, personId: string, { sealing }: Deps): readonly KeptFile[] {
  if (typeof token !== 'string') return []
  try {
    const kept = sealing.open<KeptFile & { caseId: string; personId: string }>(
      Buffer.from(token, 'base64url'),
    )
    return kept.caseId === caseId && kept.personId === personId ? [kept] : []
  } catch {
    // Not one of ours: it is as if it were not there.
    return []
  }
}

/** Reads the form and takes its files in. What is missing or cannot be used is said at its place. */
export async function answerIn(
  form: FormData,
  asked: CorrectionForm,
  reader: Reader,
  actor: Actor,
  deps: Deps,
): Promise<Answer> {
  const errors = new Map<string, string>()
  const files = new Map<string, readonly KeptFile[]>()
  const onPaper = new Set<string>()
  for (const { document, isAsked } of asked.documents) {
    const { id } = document
    if (form.get(modeName(id)) === 'paper' && document.modes.includes('paper')) {
      onPaper.add(id)
      continue
    }
    const { kept, error } = await filesOf(form, id, asked.case.id, reader, actor, deps)
    files.set(id, kept)
    if (error) errors.set(fileName(id), error)
    else if (isAsked && kept.length === 0)
      errors.set(fileName(id), reader.say('请选择要交的文件', 'Choose the file to hand in'))
  }
  const values = new Map(
    asked.fields.map(({ field }) => [field.name, fieldValue(field, form, fieldName(field.name))] as const),
  )
  return { values, files, onPaper, note: String(form.get(NOTE) ?? ''), errors }
}

/** The files of one document: new ones in place of those of an earlier try. */
async function filesOf(
  form: FormData,
  document: string,
  caseId: string,
  { say }: Reader,
  actor: Actor,
  deps: Deps,
): Promise<{ readonly kept: readonly KeptFile[]; readonly error?: string }> {
  const personId = actor.principal?.personId ?? ''
  const kept = form.getAll(keptName(document)).flatMap((token) => keptIn(token, caseId, personId, deps))
  const chosen = form
    .getAll(fileName(document))
    .filter((one): one is File => typeof one !== 'string' && (one.size > 0 || one.name !== ''))
  if (chosen.length === 0) return { kept }
  if (chosen.length > LIMITS.filesOfDocument)
    return {
      kept,
      error: say(`至多 ${LIMITS.filesOfDocument} 个文件`, `At most ${LIMITS.filesOfDocument} files`),
    }
  try {
    const taken: KeptFile[] = []
    for (const file of chosen) {
      const bytes = Buffer.from(await file.arrayBuffer())
      taken.push({
        id: (await storeUpload({ name: file.name, bytes }, actor, deps)).uploadId,
        name: file.name,
      })
    }
    return { kept: taken }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { fix } = PROBLEMS[error.code]
    return { kept, error: say(fix.zh, fix.en) }
  }
}

/** The correction that an answer is: what is asked for, and of the rest what was changed. */
export function correctionOf({ values, files, onPaper, note }: Answer, asked: CorrectionForm): Correction {
  const form = asked.fields.flatMap(({ field, value, isAsked }: FieldBefore) => {
    const now = values.get(field.name) ?? ''
    return isAsked || now !== value ? [[field.name, now] as const] : []
  })
  const documents = asked.documents.flatMap(({ document: { id } }: DocumentBefore): DocumentEntry[] => {
    if (onPaper.has(id)) return [{ id, mode: 'paper' }]
    const uploads = (files.get(id) ?? []).map((file) => file.id)
    return uploads.length > 0 ? [{ id, mode: 'upload', uploads }] : []
  })
  return {
    form: Object.fromEntries(form),
    documents,
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

/**
 * What a verb found wrong, at the form's own places; what has no place of its own stands under the empty name.
 * @param sent what the verb was given: its pointers lead into it
 */
export function errorsAt(
  { errors }: GatewayError,
  sent: Correction,
  { say }: Reader,
): ReadonlyMap<string, string> {
  const places = Map.groupBy(errors, ({ pointer }) => placeOf(pointer, sent))
  return new Map(
    [...places].map(([at, found]) => [at, found.map(({ zh, en }) => say(zh, en)).join('; ')] as const),
  )
}

function placeOf(pointer: string, { documents = [] }: Correction): string {
  const [, kind, name = ''] = pointer.split('/').map(unescaped)
  if (kind === 'form') return fieldName(name)
  if (kind === 'note') return NOTE
  const document = kind === 'documents' && name !== '' ? documents[Number(name)] : undefined
  return document ? fileName(document.id) : ''
}

const unescaped = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~')
