/** Examples of the document, by operation. All of them work in the sandbox: its persons, its cities, matters of its catalogues. */
import type { Operation } from './words.ts'

interface Example {
  /** Values of parameters by their names. */
  readonly values?: Readonly<Record<string, string | number>>
  readonly body?: unknown
}

const MATTER = 'shanghai:310000:312099011000'
/** 社会保障卡 in Suzhou: it takes a photo. */
const CARD = 'jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f'
const HANGZHOU = '330100'
const SUZHOU = '320500'
/** What stands for a secret that is told once. */
const CODE = 'mdc_EXAMPLE'

const APPLICATION = {
  matter: MATTER,
  division: HANGZHOU,
  sourceDivision: '310000',
  applicant: {
    kind: 'person',
    name: '测试甲',
    idDocument: { type: '111', number: '310101190001010011' },
    mobile: '10000000000',
    address: '上海市示例路1号',
  },
  form: { balx: '2', jyd: HANGZHOU, kssj: '2099-01-02', lxdh: '10000000000' },
  documents: [],
}
const GRANT = { purpose: 'crossProvince', matter: MATTER, receiver: 'sandbox-shanghai' }
const matter = { id: MATTER }
const mine = { cities: SUZHOU }

export const EXAMPLES: Readonly<Record<string, Example>> = {
  readCity: { values: { division: HANGZHOU } },
  listMatters: { values: { q: '异地就医', limit: 5 } },
  readMatter: { values: matter },
  readDifferences: { values: { ...matter, between: 'shanghai,zhejiang' } },
  readForecast: { values: { ...matter, city: HANGZHOU } },
  readSchema: { values: { region: 'zhejiang', message: 'application' } },
  readMapping: { values: { region: 'anhui', message: 'application' } },
  preflight: { body: { application: APPLICATION, cities: [HANGZHOU, SUZHOU] } },
  convert: {
    body: {
      kind: 'application',
      from: 'canonical',
      to: 'zhejiang',
      division: HANGZHOU,
      content: APPLICATION,
    },
  },
  listWindows: { values: { city: '330900', limit: 3 } },
  offerMandate: {
    body: {
      matters: ['*'],
      regions: ['shanghai', 'jiangsu', 'zhejiang', 'anhui'],
      until: '2027-06-30T18:00:00+08:00',
    },
  },
  acceptMandate: { body: { code: CODE } },
  makeCode: { body: { purpose: 'hotel' } },
  verifyPerson: { body: { code: '1234567890', purpose: 'hotel' } },
  fileCase: { body: APPLICATION },
  listCases: { values: { limit: 5 } },
  listMyCases: { values: { cities: HANGZHOU, limit: 5 } },
  correctCase: { body: { form: { startDate: '2099-02-01' }, note: '开始日期已更正' } },
  withdrawCase: { body: { reason: '不再需要' } },
  rateCase: { body: { grade: 'verySatisfied' } },
  readFeed: { values: { limit: 5 } },
  subscribe: { body: { url: 'http://127.0.0.1:8099/', types: ['status'] } },
  replay: { body: { from: 'parked' } },
  listPhotos: { values: mine },
  grantPhoto: { body: GRANT },
  preparePhoto: {
    body: { matter: CARD, division: SUZHOU, document: '10b678e6-559e-ceea-d21e-840c8abf0656' },
  },
  listLicences: { values: mine },
  grantLicence: { body: GRANT },
  verifyLicence: {
    body: { identifier: '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.000000100.001.R' },
  },
  previewRelease: { body: { matter: MATTER, division: HANGZHOU, cities: SUZHOU } },
  giveConsent: {
    body: {
      kind: 'photo',
      items: ['ph_EXAMPLE'],
      purpose: 'crossProvince',
      matter: MATTER,
      receiver: 'sandbox-shanghai',
    },
  },
  agreeAsGuardian: { body: { code: 'gdn_EXAMPLE' } },
  chooseAccessNotice: { body: { word: 'each' } },
  askWhy: { body: { text: '为什么查我的证照?' } },
  answerWhy: { body: { text: '核对了您本人提交的申请。' } },
}

type Named = { readonly name: string }
type Body = { readonly content: Readonly<Record<string, object>> }

/** The operation with its examples. */
export function withExamples(operation: Operation): Operation {
  const { values = {}, body } = EXAMPLES[operation.operationId] ?? {}
  const parameters = operation.parameters as readonly Named[] | undefined
  const asked = operation.requestBody as Body | undefined
  return {
    ...operation,
    ...(parameters
      ? {
          parameters: parameters.map((one) =>
            values[one.name] === undefined ? one : { ...one, example: values[one.name] },
          ),
        }
      : {}),
    ...(asked && body !== undefined
      ? { requestBody: { ...asked, content: { 'application/json': jsonOf(asked, body) } } }
      : {}),
  }
}

const jsonOf = ({ content }: Body, example: unknown) => ({ ...content['application/json'], example })
