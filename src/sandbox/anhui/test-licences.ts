/** What the tests of licences and tokens share: the calls, a licence of the samples, and the parts of what is answered. */
import { inflateRawSync } from 'node:zlib'
import { dataOf, type Kit, type Reply } from './test-kit.ts'

export const ZZWK = '/api-0.8.20/zzwk-service'
export const CARD = '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.000000001.001.D'
export const CARD_NO = '34010319000101001X'
export const SM3 = '920c8a80dbdaf415f5eebe4ca4a2ceb72b5395b7837af1b1b95e96a737c44f03'

export const TOKEN = { applyId: CARD_NO, applyName: '测试甲', applyPhone: '10000000001', isApp: '0' }
export const SUMMARY = { typeCode: 'ALL', ownerId: CARD_NO, ownerName: '测试甲', useForm: '1' }
export const CLAIM = { certId: CARD, certNo: CARD_NO, sm3: SM3 }

export const ask = (kit: Kit, tail: string, body: unknown) => kit.json(`${ZZWK}${tail}`, body)
export const give = (kit: Kit, body: object = TOKEN) => ask(kit, '/criterion/getUnAuthToken', body)
export const summary = (kit: Kit, body: object = SUMMARY) => ask(kit, '/currency/querySummary', body)
export const read = (kit: Kit, body: object) => ask(kit, '/criterion/queryCertificate', body)
export const fetched = (kit: Kit, body: object) => ask(kit, '/criterion/certificateDownload', body)
export const verified = (kit: Kit, body: object = CLAIM) => ask(kit, '/criterion/verifyCertificate', body)
export const told = (kit: Kit, token: string) => ask(kit, '/criterion/getTokenInfo', { token })
export const tokenOf = async (kit: Kit, applyId = CARD_NO, applyName = '测试甲') =>
  dataOf(await give(kit, { ...TOKEN, applyId, applyName }))['token'] ?? ''

export const failure = ({ status, json }: Reply) => [status, json['flag'], json['result'], json['data']]
export const wrong = (name: string) => [200, '400', `参数错误:${name}`, null]
export const FORBIDDEN = [200, '403', '无权限', null]
export const NO_TOKEN = [200, '401', '令牌无效', null]
export const UNKNOWN = [200, '404', '未查询到', null]
export const rowsOf = ({ json }: Reply) => [json['data']].flat() as Record<string, string>[]

/** The identifier of a licence of 测试甲 or of another by its name. */
export function idOf(kit: Kit, name: string, idNumber = CARD_NO): string {
  const found = kit.region.holdings?.().find((one) => one.name === name && one.idNumber === idNumber)
  return found?.id ?? ''
}

/** Texts of a ZIP by name, read from its entries. */
export function unzip(bytes: Buffer): Record<string, string> {
  const texts: Record<string, string> = {}
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = bytes.readUInt32LE(end + 16)
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size, nameLength] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
    ]
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const raw = bytes.subarray(start, start + size)
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString()
    texts[name] = (method === 0 ? raw : inflateRawSync(raw)).toString()
    at += 46 + nameLength
  }
  return texts
}
