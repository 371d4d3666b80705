/**
 * Calls of Jiangsu's licence and photo services (contract 3.4, 4.f, 4.g): a signed frame inside the bus, and a query token that is the
 * signer's id of every call but its own.
 */
import { Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { cached } from '../kit/connect.ts'
import { fitting } from '../kit/told.ts'
import { requireServed } from './areas.ts'
import type { Caller } from './call.ts'
import type { JiangsuConfig } from './config.ts'
import { millis, NUMERIC, readAt } from './holding.ts'
import { TOKEN_ENDED } from './open-head.ts'
import { sm2Signer } from './sm2.ts'

/** What one call says; the city that is asked stands in it always. */
type Data = Readonly<Record<string, string>> & { readonly dwdm: string }

/** The calls that the photo library and the licence library are made of; each answers with `data`. */
export interface HeadCaller {
  readonly photo: HeadCall
  readonly licence: HeadCall
}
type HeadCall = (operation: string, op: string, data: Data, size?: 'file') => Promise<unknown>

const TOKEN = 'licence-token'
const tokenIn = fitting(
  Type.Object({ token: Type.String({ minLength: 1, maxLength: 64 }), yxqz: NUMERIC }),
  'jiangsu',
)

/** The platform cuts `data` out of the body as it stands: what is signed is the very text that is sent. */
const frame = (data: string, sign: string): string =>
  `{"head":{"sign":${JSON.stringify(sign)}},"data":${data}}`

const isEnded = (error: unknown, operation: string): boolean =>
  error instanceof GatewayError &&
  error.facts['code'] === TOKEN_ENDED &&
  error.facts['operation'] === operation

/**
 * Binds the calls to one configuration; `undefined` where it has no keys, no bus code of the token's service, or no signer's id for the
 * token. A service without a bus code of its own is absent. @throws GatewayError `CONFIGURATION_INVALID` for keys that do not fit
 */
export function headCaller(
  { credentials: { licence: keys }, options }: JiangsuConfig,
  { headed }: Pick<Caller, 'headed'>,
  now: () => Date,
): Partial<HeadCaller> | undefined {
  const { licenceTokenUserId: tokenSigner, busCodes } = options
  if (keys === undefined || busCodes.licence === undefined || tokenSigner === undefined) return undefined
  const sign = sm2Signer(keys)
  const licenceCode = busCodes.licence

  const token = cached(async () => {
    const data = JSON.stringify({ yymc: keys.yymc })
    const body = frame(data, sign(data, tokenSigner))
    const told = tokenIn(await headed(TOKEN, licenceCode, 'zzgx/token', body, options.timeoutMs), TOKEN)
    return { value: told.token, until: readAt(TOKEN, '/yxqz', () => millis(told.yxqz)) }
  }, now)

  const calls =
    (busCode: string, group: string): HeadCall =>
    async (operation, op, data, size) => {
      requireServed(options.areaCodes, data.dwdm)
      const text = JSON.stringify(data)
      const timeoutMs = size === 'file' ? options.fileTimeoutMs : options.timeoutMs
      const asked = (value: string) =>
        headed(
          operation,
          busCode,
          `${group}/${op}?token=${encodeURIComponent(value)}`,
          frame(text, sign(text, value)),
          timeoutMs,
        )
      const first = await token.get()
      try {
        return await asked(first)
      } catch (error) {
        if (!isEnded(error, operation)) throw error
      }
      // The platform ended it before its time. A second refusal is told: the fault is then another.
      token.drop(first)
      return asked(await token.get())
    }

  return {
    licence: calls(licenceCode, 'zzgx'),
    ...(busCodes.photo === undefined ? {} : { photo: calls(busCodes.photo, 'zpgx') }),
  }
}
