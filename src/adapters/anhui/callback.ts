/** What Anhui posts (contract 3.6 and 4c): the checks of the Shield front in their order, then one event in a form of XML. */
import { randomUUID } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { isSameText } from '../kit/callbacks.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer, RegionalEvent } from '../kit/contract.ts'
import type { AnhuiConfig } from './config.ts'
import { eventOf, incompleteMember } from './event.ts'
import { readForm } from './form-body.ts'
import { contentMd5, signature } from './sign.ts'
import { childrenOf, parseXml } from './xml.ts'

const MAX_BODY_BYTES = 4 * 1024 * 1024

const answer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body: JSON.stringify(body),
})
const front = (status: number, code: string, message: string): RegionAnswer =>
  answer(status, { code, message, requestId: randomUUID() })
const business = (result: string, resultmsg: string, data: object | null = null): RegionAnswer =>
  answer(200, { result, resultmsg, data })
const refused = (code: string, message: string, status = 401): OpenedCallback => ({
  accepted: false,
  answer: front(status, code, message),
})

/** The answer to a request over 24 MiB. */
export const TOO_LARGE: RegionAnswer = front(413, '10413', 'request entity too large')

const answers = (): Extract<OpenedCallback, { accepted: true }>['answers'] => ({
  taken: (projid) => business('01', '接收成功', { projid }),
  replayed: front(401, '10004', 'nonce replay'),
  caseUnknown: business('05', '办件不存在'),
  later: business('09', '系统异常'),
})

/** The path on which callbacks come: that of the URL that every application names. */
export const callbackPath = ({ options }: AnhuiConfig): string => new URL(options.callbackUrl).pathname

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const present = /./s

/** Checks 1 to 3 of the front: what every call must carry. */
function wrongHeader(
  headers: Readonly<Record<string, string>>,
  { options }: AnhuiConfig,
): string | undefined {
  const wanted: readonly (readonly [string, RegExp | string])[] = [
    ['S-Auth-Version', '1'],
    ['S-Auth-AppId', present],
    ['S-Auth-Timestamp', /^\d{13}$/],
    ['S-Auth-Nonce', UUID],
    ['S-Auth-Stage', options.stage],
    ['S-Auth-GroupId', present],
    ['S-Auth-Signature', present],
    ['S-SDK-Version', options.sdkVersion],
  ]
  return wanted.find(([name, form]) => {
    const value = headers[name.toLowerCase()] ?? ''
    return typeof form === 'string' ? value !== form : !form.test(value)
  })?.[0]
}

/** Checks the signature of a callback and reads its event. The nonce is burnt by the federation, after the signature. */
export function openCallback(request: CallbackRequest, config: AnhuiConfig, now: Date): OpenedCallback {
  const { credentials, options } = config
  const { headers, target, body } = request
  if (request.method !== 'POST' || target.split('?', 1)[0] !== callbackPath(config))
    return refused('10404', 'api not found', 404)
  const name = wrongHeader(headers, config)
  if (name !== undefined) return refused('10008', `header invalid: ${name}`)
  const header = (one: string) => headers[one] ?? ''
  const timestamp = header('s-auth-timestamp')
  const nonce = header('s-auth-nonce')
  if (!isSameText(header('s-auth-appid'), credentials.callbackAppId)) return refused('10001', 'appId unknown')
  if (!isSameText(header('s-auth-groupid'), options.callbackGroup))
    return refused('10005', 'api not authorised')
  if (headers['s-auth-signtype'] !== undefined || headers['s-auth-randomkey'] !== undefined)
    return refused('10007', 'sign strategy mismatch')
  if (Math.abs(now.getTime() - Number(timestamp)) > options.clockSkewMs)
    return refused('10002', 'timestamp out of range')
  const md5 = contentMd5(body)
  if (!isSameText(header('s-content-md5'), md5)) return refused('10006', 'content md5 mismatch')
  const signed = { target, nonce, timestamp, appId: credentials.callbackAppId, contentMd5: md5 }
  if (!isSameText(header('s-auth-signature'), signature(credentials.callbackAppSecret, signed)))
    return refused('10003', 'signature verify failed')
  return {
    accepted: true,
    nonce: {
      value: `${credentials.callbackAppId}:${nonce}`,
      seconds: Math.ceil(options.nonceTtlMs / 1000),
    },
    content: read(request),
    answers: answers(),
  }
}

/** The five events, and the block that each has. */
const EVENTS: Readonly<Record<string, string>> = {
  apasRegnfoXml: 'REGINFO',
  acceptInfoXml: 'ACCEPTINFO',
  handleInfoXml: 'HANDLEINFO',
  transactXml: 'TRANSACTINFO',
  deliverInfoXml: 'DELIVERINFO',
}

const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i

type Content = { event: RegionalEvent } | { answer: RegionAnswer }

const wrong = (member: string): Content => ({ answer: business('02', `参数错误:${member}`) })

function read({ headers, body }: CallbackRequest): Content {
  if (!FORM_TYPE.test(headers['content-type'] ?? '')) return wrong('Content-Type')
  if (body.length > MAX_BODY_BYTES) return wrong('body')
  return attempt(
    () => readForm(body),
    (error) => String(error.facts['field'] ?? 'body'),
    readFields,
  )
}

/** Goes on with what could be read, or says what could not. */
function attempt<T>(
  make: () => T,
  blame: (error: GatewayError) => string,
  next: (made: T) => Content,
): Content {
  let made: T
  try {
    made = make()
  } catch (error) {
    if (error instanceof GatewayError) return wrong(blame(error))
    throw error
  }
  return next(made)
}

function readFields(fields: ReadonlyMap<string, string>): Content {
  const [field, second] = Object.keys(EVENTS).filter((name) => fields.has(name))
  if (field === undefined || second !== undefined) return wrong(second ?? 'apasRegnfoXml')
  const block = EVENTS[field] ?? ''
  const elements = (name: string, root: string) => () =>
    childrenOf(fields.get(name) ? parseXml(fields.get(name) ?? '', root) : '')
  return attempt(
    elements(field, 'RECORD'),
    () => field,
    (record) => {
      const missing = incompleteMember(record, block)
      if (missing !== undefined) return wrong(missing)
      return attempt(
        elements('attrXml', 'RECORDS'),
        () => 'attrXml',
        (attrs) =>
          attempt(
            () => eventOf(record, block, attrs),
            () => 'CALLTIME',
            (event) => ({ event }),
          ),
      )
    },
  )
}
