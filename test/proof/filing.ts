/** One application on its way to a region and afterwards, as the gateway would remember it. */
import type {
  Correcting,
  FileContent,
  Filed,
  FiledCase,
  Filing,
  Handle,
} from '../../src/adapters/kit/contract.ts'
import type { Application } from '../../src/schemas/application.ts'
import type { CorrectionRequest } from '../../src/schemas/case.ts'
import type { Matter } from '../../src/schemas/matter.ts'
import type { World } from './world.ts'

/** The bytes of an upload: its name is its content, so that it is known again. */
const bytesOf = (uploadId: string): Buffer => Buffer.from(`%PDF-1.4 ${uploadId}`)
const nameOf = (uploadId: string): string => `𠮷·“材料”<1> ${uploadId}`

const contentOf = async (uploadId: string): Promise<FileContent> => ({
  name: nameOf(uploadId),
  contentType: 'application/pdf',
  bytes: bytesOf(uploadId),
})

export interface OnItsWay {
  readonly application: Application
  readonly matter: Matter
  readonly sourceNumber: string
  readonly filing: Filing
  /** What a later call needs, once the region has it. */
  readonly asFiled: (filed: Filed) => FiledCase
  readonly correcting: (filed: FiledCase, request: CorrectionRequest, changed: Changed) => Correcting
}

/** What the applicant changes in an answer to a correction request. */
export interface Changed {
  readonly form: Readonly<Record<string, string>>
  readonly documents: Application['documents']
}

const APPLIED = '2026-03-02T09:00:00+08:00'

export function onItsWay(
  world: World,
  matter: Matter,
  application: Application,
  sourceNumber: string,
): OnItsWay {
  const { adapter, config, now } = world
  let handle: Handle = {}
  const context = { matter, options: config.options, sourceNumber, appliedAt: APPLIED }
  const filingOf = (canon: Application): Filing => ({
    division: application.division,
    matter,
    application: canon,
    wire: adapter.dialect.application.write(canon, context),
    sourceNumber,
    appliedAt: APPLIED,
    handle,
    file: contentOf,
    keep: async (given) => {
      handle = given
    },
    now,
  })
  return {
    application,
    matter,
    sourceNumber,
    filing: filingOf(application),
    asFiled: ({ caseNumber, status, handle: kept }) => {
      handle = { ...handle, ...kept }
      return {
        division: application.division,
        caseNumber,
        matter,
        application,
        sourceNumber,
        appliedAt: APPLIED,
        status,
        handle,
      }
    },
    correcting: (filed, request, { form, documents }) => {
      const canon: Application = {
        ...filed.application,
        form: { ...filed.application.form, ...form },
        documents: filed.application.documents.map((one) => documents.find(({ id }) => id === one.id) ?? one),
      }
      return {
        ...filingOf(canon),
        handle: filed.handle,
        filed,
        request,
        changed: { fields: Object.keys(form), documents: documents.map(({ id }) => id) },
        note: '已补正',
        correctedAt: '2026-03-02T12:00:00+08:00',
      }
    },
  }
}
