/** What the tests of photos and licences share: whoever is asked for, why, and the recorded answers with something changed. */
import type {
  Audit,
  FoundLicence,
  FoundPhoto,
  Holder,
  LicenceLink,
  PhotoLink,
  RegionLink,
} from '../kit/contract.ts'
import { sha256 } from './handle.ts'
import { dataOf, sample } from './test-vectors.ts'

export const holder: Holder = {
  name: '测试甲',
  idDocument: { type: '111', number: '33010619010203101X' },
}
export const firm: Holder = {
  name: '长三角测试科技(杭州)有限公司',
  idDocument: { type: '001', number: '91330100MA9TEXT19M' },
}

/** A look without a case. */
export const look: Audit = { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' }
/** A look for a case of ours. */
export const ofCase = (caseNumber: string, region: 'zhejiang' | 'jiangsu' = 'zhejiang'): Audit => ({
  ...look,
  case: { region, caseNumber, matterCode: '33010100000000099002' },
})
/** The case of the recorded questions. */
export const recorded = ofCase('CSJ209901050000001')

export const asking = { division: '330100', holder, audit: recorded, purpose: 'crossProvince' as const }

export function photosOf({ photos }: RegionLink): PhotoLink {
  if (photos === undefined) throw new Error('no photos')
  return photos
}
export function licencesOf({ licences }: RegionLink): LicenceLink {
  if (licences === undefined) throw new Error('no licences')
  return licences
}

/** A success of the business dialect. */
export const good = (data: unknown) => ({ success: true, errorCode: null, errorMsg: null, data })
/** A refusal of the business dialect. */
export const bad = (errorCode: string) => ({ success: false, errorCode, errorMsg: '', data: null })

/** The recorded photo, as the query tells it, with members changed. */
export const photo = (changes: object = {}) => good({ ...dataOf(sample('photo-query')), ...changes })
/** The recorded file of it. */
export const photoFile = (changes: object = {}) => good({ ...dataOf(sample('photo-fetch')), ...changes })

/** It in canonical words. */
export const foundPhoto: FoundPhoto = {
  id: 'ph_85f9503bebe44cc83060274d',
  takenFor: 'idCard',
  rawSource: { code: 'ID_CARD', label: '居民身份证' },
  takenOn: '2024-03-01',
  width: 358,
  height: 441,
}

/** A success of the sharing dialect. */
export const shared = (datas: unknown) => ({ code: '00', msg: '成功', dataCount: '1', datas })
const datasOf = (op: string): object => {
  const { datas } = sample(op).response.body as { datas: object | readonly object[] }
  return (Array.isArray(datas) ? datas[0] : datas) as object
}
/** The recorded licence, with columns changed. */
export const licenceRow = (changes: object = {}) => ({ ...datasOf('licence-query'), ...changes })
/** The recorded file of it. */
export const licenceFile = (changes: object = {}) => shared({ ...datasOf('licence-fetch'), ...changes })
/** The recorded verdict on it. */
export const verdict = (changes: object = {}) => shared({ ...datasOf('licence-verify'), ...changes })

export const LICENCE_ID = '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.000000100.001.R'
/** One whose check character is that of another. */
export const WRONG_ID = '1.2.156.3005.2.11330000MB1TEXT0X6001.330100.000000100.001.S'
/** Another licence, whose check character is right. */
export const OTHER_ID = '1.2.156.3005.2.11330000MB1TEXT0X6003.330100.000000101.001.F'

/** The recorded licence in canonical words. */
export const identityCard: FoundLicence = {
  id: LICENCE_ID,
  identifier: LICENCE_ID,
  kind: 'idCard',
  rawType: { code: '11330000MB1TEXT0X6001', label: '居民身份证' },
  name: '居民身份证',
  number: '33010619010203101X',
  holder,
  issuer: { name: '测试发证机关', code: '11330000MB1TEXT0X6' },
  issuedOn: '2020-01-02',
  status: 'valid',
  rawStatus: { code: '01', label: '有效' },
  division: '330100',
}

/** Base64 and digest of some bytes, as both libraries write them. */
export const fileOf = (text: string) => {
  const bytes = Buffer.from(text)
  return { bytes, base64: bytes.toString('base64'), digest: sha256(bytes) }
}
