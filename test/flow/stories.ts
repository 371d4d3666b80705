/** One application for each region, with what a clerk will complain of. All persons are the regions' test persons. */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'

export interface Story {
  readonly region: SimulatedRegionId
  readonly division: string
  /** The client that files: the programmer of another region. */
  readonly client: string
  /** The application, given the reference of an uploaded file. */
  readonly application: (
    uploadId: string,
  ) => Record<string, unknown> & { readonly documents: readonly unknown[] }
  /** What the clerk complains of, and the applicant's answer. */
  readonly complaint: { readonly fields: readonly string[]; readonly materials: readonly string[] }
  readonly answer: (uploadId: string) => object
}

const upload = (id: string, uploadId: string) => ({ id, mode: 'upload', uploads: [uploadId] })

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
let persons = 0

/** A number that nobody has, another one each time. */
function anybody(): string {
  persons += 1
  const first17 = `31010119050606${String(persons).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return `${first17}${'10X98765432'[sum % 11]}`
}

export const STORIES: readonly Story[] = [
  {
    region: 'shanghai',
    division: '310000',
    client: 'sandbox-jiangsu',
    application: (uploadId) => ({
      matter: 'shanghai:310000:312099003000',
      division: '310000',
      sourceDivision: '320500',
      applicant: {
        kind: 'person',
        name: '测试甲',
        // Shanghai takes one open case of a matter for each applicant.
        idDocument: { type: '111', number: anybody() },
        mobile: '10000000005',
        address: '示例路1号',
      },
      form: { zmsx: '3', zmnr: '办理继承公证', lqfs: '2' },
      documents: [upload('003CL01', uploadId), upload('003CL02', uploadId)],
      delivery: { mode: 'post', name: '测试己', mobile: '10000000005', address: '苏州市示例路2号' },
    }),
    complaint: { fields: [], materials: ['003CL01'] },
    answer: (uploadId) => ({ documents: [upload('003CL01', uploadId)] }),
  },
  {
    region: 'jiangsu',
    division: '320500',
    client: 'sandbox-shanghai',
    application: (uploadId) => ({
      matter: 'jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '张测试',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
        address: '示例地址1号',
      },
      form: { blyy: '1', ylkh: '' },
      documents: [
        upload('8754fbcb-d1be-6f73-3e7b-38763fada785', uploadId),
        upload('10b678e6-559e-ceea-d21e-840c8abf0656', uploadId),
      ],
      delivery: { mode: 'post', name: '张测试', mobile: '10000000001', address: '上海市示例路1号' },
    }),
    complaint: { fields: [], materials: ['10b678e6-559e-ceea-d21e-840c8abf0656'] },
    answer: (uploadId) => ({ documents: [upload('10b678e6-559e-ceea-d21e-840c8abf0656', uploadId)] }),
  },
  {
    region: 'zhejiang',
    division: '330100',
    client: 'sandbox-shanghai',
    application: (uploadId) => ({
      matter: 'zhejiang:330100:33010100000000099002',
      division: '330100',
      sourceDivision: '310000',
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
        upload('M9900203', uploadId),
      ],
      note: '请尽快',
    }),
    complaint: { fields: ['toAddress'], materials: ['M9900203'] },
    answer: (uploadId) => ({
      form: { toAddress: '测试路2号201室' },
      documents: [upload('M9900203', uploadId)],
    }),
  },
  {
    region: 'anhui',
    division: '340100',
    client: 'sandbox-shanghai',
    application: (uploadId) => ({
      matter: 'anhui:340100:3401000000000099902',
      division: '340100',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: '34010319000101001X' },
        mobile: '10000000001',
        address: '示例路1号',
      },
      form: { ZM_TYPE: '3', ZM_REASON: '办理继承公证 <&>', TAKE_MODE: '1' },
      documents: [upload('M099902001', uploadId), { id: 'M099902002', mode: 'later' }],
    }),
    complaint: { fields: [], materials: ['M099902001'] },
    answer: (uploadId) => ({ documents: [upload('M099902001', uploadId)] }),
  },
]

/** The story of one region. */
export function storyOf(region: SimulatedRegionId): Story {
  const found = STORIES.find((story) => story.region === region)
  if (!found) throw new Error(`no story for ${region}`)
  return found
}
