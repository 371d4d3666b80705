/** A gateway that speaks strategy GM (contract 3.4), with other primitives than the platform's, so that it does not judge itself. */
import { randomBytes, randomUUID } from 'node:crypto'
import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { type Kit, md5Of, type Reply } from './test-kit.ts'

export const QUERY = '/api-0.8.20/zzwk-service/photoService/queryPhoto'
export const FETCH = '/api-0.8.20/zzwk-service/photoService/photoDownload'

const SECRET = 'FAKE_GM_APP_SECRET_AH'
const { gmPublicKey } = vectors.config.credentials

/** What a test may bend. */
export interface BentGm {
  readonly nonce?: string
  readonly secret?: string
  readonly timestamp?: number
  /** What body and answer are sealed with. */
  readonly key?: Uint8Array
  /** Replaces the sealed key, signed as it is. */
  readonly randomKey?: string
  /** Replaces the sealed body, signed as it is. */
  readonly sealed?: string
  readonly contentType?: string
  /** Replace the right ones after signing; an empty one is left out. */
  readonly headers?: Readonly<Record<string, string>>
}

/** HMAC-SM3 by `sm-crypto-v2`. */
export const hmacSm3 = (secret: string, text: string): string =>
  Buffer.from(sm3(Buffer.from(text), { key: Buffer.from(secret), mode: 'hmac' }), 'hex').toString('base64')

/** Base64 of the vector and the SM4-CBC ciphertext. */
export function seal(key: Uint8Array, text: string, iv: Uint8Array = randomBytes(16)): string {
  const cipher = sm4.encrypt(Buffer.from(text), key, { mode: 'cbc', iv, output: 'array' })
  return Buffer.concat([iv, cipher]).toString('base64')
}

/** What was sealed so. */
export function unseal(key: Uint8Array, body: string): string {
  const bytes = Buffer.from(body, 'base64')
  const iv = bytes.subarray(0, 16)
  return Buffer.from(sm4.decrypt(bytes.subarray(16), key, { mode: 'cbc', iv, output: 'array' })).toString()
}

/** The header of a key: SM2 ciphertext, C1C3C2, with its leading `04`. */
export const sealKey = (key: Uint8Array): string =>
  Buffer.from(`04${sm2.doEncrypt(key, gmPublicKey, 1)}`, 'hex').toString('base64')

/** The answer, opened when it was sealed. */
export interface GmReply extends Reply {
  readonly headers: Headers
  readonly text: string
}

/** Asks; a text is sealed as it stands, anything else as JSON. */
export async function askGm(kit: Kit, target: string, body: unknown, bent: BentGm = {}): Promise<GmReply> {
  const key = bent.key ?? randomBytes(16)
  const randomKey = bent.randomKey ?? sealKey(key)
  const sent = bent.sealed ?? seal(key, typeof body === 'string' ? body : JSON.stringify(body))
  const [nonce, timestamp] = [bent.nonce ?? randomUUID(), String(bent.timestamp ?? kit.nowMs())]
  const md5 = sent === '' ? '' : md5Of(sent)
  const parts = [target, randomKey, nonce, timestamp, 'fakeappid0001', md5].filter((part) => part !== '')
  const headers: Record<string, string> = {
    'S-Auth-Version': '1',
    'S-Auth-AppId': 'fakeappid0001',
    'S-Auth-Timestamp': timestamp,
    'S-Auth-Nonce': nonce,
    'S-Auth-Stage': 'RELEASE',
    'S-Auth-GroupId': 'fakegroupah03',
    'S-Auth-Signature': hmacSm3(bent.secret ?? SECRET, parts.join('|')),
    'S-SDK-Version': '1.3',
    'S-Auth-SignType': 'GM',
    'S-Auth-RandomKey': randomKey,
    'S-Content-MD5': md5,
    'S-Area-Code': '340100000000',
    'Content-Type': bent.contentType ?? 'text/plain;charset=utf-8',
    ...bent.headers,
  }
  const response = await kit.region.app.request(`http://ah.test${target}`, {
    method: 'POST',
    headers: Object.entries(headers).filter(([, value]) => value !== ''),
    ...(sent === '' ? {} : { body: sent }),
  })
  const text = await response.text()
  const isSealed = response.headers.get('S-Auth-SignType') === 'GM'
  const json: Record<string, unknown> = JSON.parse(isSealed ? unseal(key, text) : text)
  return { status: response.status, headers: response.headers, text, json }
}
