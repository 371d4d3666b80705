/** What Shanghai posts (contract 3.4 and 4.3): checked in the contract's order, answered in its shapes. */
import { isSameText } from '../kit/callbacks.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer } from '../kit/contract.ts'
import type { ShanghaiConfig } from './config.ts'
import { readEvent } from './event.ts'
import { callbackText, signCallback } from './sign.ts'

const answer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body: JSON.stringify(body),
})
const failure = (http: number, errorCode: string, msg: string): RegionAnswer =>
  answer(http, { isSuccess: false, code: '500', errorCode, msg })
const SIGN_INVALID = failure(401, 'SIGN_INVALID', '签名无效')

/** The answer to a body over 8 MiB. */
export const TOO_LARGE = failure(413, 'PARAM_ERROR', '参数错误:body')

const answers = {
  taken: () => answer(200, { isSuccess: true }),
  replayed: failure(401, 'NONCE_REPLAY', '请求重复'),
  caseUnknown: failure(200, 'APPLY_NOT_FOUND', '办件不存在'),
  later: failure(500, 'SYSTEM_ERROR', '系统异常'),
}

export function openCallback(
  request: CallbackRequest,
  { credentials, options }: ShanghaiConfig,
  now: Date,
): OpenedCallback {
  const {
    'x-sh-timestamp': timestamp = '',
    'x-sh-nonce': nonce = '',
    'x-sh-signature': signature = '',
  } = request.headers
  if (
    !/^\d{1,16}$/.test(timestamp) ||
    !/^[0-9A-Za-z]{16,64}$/.test(nonce) ||
    !/^[0-9a-f]{64}$/.test(signature)
  )
    return { accepted: false, answer: SIGN_INVALID }
  if (Math.abs(now.getTime() - Number(timestamp)) > options.callbackSkewSeconds * 1000)
    return { accepted: false, answer: failure(401, 'TIMESTAMP_INVALID', '时间戳超出范围') }
  const path = request.target.split('?')[0] ?? ''
  if (
    !isSameText(
      signCallback(credentials.callbackSecret, callbackText(path, timestamp, nonce, request.body)),
      signature,
    )
  )
    return { accepted: false, answer: SIGN_INVALID }
  const read = readEvent(request.body)
  return {
    accepted: true,
    nonce: { value: nonce, seconds: options.callbackNonceSeconds },
    content: 'event' in read ? read : { answer: failure(200, 'PARAM_ERROR', `参数错误:${read.wrong}`) },
    answers,
  }
}
