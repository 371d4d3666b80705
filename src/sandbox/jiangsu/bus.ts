import { timingSafeEqual } from 'node:crypto'
import { entryOf } from '../entries.ts'
import { explain } from '../moment.ts'
import { NONCE_SECONDS } from './config.ts'
import { nowOf, type Office } from './office.ts'
import { BusRefusal } from './refusals.ts'
import { signatureOf } from './signature.ts'

/** How many nonces may be kept before the ended ones are dropped. */
const KEPT_NONCES = 5_000

const equal = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The four headers in the contract's order of checks (3.1). A nonce is used up as soon as the signature was good. */
export function checkBus(office: Office, header: (name: string) => string | undefined): void {
  const { paasid, tifToken } = office.config.credentials
  const [app, timestamp, nonce, signature] = [
    header('x-tif-paasid'),
    header('x-tif-timestamp'),
    header('x-tif-nonce'),
    header('x-tif-signature'),
  ]
  if (!app || !signature || !/^\d{10}$/.test(timestamp ?? '') || !/^[0-9A-Za-z]{16}$/.test(nonce ?? ''))
    throw new BusRefusal(401, '1001', '缺少请求头或格式错误')
  if (app !== paasid) throw new BusRefusal(401, '1005', '应用不存在')
  const seconds = nowOf(office) / 1000
  if (Math.abs(seconds - Number(timestamp)) > office.config.options.clockSkewSeconds)
    throw new BusRefusal(401, '1003', '时间戳超出允许范围')
  const expected = signatureOf(tifToken, timestamp ?? '', nonce ?? '')
  explain({ clause: '3.1', stringToSign: `${timestamp}…${nonce}${timestamp}`, expected, received: signature })
  if (!equal(signature, expected)) throw new BusRefusal(401, '1002', '签名错误')
  useNonce(office, `${app} ${nonce}`, seconds)
}

function useNonce({ state }: Office, key: string, seconds: number): void {
  const until = entryOf(state.nonces, key) ?? 0
  if (until > seconds) throw new BusRefusal(401, '1004', '请求重复')
  state.nonces[key] = seconds + NONCE_SECONDS
  nonces.count += 1
  if (nonces.count % KEPT_NONCES !== 0) return
  for (const [one, end] of Object.entries(state.nonces)) if (end <= seconds) delete state.nonces[one]
}

/** Counts since the process began: the sweep need not be the same in every run. */
const nonces = { count: 0 }
