/** Whether a correction answers what was asked, and fits the matter. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { Application, Correction } from '../../schemas/application.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { pointerTo } from '../../schemas/pointers.ts'
import type { Deps } from '../deps.ts'
import { checkApplication } from '../matters/check-application.ts'

/** The application with its corrections: changed form fields laid over, changed documents in place of the old. */
export function corrected(application: Application, correction: Correction): Application {
  const changed = correction.documents ?? []
  return {
    ...application,
    form: { ...application.form, ...correction.form },
    documents: [
      ...application.documents.map((entry) => changed.find((one) => one.id === entry.id) ?? entry),
      ...changed.filter((one) => !application.documents.some((entry) => entry.id === one.id)),
    ],
  }
}

/** Holds a corrected application against its matter. @throws GatewayError `BODY_INVALID` with pointers into the correction */
export function checkCorrected(
  application: Application,
  correction: Correction,
  matter: Parameters<typeof checkApplication>[1],
  deps: Deps,
): void {
  const today = formatInstant(deps.now()).slice(0, 10)
  try {
    // A matter that was suspended since may still be corrected: only form and documents are looked at.
    checkApplication(
      application,
      {
        ...matter,
        state: 'active',
        fileable: true,
        availability: [{ division: application.division, from: '1970-01-01', to: null }],
      },
      today,
    )
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const places = (correction.documents ?? []).map((one) =>
      application.documents.findIndex((entry) => entry.id === one.id),
    )
    const own = error.errors.flatMap((fault) => {
      const at = /^\/documents\/(\d+)(.*)$/.exec(fault.pointer)
      if (!at) return [fault]
      const index = places.indexOf(Number(at[1]))
      return index < 0 ? [] : [{ ...fault, pointer: `/documents/${index}${at[2] ?? ''}` }]
    })
    throw new GatewayError(error.code, error.facts, { errors: own.length > 0 ? own : error.errors })
  }
}

/** What the region asked to be corrected and the correction leaves out. */
export function missingAnswers(
  request: { fields: readonly string[]; documents: readonly { id: string; name?: string }[] },
  correction: Correction,
): FieldError[] {
  return [
    ...request.fields
      .filter((name) => !correction.form?.[name])
      .map((name) =>
        fault(pointerTo('form', name), 'MISSING', '补正要求修改这一项', 'The correction asks for this field'),
      ),
    ...request.documents
      .filter((wanted) => !(correction.documents ?? []).some((one) => one.id === wanted.id))
      .map((wanted) =>
        fault(
          '/documents',
          'MISSING',
          `补正要求重新提供“${wanted.name ?? wanted.id}”(${wanted.id})`,
          `The correction asks for document ${wanted.id} anew`,
        ),
      ),
  ]
}
