/** A played Shanghai, and a caller of its licence and photo service who has a session and a case. */
import { simulateShanghai } from './index.ts'

const URL_BASE = 'http://sh.test'
export const ZZK = '/zzk/cert/usage'
export const LOGIN = { account: 'csj_gw_fake', password: 'FAKE_ZZK_PASSWORD_SH' }

/** What an answer is, with its text read as JSON where it is some. */
export interface Told {
  readonly status: number
  readonly type: string
  readonly disposition: string | null
  readonly bytes: Buffer
  /** `undefined` for bytes. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads an answer member by member and fails where one is missing.
  readonly body: any
}

export async function openLooks() {
  let ms = Date.parse('2026-03-02T09:00:00+08:00')
  const region = simulateShanghai({
    now: () => new Date(ms),
    baseUrl: URL_BASE,
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '{"isSuccess":true}' }),
  })
  const send = async (path: string, init: RequestInit): Promise<Told> => {
    const answer = await region.app.request(URL_BASE + path, { method: 'POST', ...init })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const type = answer.headers.get('content-type') ?? ''
    const disposition = answer.headers.get('content-disposition')
    const body = type.startsWith('application/json') ? JSON.parse(bytes.toString('utf8')) : undefined
    return { status: answer.status, type, disposition, bytes, body }
  }
  const json = (path: string, body: unknown): Promise<Told> =>
    send(path, {
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const logIn = async (): Promise<string> => (await json(`${ZZK}/login.do`, LOGIN)).body.sessionId
  const token = await send('/ac-product-api/oauth2/getToken', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'clientId=csj-gw-fake&clientSecret=FAKE_CLIENT_SECRET_SH',
  })
  const assigned = await json('/ac-product-api/uapply/generateApplyNo', {
    accessToken: token.body.access_token,
    itemCode: 'CSJ312099003000',
  })
  const audit = {
    orgName: '长三角互通网关',
    username: '苏州专窗01',
    itemName: '户籍事项证明',
    itemCode: '312099003000',
    businessCode: String(assigned.body.data.applyNo).slice(3),
  }
  const session = { id: await logIn() }
  /** One look; a member that is given as `undefined` is left out. */
  const look = (path: string, members: object): Promise<Told> =>
    json(`${ZZK}/${path}`, { sessionId: session.id, ...audit, ...members })
  /** `errorCode msg`, or `ok`. */
  const refusal = async (path: string, members: object): Promise<string> => {
    const { status, body } = await look(path, members)
    return status === 200 && body?.isSuccess === false ? `${body.errorCode} ${body.msg}` : 'ok'
  }
  return {
    region,
    send,
    json,
    logIn,
    look,
    refusal,
    audit,
    session,
    pass: (seconds: number) => {
      ms += seconds * 1000
    },
  }
}
