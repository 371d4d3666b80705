/** What is filed with each region while the kit goes round: matters and persons of section 8 of its contract, all made up. */

import type { Holder } from '../adapters/kit/contract.ts'
import type { Application } from '../schemas/application.ts'
import type { JudgedRegion } from './model.ts'

/** One application of a region, and what its clerk complains of. */
export interface Story {
  /** Six digits: the city that is asked. */
  readonly division: string
  readonly matterCode: string
  /** Whose photo and licences are asked for. */
  readonly holder: Holder
  /** The account of the region's log-in page that is the holder's. */
  readonly account: string
  /** The account of an organisation. */
  readonly organisation: string
  /** The region’s app hands out tokens of its own: what the clerk calls it. */
  readonly app?: string
  readonly application: Omit<Application, 'matter' | 'division'>
  readonly complaint: { readonly fields: readonly string[]; readonly materials: readonly string[] }
}

const upload = (id: string) => ({ id, mode: 'upload' as const, uploads: ['kit'] })

/** A resident number of nobody, another one for each `serial` of three digits: Shanghai keeps one open case a person and matter. */
export function residentNumber(serial: number): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const first = `31010119050606${String(serial % 1000).padStart(3, '0')}`
  const sum = weights.reduce((total, weight, place) => total + weight * Number(first[place]), 0)
  return `${first}${'10X98765432'[sum % 11]}`
}

const person = (name: string, number: string): Holder => ({ name, idDocument: { type: '111', number } })

export const storyOf = (region: JudgedRegion, serial: number): Story => STORIES[region](serial)

const STORIES: Readonly<Record<JudgedRegion, (serial: number) => Story>> = {
  shanghai: (serial) => ({
    division: '310000',
    matterCode: '312099003000',
    holder: person('测试甲', '310101190001010011'),
    account: 'np1',
    organisation: 'lp1',
    application: {
      sourceDivision: '320500',
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: residentNumber(serial) },
        mobile: '10000000005',
        address: '示例路1号',
      },
      form: { zmsx: '3', zmnr: '办理继承公证', lqfs: '2' },
      documents: [upload('003CL01'), upload('003CL02')],
      delivery: { mode: 'post', name: '测试己', mobile: '10000000005', address: '苏州市示例路2号' },
    },
    complaint: { fields: [], materials: ['003CL01'] },
  }),
  jiangsu: () => ({
    division: '320500',
    matterCode: '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
    holder: person('张测试', '320501190001010015'),
    account: 'js_0000',
    organisation: 'jscorp_T06A',
    application: {
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
        upload('8754fbcb-d1be-6f73-3e7b-38763fada785'),
        upload('10b678e6-559e-ceea-d21e-840c8abf0656'),
      ],
      delivery: { mode: 'post', name: '张测试', mobile: '10000000001', address: '上海市示例路1号' },
    },
    complaint: { fields: [], materials: ['10b678e6-559e-ceea-d21e-840c8abf0656'] },
  }),
  zhejiang: () => ({
    division: '330100',
    matterCode: '33010100000000099002',
    holder: person('测试甲', '33010619010203101X'),
    account: 'u-p1',
    organisation: 'c-l1',
    application: {
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
        upload('M9900203'),
      ],
    },
    complaint: { fields: ['toAddress'], materials: ['M9900203'] },
  }),
  anhui: () => ({
    division: '340100',
    matterCode: '3401000000000099902',
    holder: person('测试甲', '34010319000101001X'),
    account: 'ahperson0001',
    organisation: 'ahlegal00001',
    app: 'wanshitong',
    application: {
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: '34010319000101001X' },
        mobile: '10000000001',
        address: '示例路1号',
      },
      form: { ZM_TYPE: '3', ZM_REASON: '办理继承公证 <&>', TAKE_MODE: '1' },
      documents: [upload('M099902001'), { id: 'M099902002', mode: 'later' }],
    },
    complaint: { fields: [], materials: ['M099902001'] },
  }),
}
