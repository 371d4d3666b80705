/** What the tests of this folder share: the contract's known answers, its catalogue as documents, and persons who apply. */
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { ApplicationContext, FiledCase } from '../kit/contract.ts'
import type { AnhuiConfig } from './config.ts'
import matterWire from './fixtures/household-certificate.wire.json' with { type: 'json' }
import { matter } from './matter.ts'

export { vectors }

export const config = vectors.config as AnhuiConfig
export const options = config.options as unknown as Record<string, unknown>
export const context = { options }

/** A row of the sample catalogue as the dialect has it. */
export const row = (sc: string): Record<string, unknown> => {
  const found = vectors.catalogue.find((one) => one.sc === sc)
  if (!found) throw new Error(sc)
  const { form, ...rest } = found as unknown as Record<string, unknown>
  return { ...rest, formJson: JSON.stringify(form) }
}
export const matterOf = (sc: string): Matter => matter.read(row(sc), context)
export const proof = matter.read(matterWire, context)
export const applying: ApplicationContext = {
  matter: proof,
  options,
  sourceNumber: 'CSJ20990102AAAAAAAAAAAA',
  appliedAt: '2099-01-02T09:00:00+08:00',
}

/** A matter of Shanghai's: its code, organ and area are of foreign shape. */
export const foreign: Matter = {
  ...proof,
  id: 'shanghai:310000:312099003000',
  region: 'shanghai',
  divisions: ['310000'],
  regional: { code: '312099003000', version: '1' },
  agency: { name: '上海市公安局', code: 'SHGASH' },
}

export const firm: Application = {
  matter: 'anhui:340100:3401000000000099912',
  division: '340100',
  sourceDivision: '310000',
  applicant: {
    kind: 'organisation',
    name: '芜湖示例制造有限公司',
    idDocument: { type: '001', number: '91340200MA2FAKE100' },
    legalRepresentative: '测试乙',
  },
  agent: { name: '测试丙', idDocument: { type: '111', number: '341302190204050033' }, mobile: '10000000003' },
  form: { COMPANY_NAME: '示例公司' },
  documents: [],
}

export const problem = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error instanceof GatewayError ? [error.code, error.errors[0]?.pointer] : error
  }
}

export const samples = vectors.samples as unknown as readonly {
  op: string
  note?: string
  request: {
    method: string
    path: string
    headers?: Record<string, string>
    body?: unknown
    form?: Record<string, string>
  }
  response: { status: number; body: unknown }
}[]
/** The first recorded call of an operation, or the one with this note. */
export const sample = (op: string, note?: string) => {
  const found = samples.find((one) => one.op === op && (note === undefined || one.note === note))
  if (!found) throw new Error(`${op} ${note ?? ''}`)
  return found
}

/** A filed case as the gateway keeps it: number, password and one file. */
export const someCase = (matter: Matter): FiledCase => ({
  division: '340100',
  caseNumber: 'AH340100209901020001',
  matter,
  application: {} as Application,
  sourceNumber: 'CSJ20990102AAAAAAAAAAAA',
  appliedAt: '2099-01-02T09:00:00+08:00',
  status: 'SUBMITTED',
  handle: {
    unid: '0123456789abcdef0123456789abcdef',
    projid: 'AH340100209901020001',
    projpwd: '094487',
    'upload:up_1@M099902001':
      '["/zzwk/file/ed6edd4a34d5cd9d3db5236b97398097.jpg","身份证.jpg","ea13b60e4b8add96"]',
  },
})

/** The same case as the region tells it in this state. */
export const decided = (status: RegionalCase['status']): RegionalCase => ({
  caseNumber: 'AH340100209901020001',
  region: 'anhui',
  division: '340100',
  matterCode: '3401000000000099902',
  status,
  rawStatus: { code: '', label: '' },
})
