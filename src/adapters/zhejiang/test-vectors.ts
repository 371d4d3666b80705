/** What the tests of this folder share: the contract's known answers, its catalogue as documents, and a person who applies. */
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import type { ZhejiangConfig } from './config.ts'
import { matter } from './matter.ts'

export { vectors }
// The configuration of the vectors is the contract's own; a test checks it against the schema.
export const config = vectors.config as ZhejiangConfig
export const options = config.options as unknown as Record<string, unknown>
export const context = { options }

/** A recorded request and its answer. */
export interface Sample {
  readonly op: string
  readonly note?: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query: Readonly<Record<string, string>>
    readonly headers: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
}

export const samples = vectors.samples as unknown as readonly Sample[]

/** The first recorded call of an operation, or the one with this note. */
export function sample(op: string, note?: string): Sample {
  const found = samples.find((one) => one.op === op && (note === undefined || one.note === note))
  if (!found) throw new Error(`${op} ${note ?? ''}`)
  return found
}

/** `data` of a recorded answer. */
export const dataOf = (one: Sample): Record<string, unknown> =>
  (one.response.body as { data: Record<string, unknown> }).data

/** Column of the catalogue row with this number. */
export function row(number: string): Record<string, unknown> {
  const found = vectors.catalogue.find((one) => one.row.QL_INNER_CODE.endsWith(number))
  if (!found) throw new Error(number)
  return found.row as unknown as Record<string, unknown>
}

/** 大中专学生毕业户口迁移 in Hangzhou, the matter of the recorded case. */
export const moving: Matter = matter.read(row('99002'), context)

export const applying: ApplicationContext = {
  matter: moving,
  options,
  sourceNumber: 'CSJ209901050000001',
  appliedAt: '2099-01-05T09:00:16+08:00',
}

/** The recorded application in canonical words; its file stands under the identifier of an upload. */
export const applied: Application = {
  matter: moving.id,
  division: '330100',
  sourceDivision: '320500',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '33010619010203101X' },
    mobile: '10000000001',
    address: '示例地址1号',
  },
  form: {
    moveReason: '02',
    fromArea: '320500',
    fromAddress: '测试路1号',
    toArea: '330100',
    toAddress: '测试路2号',
  },
  documents: [
    {
      id: 'M9900201',
      mode: 'licence',
      licence: '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.000000100.001.R',
    },
    { id: 'M9900202', mode: 'later' },
    { id: 'M9900203', mode: 'upload', uploads: ['up_1'] },
  ],
  appliedAt: '2099-01-05T09:00:16+08:00',
}

/** A firm and the person who acts for it. */
export const firm: Pick<Application, 'applicant' | 'agent'> = {
  applicant: {
    kind: 'organisation',
    name: '长三角测试科技(杭州)有限公司',
    idDocument: { type: '001', number: '91330100MA9TEXT19M' },
    legalRepresentative: '测试甲',
  },
  agent: {
    name: '测试乙',
    idDocument: { type: '111', number: '330203190203042021' },
    mobile: '10000000002',
  },
}
