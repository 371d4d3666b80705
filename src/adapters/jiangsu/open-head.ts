/** Opens the envelope of Jiangsu's licence and photo services, `{head, data}`, and reads its refusals (contract 3.4). */
import { GatewayError, type ProblemCode } from '../../errors.ts'
import { objectOf } from '../kit/connect.ts'
import { openBus } from './open.ts'

/** `head.status` of an ended or unknown query token. */
export const TOKEN_ENDED = '2'

/** What a status means whatever was asked. */
const STATUSES: Readonly<Record<string, ProblemCode>> = {
  '1': 'REGION_REJECTED',
  [TOKEN_ENDED]: 'REGION_AUTH',
  '3': 'REGION_AUTH',
  '5': 'REGION_REJECTED',
  '9': 'REGION_UNAVAILABLE',
}

/** What it means to one operation: `4` is nobody, no photo or no licence, and `5` a licence that was cancelled. */
const OF_OPERATION: Readonly<Record<string, Readonly<Record<string, ProblemCode>>>> = {
  'photo-query': { '4': 'PHOTO_NOT_FOUND' },
  'photo-fetch': { '4': 'PHOTO_NOT_FOUND' },
  'licence-query': { '4': 'LICENCE_NOT_FOUND' },
  'licence-fetch': { '4': 'LICENCE_NOT_FOUND', '5': 'LICENCE_NOT_VALID' },
}

const NAMED = /^参数错误:([A-Za-z]\w{0,60})$/

/**
 * `data` of a success. A status that the contract does not name, or not for this operation, is an answer against it.
 * @throws GatewayError for a refusal of bus or service; `code` is the status, `member` what the service calls wrong
 */
export function openHead(body: Readonly<Record<string, unknown>>, operation: string): unknown {
  openBus(body, operation)
  const head = objectOf(body['head'])
  const status = String(head['status'])
  // Hall and identity platform say success by 1 and by six zeroes; here it is 0 (trap 6).
  if (status === '0') return body['data']
  // Only a digit is looked up or repeated: anything else may hold anything.
  const told = /^\d$/.test(status) ? status : ''
  const code = OF_OPERATION[operation]?.[told] ?? STATUSES[told] ?? 'REGION_ANSWER_INVALID'
  const member = status === '1' ? NAMED.exec(String(head['message']))?.[1] : undefined
  throw new GatewayError(code, {
    region: 'jiangsu',
    operation,
    code: told === '' ? 'unknown code' : told,
    ...(member === undefined ? {} : { member }),
  })
}
