/**
 * The licence and photo service (`zzk`, contract 3.2 and 4.6): a session instead of a token, audit members in every question, and
 * answers of three forms: bare, in the envelope, or bytes. A failure is always JSON in the envelope.
 */
import { GatewayError, type ProblemCode } from '../../errors.ts'
import { cached, fileNameOf, jsonOf, objectOf, under } from '../kit/connect.ts'
import type { Audit, FileContent } from '../kit/contract.ts'
import { fitting } from '../kit/told.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import { auditMembers } from './audit.ts'
import type { ShanghaiConfig } from './config.ts'
import { refusal } from './open.ts'
import { renewing } from './renewing.ts'
import { WireSession } from './zzk.wire.ts'

type Members = Readonly<Record<string, string>>

/** One question to the service. */
export interface Question {
  readonly operation: string
  /** Under `zzkBase`. */
  readonly path: string
  readonly audit: Audit
  readonly members: Members
}

/** The calls that photos and licences are made of. */
export interface Zzk {
  /** A call that answers without an envelope. */
  readonly bare: (question: Question) => Promise<Readonly<Record<string, unknown>>>
  /** A call that answers with `data`. */
  readonly enveloped: (question: Question) => Promise<unknown>
  /** A call that answers with bytes; `name` is the file's where Shanghai gives it none. */
  readonly bytes: (question: Question, name: string) => Promise<FileContent>
}

const LOGIN = 'licence-login'
const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

const sessionIn = fitting(WireSession, 'shanghai')

/** What a refusal means where it is about a photo or a licence; elsewhere the same word has its meaning for cases. */
const CODES: Readonly<Record<string, Readonly<Record<string, ProblemCode>>>> = {
  'licence-derive': { CERT_NOT_FOUND: 'LICENCE_NOT_FOUND', STATUS_CONFLICT: 'LICENCE_NOT_VALID' },
  'licence-fetch': { CERT_NOT_FOUND: 'LICENCE_NOT_FOUND' },
  'photo-query': { PHOTO_NOT_FOUND: 'PHOTO_NOT_FOUND', HOLDER_MISMATCH: 'HOLDER_MISMATCH' },
  'photo-fetch': { PHOTO_NOT_FOUND: 'PHOTO_NOT_FOUND', PHOTO_EXPIRED: 'PHOTO_NOT_FOUND' },
}

/** The error for a refusal. There is no application here that `errors` could point into. */
function refused(envelope: Readonly<Record<string, unknown>>, operation: string): GatewayError {
  const { code, facts } = refusal(envelope, operation)
  return new GatewayError(CODES[operation]?.[String(facts['code'])] ?? code, facts)
}

const dataIn =
  (operation: string) =>
  (answer: Incoming): unknown => {
    const body = objectOf(jsonOf(answer))
    if (body['isSuccess'] !== true) throw refused(body, operation)
    return body['data']
  }

const bareIn =
  (operation: string) =>
  (answer: Incoming): Readonly<Record<string, unknown>> => {
    const body = objectOf(jsonOf(answer))
    if ('isSuccess' in body && body['isSuccess'] !== true) throw refused(body, operation)
    return body
  }

/** HTTP 200 alone may be a file, and JSON never is one: an error page of a server on the way is not taken for a picture. */
const fileIn =
  (operation: string, name: string) =>
  (answer: Incoming): FileContent => {
    const contentType = answer.headers['content-type'] ?? ''
    if (answer.status !== 200 || /^application\/json/i.test(contentType))
      throw refused(objectOf(jsonOf(answer)), operation)
    return { name: fileNameOf(answer.headers['content-disposition'], name), contentType, bytes: answer.body }
  }

/** The service of one configuration; `undefined` where it lacks the address, the account or the matter of foreign cases. */
export function zzk(config: ShanghaiConfig, transport: Transport, now: () => Date): Zzk | undefined {
  const { zzkAccount: account, zzkPassword: password } = config.credentials
  const { orgName, zzkBase, zzkSessionSeconds, foreignAuditItemCode } = config.options
  const { timeoutMs, transferTimeoutMs, maxFileBytes } = config.options
  if (account === undefined || password === undefined || zzkBase === undefined) return undefined
  if (zzkSessionSeconds === undefined || foreignAuditItemCode === undefined) return undefined
  const base = under(config.baseUrl, zzkBase)

  const post = (path: string, members: Members, limits: { timeoutMs: number; maxBytes?: number }) =>
    transport(
      { method: 'POST', url: `${base}${path}`, headers: JSON_TYPE, body: JSON.stringify(members) },
      limits,
    )

  // Its life counts from the log-in, which Shanghai may have seen as early as it was sent.
  const session = cached(async () => {
    const until = now().getTime() + zzkSessionSeconds * 1000
    const body = bareIn(LOGIN)(await post('/login.do', { account, password }, { timeoutMs }))
    return { value: sessionIn(body, LOGIN).sessionId, until }
  }, now)
  const withSession = renewing(session, 'SESSION_INVALID')

  const asked = ({ audit, members }: Question, sessionId: string): Members => ({
    sessionId,
    ...auditMembers(audit, { orgName, foreignAuditItemCode }),
    ...members,
  })
  const ask = <T>(question: Question, read: (answer: Incoming) => T): Promise<T> =>
    withSession((sessionId) => post(question.path, asked(question, sessionId), { timeoutMs }), read)

  return {
    bare: (question) => ask(question, bareIn(question.operation)),
    enveloped: (question) => ask(question, dataIn(question.operation)),
    bytes: (question, name) =>
      withSession(
        (sessionId) =>
          post(question.path, asked(question, sessionId), {
            timeoutMs: transferTimeoutMs,
            maxBytes: maxFileBytes,
          }),
        fileIn(question.operation, name),
      ),
  }
}
