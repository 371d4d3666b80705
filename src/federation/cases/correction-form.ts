/** What a 补正 asks for, beside what was handed in: all that is needed to answer it field by field. */
import { GatewayError } from '../../errors.ts'
import type { DocumentEntry } from '../../schemas/application.ts'
import type { Case, CorrectionRequest } from '../../schemas/case.ts'
import type { FormField, MatterDocument } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { showCase } from './clock/show-cases.ts'
import { applicantOf } from './follow-cases.ts'
import { reachCase, recordLook } from './reach.ts'
import { etagOf, type FiledContent, matterOf, requireFiled, statusOf } from './record.ts'
import { CORRECTABLE } from './state.ts'

/** A field of the form with what stands in it. */
export interface FieldBefore {
  readonly field: FormField
  readonly value: string
  readonly isAsked: boolean
}

/** A document with how it was handed in; `reason` is the region's complaint about it. */
export interface DocumentBefore {
  readonly document: MatterDocument
  readonly entry: DocumentEntry | undefined
  readonly isAsked: boolean
  readonly reason: string | null
}

export interface CorrectionForm {
  readonly case: Case
  readonly etag: string
  readonly of: string | null
  readonly request: CorrectionRequest
  readonly fields: readonly FieldBefore[]
  readonly documents: readonly DocumentBefore[]
}

/**
 * @throws GatewayError `CASE_NOT_FOUND`, `CASE_FILED_ELSEWHERE`; `STATE_CONFLICT` while no correction is awaited, or one is on its way
 */
export async function readCorrectionForm(id: string, actor: Actor, deps: Deps): Promise<CorrectionForm> {
  const reached = await reachCase(id, actor, deps, 'readForm')
  const { row, mandateId } = reached
  requireFiled(row)
  const status = statusOf(row.status)
  if (!CORRECTABLE.has(status) || row.dispatchState === 'pending')
    throw new GatewayError('STATE_CONFLICT', { status, dispatch: row.dispatchState })
  await recordLook(reached, 'readForm', actor, deps)
  const [shown, matter] = await Promise.all([showCase(row, deps), matterOf(row, deps)])
  const { application } = deps.sealing.open<FiledContent>(row.filedSealed)
  const request = shown.correction ?? { fields: [], documents: [], reason: '' }
  return {
    case: shown,
    etag: etagOf(row),
    of: mandateId === null ? null : applicantOf(row, deps.sealing),
    request,
    fields: matter.form.fields.map((field) => ({
      field,
      value: application.form[field.name] ?? '',
      isAsked: request.fields.includes(field.name),
    })),
    documents: matter.documents.map((document) => {
      const asked = request.documents.find((one) => one.id === document.id)
      const entry = application.documents.find((one) => one.id === document.id)
      return { document, entry, isAsked: asked !== undefined, reason: asked?.reason || null }
    }),
  }
}
