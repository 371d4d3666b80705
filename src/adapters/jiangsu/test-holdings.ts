/** A link whose photo and licence services answer as a test says, what they were sent, and the contract's persons and licences. */
import { sm2 } from 'sm-crypto-v2'
import { GatewayError } from '../../errors.ts'
import type { Alarm } from '../kit/codes.ts'
import type { Audit, FoundLicence, FoundPhoto, Holder, RegionConfig } from '../kit/contract.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'
import { config, jsonOf, now, sample } from './test-samples.ts'

type Plain = Readonly<Record<string, unknown>>

/** One call as it was received. */
interface Received {
  readonly group: string
  readonly op: string
  readonly url: string
  readonly token: string | null
  readonly data: Readonly<Record<string, string>>
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export const answer = (body: unknown, more: Partial<Incoming> = {}): Incoming => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  ...more,
})
export const good = (data: unknown): Incoming => answer({ head: { status: '0', message: '成功' }, data })
export const bad = (status: unknown, message = ''): Incoming =>
  answer({ head: { status, message }, data: null })
/** The answer of a recorded sample. */
export const recorded = (op: string): Incoming => answer(sample(op).response.body)
/** `data` of a recorded answer, a list's first. */
export const dataOf = (op: string): Plain => {
  const { data } = jsonOf(sample(op).response.body)
  return Array.isArray(data) ? data[0] : data
}

/** What each op is answered with, one after the other; the last is given again. */
type Script = Readonly<Record<string, readonly Incoming[]>>

/** A platform that gives a new token each time, good for half an hour. */
export function played(
  script: Script = {},
  own: RegionConfig = config,
  clock: { now: () => Date } = { now },
) {
  const sent: Received[] = []
  const alarms: Alarm[] = []
  let tokens = 0
  const counts = new Map<string, number>()
  const transport: Transport = async ({ url, headers, body }, { timeoutMs }) => {
    const { pathname, searchParams } = new URL(url)
    const [group = '', op = ''] = pathname.split('/').slice(-2)
    const text = String(body)
    const { data } = JSON.parse(text)
    sent.push({ group, op, url, token: searchParams.get('token'), data, body: text, headers, timeoutMs })
    const answers = script[op]
    const count = counts.get(op) ?? 0
    counts.set(op, count + 1)
    const next = answers?.[Math.min(count, answers.length - 1)]
    if (next !== undefined) return next
    if (op !== 'token') throw new Error(`no answer to ${op}`)
    tokens += 1
    return good({ token: `FAKE+token/${tokens}`, yxqz: String(clock.now().getTime() + 1_800_000) })
  }
  const { photos, licences } = jiangsu.connect(own, transport, clock.now, alarms)
  const asked = () => sent.filter(({ op }) => op !== 'token')
  return { photos, licences, sent, asked, alarms }
}

/** The same, of a configuration that has both. */
export function holding(...told: Parameters<typeof played>) {
  const { photos, licences, ...rest } = played(...told)
  if (photos === undefined || licences === undefined) throw new Error('a library is missing')
  return { photos, licences, ...rest }
}

/** Whether a body was signed for this user: the text of `data` is cut out as it stands. */
export function isSignedFor(body: string, userId: string): boolean {
  const [, sign = '', data = ''] = /^\{"head":\{"sign":"([^"]*)"\},"data":(.*)\}$/s.exec(body) ?? []
  const hex = Buffer.from(sign, 'base64').toString('hex')
  const { sm2PublicKey } = config.credentials.licence
  return (
    sign.length === 88 && sm2.doVerifySignature(Buffer.from(data), hex, sm2PublicKey, { hash: true, userId })
  )
}

export const holder: Holder = {
  name: '张测试',
  idDocument: { type: '111', number: '320501190001010015' },
}
export const firm: Holder = {
  name: '苏州测试科技有限公司',
  idDocument: { type: '001', number: '91320500MA1TEXT06A' },
}
export const heldBy = (type: string, number: string): Holder => ({
  name: '张测试',
  idDocument: { type, number },
})

/** A look without a case. */
export const look: Audit = { number: '912345678901234', matterName: '社会保障卡补领', actor: '申请人本人' }
/** A look for a case of any region. */
export const ofCase = (caseNumber: string, region: 'jiangsu' | 'anhui' = 'jiangsu'): Audit => ({
  ...look,
  case: { region, caseNumber, matterCode: '1' },
})
/** The question of the recorded samples. */
export const asking = { division: '320500', holder, audit: ofCase('JSSZ209901020004') }
export const askingPhoto = { ...asking, purpose: 'crossProvince' as const }

/** The recorded photo in canonical words. */
export const foundPhoto: FoundPhoto = {
  id: 'ZPa4d29ecd2a4ed617ec1d9e84077c0be3',
  takenFor: 'idCard',
  rawSource: { code: '1', label: '居民身份证' },
  takenOn: '2098-03-08',
  validUntil: '2101-03-08T09:04:40+08:00',
  width: 358,
  height: 441,
}

export const LICENCE_ID = '1.2.156.3005.2.11100000MB1TEXT935003.320500.FAKE000002.001.S'
/** The recorded licence in canonical words. */
export const socialCard: FoundLicence = {
  id: LICENCE_ID,
  identifier: LICENCE_ID,
  kind: 'socialSecurityCard',
  rawType: { code: '11100000MB1TEXT935003', label: '社会保障卡' },
  name: '社会保障卡',
  number: 'FAKE000002',
  holder,
  issuer: { name: '苏州市示例发证机关', code: '11320500MB1TEXT26N' },
  issuedOn: '2096-04-07',
  validFrom: '2096-04-07',
  validTo: '2104-06-25',
  status: 'valid',
  rawStatus: { code: '1', label: '现势' },
  division: '320500',
}

/** What a call was refused with. */
export async function problemOf(asked: Promise<unknown>): Promise<GatewayError> {
  const error = await asked.then(
    () => undefined,
    (refusal: unknown) => refusal,
  )
  if (error instanceof GatewayError) return error
  throw error ?? new Error('it was not refused')
}

export type Region = ReturnType<typeof holding>

/** Each operation, by its call: what it sends is one call of this op. */
export const OPERATIONS = [
  ['photo-query', 'zpgx', 'zpcx', ({ photos }) => photos.find(askingPhoto)],
  ['photo-fetch', 'zpgx', 'zpxz', ({ photos }) => photos.fetch({ ...askingPhoto, photo: foundPhoto })],
  ['licence-query', 'zzgx', 'zzcx', ({ licences }) => licences.find(asking)],
  [
    'licence-fetch',
    'zzgx',
    'zzxxxz',
    ({ licences }) => licences.fetch({ ...asking, licence: socialCard, reason: '社会保障卡补领' }),
  ],
  [
    'licence-verify',
    'zzgx',
    'zzwjyz',
    ({ licences }) =>
      licences.verify({ ...asking, claim: { identifier: LICENCE_ID, file: Buffer.from('%PDF') } }),
  ],
] as const satisfies readonly (readonly [string, string, string, (region: Region) => Promise<unknown>])[]

/** The recorded licence, with members changed. */
export const licenceRow = (changes: object = {}) => ({ ...dataOf('licence-query'), ...changes })
/** What is found when these are the rows, and the region that was asked. */
export const licencesFound = async (rows: unknown, ask: object = {}, clock = { now }) => {
  const region = holding({ zzcx: [good(rows)] }, undefined, clock)
  return { found: await region.licences.find({ ...asking, ...ask }), ...region }
}
