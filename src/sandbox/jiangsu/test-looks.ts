/** A played Jiangsu, and a caller of its licence and photo service who signs by itself. */
import { createHash } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { simulateJiangsu } from './index.ts'

export const LICENCE = '/ebus/fakedzzz/rest/v1.0/zzgx'
export const PHOTO = '/ebus/fakezpk/rest/v1.0/zpgx'
const { sm2PrivateKey } = vectors.directory.credentials.licence
const START = Date.parse('2099-01-02T09:00:00+08:00')

/** Where an operation stands. */
export const pathOf = (op: string): string => `${op.startsWith('zp') ? PHOTO : LICENCE}/${op}`

export const signed = (text: string, userId: string): string =>
  Buffer.from(sm2.doSignature(text, sm2PrivateKey, { hash: true, userId }), 'hex').toString('base64')

// biome-ignore lint/suspicious/noExplicitAny: a test reads an answer member by member and fails where one is missing.
type Told = any

export async function openLooks() {
  let ms = START
  let serial = 0
  const region = simulateJiangsu({
    now: () => new Date(ms),
    baseUrl: 'http://js.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '{"custom":{"code":1}}' }),
  })
  const bus = (): Record<string, string> => {
    serial += 1
    const timestamp = String(Math.floor(ms / 1000))
    const nonce = String(serial).padStart(16, '0')
    const text = `${timestamp}FAKE_TIF_TOKEN_JS_OUT_0001${nonce}${timestamp}`
    return {
      'x-tif-paasid': 'fake_csj_gateway',
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': createHash('sha256').update(text).digest('hex').toUpperCase(),
    }
  }
  const send = async (
    path: string,
    body: string,
    type = 'application/json;charset=UTF-8',
  ): Promise<{ status: number; body: Told }> => {
    const answer = await region.app.request(`http://js.test${path}`, {
      method: 'POST',
      headers: { ...bus(), 'content-type': type },
      body,
    })
    return { status: answer.status, body: await answer.json() }
  }
  const session = { token: '' }
  /** One look whose `data` is this text. */
  const raw = async (op: string, text: string, sign?: string): Promise<Told> => {
    const userId = op === 'token' ? '1234567812345678' : session.token
    const query = op === 'token' ? '' : `?token=${session.token}`
    const body = `{"head":{"sign":"${sign ?? signed(text, userId)}"},"data":${text}}`
    return (await send(pathOf(op) + query, body)).body
  }
  const look = (op: string, data: object, sign?: string): Promise<Told> => raw(op, JSON.stringify(data), sign)
  /** `status message` of the head. */
  const head = async (op: string, data: object, sign?: string): Promise<string> => {
    const told = (await look(op, data, sign)).head
    return `${told.status} ${told.message}`
  }
  const logIn = async () => {
    session.token = (await look('token', { yymc: 'FAKE_CSJ_GATEWAY' })).data.token
  }
  await logIn()
  return {
    region,
    bus,
    send,
    raw,
    look,
    head,
    logIn,
    session,
    now: () => ms,
    pass: (seconds: number) => {
      ms += seconds * 1000
    },
  }
}
