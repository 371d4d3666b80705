/** Electronic licences (contract 4g). */
import { createHash } from 'node:crypto'
import { digits, oneOf } from './formats.ts'
import { extras, oneOrMany } from './freedoms.ts'
import { allLicences, type Licence, licenceOf } from './holdings.ts'
import type { Office } from './office.ts'
import { HOLDERS } from './persons.ts'
import { FlagRefusal } from './refusals.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { type JsonObject, may, must, refuseUnknown, textMember } from './shapes.ts'
import { holderOf } from './tokens.ts'

const ISSUER = '安徽省示例发证机关'
const ISSUED = '2020-01-01'
const ALL = 'ALL'
/** `useForm`: materials alone, of which this service has none. */
const MATERIAL_ONLY = '3'

const isTypeCode = digits(8, 8)
const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex')

/** The members that `licence-summary` and `licence-query` have in common. */
function summaryOf({ certId, typeCode, certName, certNo, owner, expireDate, state }: Licence) {
  return {
    certId,
    typeCode,
    certName,
    certNo,
    ownerId: owner.number,
    ownerName: owner.name,
    issueOrg: ISSUER,
    issueDate: ISSUED,
    effectDate: ISSUED,
    expireDate,
    state,
  }
}

function listLicences(office: Office, body: JsonObject): FlagAnswer {
  const typeCode = textMember(
    body,
    'typeCode',
    must((value) => value === ALL || isTypeCode(value)),
  )
  const ownerId = textMember(body, 'ownerId', must())
  const ownerName = textMember(body, 'ownerName', must())
  const useForm = textMember(body, 'useForm', must(oneOf('1', '2', MATERIAL_ONLY)))
  refuseUnknown(body, ['typeCode', 'ownerId', 'ownerName', 'useForm'])
  const owner = HOLDERS.get(ownerId)
  if (owner !== undefined && owner.name !== ownerName) throw new FlagRefusal('403')
  const found =
    useForm === MATERIAL_ONLY
      ? []
      : allLicences(office).filter(
          (licence) =>
            licence.owner.number === ownerId && (typeCode === ALL || licence.typeCode === typeCode),
        )
  const rows = found.map((licence) => ({ ...summaryOf(licence), ...extras(office) }))
  return { result: '查询成功', data: oneOrMany(office, rows) }
}

/** The licence that a token opens, after the checks in their order: `401`, `404`, `403`. */
function openedLicence(office: Office, certId: string, token: string): Licence {
  const asking = holderOf(office, token)
  const licence = licenceOf(office, certId)
  if (licence === undefined) throw new FlagRefusal('404')
  if (licence.owner.number !== asking) throw new FlagRefusal('403')
  return licence
}

function readLicence(office: Office, body: JsonObject): FlagAnswer {
  const certId = textMember(body, 'certId', must())
  const token = textMember(body, 'token', must())
  refuseUnknown(body, ['certId', 'token'])
  const licence = openedLicence(office, certId, token)
  const certData = JSON.stringify({
    持有人: licence.owner.name,
    证照编号: licence.certNo,
    发证机关: ISSUER,
  })
  const row = { ...summaryOf(licence), certData, ...extras(office) }
  return { result: '查询成功', data: oneOrMany(office, [row]) }
}

function fetchLicence(office: Office, body: JsonObject): FlagAnswer {
  const certId = textMember(body, 'certId', must())
  const token = textMember(body, 'token', must())
  const suffix = textMember(body, 'format', must(oneOf('pdf', 'ofd'))) === 'ofd' ? 'ofd' : 'pdf'
  refuseUnknown(body, ['certId', 'token', 'format'])
  const licence = openedLicence(office, certId, token)
  if (licence.state !== '1') throw new FlagRefusal('403')
  const bytes = licence.files[suffix]
  const row = {
    certId,
    fileName: `${licence.certName}.${suffix}`,
    suffix,
    content: bytes.toString('base64'),
    sm3: sm3(bytes),
    ...extras(office),
  }
  return { result: '下载成功', data: oneOrMany(office, [row]) }
}

/** What is wrong with a claim; an empty text when nothing is. */
function faultOf(licence: Licence | undefined, certNo: string, digest: string): string {
  if (licence === undefined) return '证照不存在'
  if (licence.state !== '1') return '证照已失效'
  if (licence.certNo !== certNo) return '证照编号不一致'
  const isOneOfItsFiles = Object.values(licence.files).some((bytes) => sm3(bytes) === digest)
  return digest === '' || isOneOfItsFiles ? '' : '文件不一致'
}

function verifyLicence(office: Office, body: JsonObject): FlagAnswer {
  const certId = textMember(body, 'certId', must())
  const certNo = textMember(body, 'certNo', must())
  const digest = textMember(
    body,
    'sm3',
    may((value) => /^[0-9a-f]{64}$/.test(value)),
  )
  refuseUnknown(body, ['certId', 'certNo', 'sm3'])
  const msg = faultOf(licenceOf(office, certId), certNo, digest)
  const row = { verify: String(msg === ''), msg, ...extras(office) }
  return { result: '核验完成', data: oneOrMany(office, [row]) }
}

/** The four operations of the licence service. */
export function licenceRoutes(office: Office): readonly Route[] {
  const route = (
    operation: string,
    tail: string,
    answer: (office: Office, body: JsonObject) => FlagAnswer,
  ): Route => ({
    operation,
    method: 'POST',
    group: 'zzwk',
    tail,
    style: 'json',
    answer: (body) => answer(office, body),
  })
  return [
    route('licence-summary', '/currency/querySummary', listLicences),
    route('licence-query', '/criterion/queryCertificate', readLicence),
    route('licence-fetch', '/criterion/certificateDownload', fetchLicence),
    route('licence-verify', '/criterion/verifyCertificate', verifyLicence),
  ]
}
