/**
 * Tokens for one holder's photos and licences (contract 4g, `unauth-token`, documented). A token serves until it ends, after 600 s, and
 * is kept meanwhile: in memory alone, under a keyed hash of whose it is, without number or name.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { type Static, Type } from 'typebox'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { fitting } from '../kit/told.ts'
import { ROOT } from '../kit/trace.ts'
import type { Caller } from './call.ts'
import type { AnhuiConfig } from './config.ts'
import { isRefusal, mismatch, type Owner, readAt } from './holding.ts'

const TOKEN = 'unauth-token'
const LIFE_MS = 600_000
/** Before its end a token is not used any more, since a call takes its time. */
const MARGIN_MS = 30_000
const MOST = 1000

/**
 * `applyPhone` must be a telephone number and is not compared with the holder's (4g), whom the gateway does not make known to more
 * services than it must. A configuration names that of who runs the gateway; this one has the form and is nobody's: no mobile number in
 * China begins with 10.
 */
const NOBODYS_PHONE = '10000000000'

/** The one element of the answer. */
const WireToken = Type.Array(
  Type.Object({ token: Type.String({ minLength: 1, maxLength: 200 }), expireTime: Type.String() }),
  { minItems: 1, maxItems: 1 },
)
const tokenIn = fitting(WireToken, 'anhui')

/** For whom a token is asked. */
interface Asked {
  readonly owner: Owner
  readonly areaCode: string
}

export interface HolderTokens {
  /**
   * Makes a call with the holder's token. One that has ended is got anew, once.
   * @throws GatewayError `HOLDER_MISMATCH`; `REGION_REJECTED` with the code 404 for a holder whom Anhui does not know
   */
  readonly using: <T>(asked: Asked, call: (token: string) => Promise<T>) => Promise<T>
}

/** A token, or the question for it, which many may wait for. */
interface Kept {
  readonly token: Promise<string>
  /** Milliseconds since 1970. */
  until: number
}

/** The tokens of one connection. */
export function holderTokens(config: AnhuiConfig, call: Caller, now: () => Date): HolderTokens {
  const kept = new Map<string, Kept>()
  const secret = randomBytes(32)
  const keyOf = ({ number, name }: Owner): string =>
    createHmac('sha256', secret).update(`${number}\n${name}`).digest('base64')

  const ask = async ({ owner, areaCode }: Asked): Promise<Static<typeof WireToken>[number] | undefined> => {
    const told = await call.zzwk(TOKEN, areaCode, '/criterion/getUnAuthToken', {
      applyId: owner.number,
      applyName: owner.name,
      applyPhone: config.options.applyPhone ?? NOBODYS_PHONE,
      // Without 皖事通's scanning, which is for whoever stands at a machine.
      isApp: '0',
    })
    return tokenIn(oneOrMany(told['data']), TOKEN)[0]
  }

  /** Asks, and tells how long the answer serves: until the time that it names, and no longer than the contract lets it. */
  const fresh = async (asked: Asked): Promise<{ token: string; until: number }> => {
    const started = now().getTime()
    try {
      const { token = '', expireTime = '' } = (await ask(asked)) ?? {}
      const end = readAt(TOKEN, '/0/expireTime', () => Date.parse(wallClock.decode(expireTime, {}, ROOT)))
      return { token, until: Math.min(end, started + LIFE_MS) - MARGIN_MS }
    } catch (error) {
      throw isRefusal(error, '403') ? mismatch(TOKEN) : error
    }
  }

  const drop = (key: string, one: Kept): void => {
    if (kept.get(key) === one) kept.delete(key)
  }

  /** Room for one more. All live equally long, so that the oldest are the first to end. */
  const makeRoom = (): void => {
    for (const [key, { until }] of kept) {
      if (kept.size < MOST && until > now().getTime()) return
      kept.delete(key)
    }
  }

  const get = (key: string, asked: Asked): Kept => {
    const known = kept.get(key)
    if (known !== undefined && now().getTime() < known.until) return known
    kept.delete(key)
    makeRoom()
    const token = fresh(asked).then(
      (got) => {
        one.until = got.until
        return got.token
      },
      (error: unknown) => {
        drop(key, one)
        throw error
      },
    )
    const one: Kept = { token, until: Number.POSITIVE_INFINITY }
    kept.set(key, one)
    return one
  }

  return {
    using: async (asked, run) => {
      const key = keyOf(asked.owner)
      const one = get(key, asked)
      const token = await one.token
      try {
        return await run(token)
      } catch (error) {
        if (!isRefusal(error, '401')) throw error
      }
      // Only the token that was refused is dropped: somebody may have got a newer one meanwhile.
      drop(key, one)
      return await run(await get(key, asked).token)
    },
  }
}
