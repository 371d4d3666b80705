/**
 * The identity platform's own frame inside the bus (contract 3.3, documented): an MD5 over application mark, secret and time, and user
 * data as hex of AES-128-ECB, whose key is the secret.
 */
import { createDecipheriv, createHash } from 'node:crypto'
import { formatWallClock } from '../kit/clock.ts'

/** Mark and secret of the gateway at the identity platform. */
export interface JisKeys {
  readonly appmark: string
  readonly appword: string
}

/** Lower-case hex MD5. `time` is `yyyyMMddHHmmss`, wall clock of Asia/Shanghai; nothing else is signed. */
export const jisSign = ({ appmark, appword }: JisKeys, time: string): string =>
  createHash('md5').update(`${appmark}${appword}${time}`, 'utf8').digest('hex')

/** The form of one call. */
export function jisForm(
  keys: JisKeys,
  at: Date,
  servicename: string,
  params: Readonly<Record<string, string>>,
): Record<string, string> {
  const time = formatWallClock(at).replaceAll(/\D/g, '')
  return {
    appmark: keys.appmark,
    time,
    sign: jisSign(keys, time),
    servicename,
    params: JSON.stringify(params),
  }
}

/** Whole blocks of sixteen bytes, in either case. */
const CIPHER = /^(?:[0-9a-fA-F]{32})+$/

/** The text of user data; `undefined` for what was not written with this secret. */
export function userData({ appword }: JisKeys, hex: string): string | undefined {
  if (!CIPHER.test(hex)) return undefined
  try {
    const decipher = createDecipheriv('aes-128-ecb', Buffer.from(appword, 'latin1'), null)
    const bytes = Buffer.concat([decipher.update(hex, 'hex'), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
