/** What the tests of photos and licences share: Anhui's front, which reads GM with the throw-away key, holders, recorded answers. */
import { createDecipheriv, createHash, createHmac } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import type { Alarm } from '../kit/codes.ts'
import type { Audit, FoundLicence, FoundPhoto, Holder } from '../kit/contract.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { sealed } from './gm.ts'
import { anhui } from './index.ts'
import { sample, vectors } from './test-vectors.ts'

type Plain = Readonly<Record<string, unknown>>

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not in the vectors')
  return value
}
interface GmVector {
  readonly name: string
  readonly requestTarget: string
  readonly nonce: string
  readonly timestamp: string
  readonly appId: string
  readonly secret: string
  readonly sm2PublicKey: string
  readonly sm2PrivateKey: string
  readonly sm4Key: string
  readonly iv: string
  readonly randomKey: string
  readonly body: string
  readonly expected: Readonly<
    Record<'sentBody' | 'contentMd5' | 'stringToSign' | 'signature' | 'answerBody', string>
  >
}
const vectorNamed = (name: string) =>
  found(vectors.signing.find((one) => one.name === name)) as unknown as GmVector
export const gmQuery = vectorNamed('gm-photo-query')
export const gmAnswer = vectorNamed('gm-answer')

/** The key of a request, by the platform's private key; empty for what it cannot read. */
export const keyIn = (randomKey: string): Buffer => {
  const bytes = Buffer.from(randomKey, 'base64')
  if (bytes.length !== 113 || bytes[0] !== 4) throw new Error('no C1C3C2 with its 04')
  const [hex, secret] = [bytes.subarray(1).toString('hex'), gmQuery.sm2PrivateKey]
  return Buffer.from(sm2.doDecrypt(hex, secret, 1, { output: 'array' }))
}

const opened = (key: Buffer, text: string): string => {
  const bytes = Buffer.from(text, 'base64')
  const decipher = createDecipheriv('sm4-cbc', key, bytes.subarray(0, 16))
  return decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8')
}

/** A request as the platform reads it. */
export interface Read {
  readonly op: string
  readonly isGm: boolean
  readonly body: Plain
  readonly out: Outgoing
  readonly timeoutMs: number
  readonly key?: Buffer
}

const OPS: Readonly<Record<string, string>> = Object.fromEntries(
  vectors.samples.map(({ op, request }) => [request.path.slice(request.path.lastIndexOf('/') + 1), op]),
)

/** Reads a request and checks its signature, by the letters of 3.2 and 3.4 and none of our code. */
function readRequest(out: Outgoing, timeoutMs: number): Read {
  const { headers, url } = out
  const isGm = headers['S-Auth-SignType'] === 'GM'
  const text = String(out.body)
  const randomKey = headers['S-Auth-RandomKey']
  const parts = [
    url.slice('http://127.0.0.1:4340'.length),
    ...(randomKey === undefined ? [] : [randomKey]),
    headers['S-Auth-Nonce'],
    headers['S-Auth-Timestamp'],
    headers['S-Auth-AppId'],
    createHash('md5').update(text).digest('base64'),
  ]
  const hmac = isGm ? createHmac('sm3', 'FAKE_GM_APP_SECRET_AH') : createHmac('sha256', 'FAKE_APP_SECRET_AH')
  if (hmac.update(parts.join('|')).digest('base64') !== headers['S-Auth-Signature'])
    throw new Error('the signature is wrong')
  if (isGm !== (randomKey !== undefined)) throw new Error('half GM')
  const key = isGm ? keyIn(randomKey ?? '') : undefined
  const type = isGm ? 'text/plain;charset=utf-8' : 'application/json'
  if (headers['Content-Type'] !== type) throw new Error('the type is wrong')
  const body = JSON.parse(key ? opened(key, text) : text) as Plain
  const op = OPS[url.slice(url.lastIndexOf('/') + 1)] ?? url
  return { op, isGm, body, out, timeoutMs, ...(key ? { key } : {}) }
}

/** An answer as it stands, whatever the request was: failures of the front, and answers that break the rules. */
export class AsItIs {
  readonly answer: Incoming
  constructor(content: unknown, status = 200, headers: Incoming['headers'] = {}) {
    const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content))
    this.answer = { status, headers, body }
  }
}
export const front = (code: string, status = 401) =>
  new AsItIs({ code, message: 'm', requestId: 'r' }, status)

type Answers = Readonly<Partial<Record<string, readonly unknown[]>>>

/** Anhui, answering each operation with its answers in their order, the last of them again and again. */
export function holdingAt(answers: Answers, config = vectors.config) {
  const [asked, alarms] = [[] as Read[], [] as Alarm[]]
  let at = new Date('2099-01-02T09:04:34+08:00')
  const left = new Map(Object.entries(answers).map(([op, list]) => [op, [...(list ?? [])]]))
  const link = anhui.connect(
    config,
    async (out, { timeoutMs }) => {
      const read = readRequest(out, timeoutMs)
      asked.push(read)
      const list = left.get(read.op) ?? [sample(read.op).response.body]
      const answer = list.length > 1 ? list.shift() : list[0]
      if (answer instanceof AsItIs) return answer.answer
      if (answer instanceof Error) throw answer
      const text = JSON.stringify(answer)
      if (read.key === undefined) return { status: 200, headers: {}, body: Buffer.from(text) }
      const body = Buffer.from(sealed(read.key, Buffer.alloc(16, asked.length), text))
      return { status: 200, headers: { 's-auth-signtype': 'GM' }, body }
    },
    () => at,
    alarms,
  )
  const { photos, licences } = link
  if (photos === undefined || licences === undefined) throw new Error('nothing is held')
  return {
    photos,
    licences,
    asked,
    alarms,
    ops: () => asked.map(({ op }) => op),
    bodies: (op: string) => asked.filter((one) => one.op === op).map(({ body }) => body),
    pass: (seconds: number) => {
      at = new Date(at.getTime() + seconds * 1000)
    },
  }
}

export const good = (data: unknown) => ({ flag: '200', result: '成功', data })
export const bad = (flag: string) => ({ flag, result: '测试甲', data: null })

const recorded = (op: string): Plain => {
  const { data } = sample(op).response.body as { data: Plain | readonly Plain[] }
  return (Array.isArray(data) ? data[0] : data) as Plain
}
/** The element of a recorded answer with members changed, as an object alone (3.8). */
export const told = (op: string, changes: object = {}) => {
  const data: Plain = { ...recorded(op), ...changes }
  return { ...good(data), data }
}

export const holder: Holder = {
  name: '测试甲',
  idDocument: { type: '111', number: '34010319000101001X' },
}
export const firm: Holder = {
  name: '安徽测试科技有限公司',
  idDocument: { type: '001', number: '91340100MA2TEXT08A' },
}

/** A look without a case. */
export const look: Audit = { number: '912345678901234', matterName: '户籍事项证明', actor: 'gw-user-0001' }
/** A look for a case. */
export const ofCase = (caseNumber: string, region: 'anhui' | 'jiangsu' = 'anhui'): Audit => ({
  ...look,
  case: { region, caseNumber, matterCode: '3401000000000099902' },
})
const audit = ofCase('AH340100209901020001')
export const asking = { division: '340100', holder, audit, purpose: 'crossProvince' as const }

/** The recorded photo in canonical words. */
export const photo: FoundPhoto = {
  id: 'PHahperson0001',
  takenFor: 'idCard',
  rawSource: { code: '01', label: '居民身份证' },
  takenOn: '2025-03-01',
  width: 358,
  height: 441,
  size: 5630,
}

export const CERT_ID = '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.000000001.001.D'

/** The recorded licence in canonical words. */
export const licence: FoundLicence = {
  id: CERT_ID,
  identifier: CERT_ID,
  kind: 'idCard',
  rawType: { code: '11100001', label: '居民身份证' },
  name: '居民身份证',
  number: '34010319000101001X',
  holder,
  issuer: { name: '安徽省示例发证机关' },
  issuedOn: '2020-01-01',
  validFrom: '2020-01-01',
  status: 'valid',
  rawStatus: { code: '1', label: '有效' },
}

/** Nothing of the person, and no token, is in what people and logs read. */
export const isQuiet = (failure: unknown): boolean => {
  const written = JSON.stringify([failure, failure instanceof Error ? failure.message : ''])
  return !/测试|34010319000101001X|d67405579681115f|PHahperson|FAKE/.test(written)
}
