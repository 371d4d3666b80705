/** What the tests of calls share: a region that answers as a function says, and what it was sent. */
import type { Alarm } from '../kit/codes.ts'
import type { Handle } from '../kit/contract.ts'
import type { CallLimits, Incoming, Outgoing } from '../kit/transport.ts'
import type { ZhejiangConfig } from './config.ts'
import { zhejiang } from './index.ts'
import { config } from './test-vectors.ts'

/** A region that answers by a function; what it was sent is kept. `own` is another configuration of ours. */
export function pretend(
  answer: (out: Outgoing, count: number) => Partial<Incoming> & { json?: unknown },
  own: ZhejiangConfig = config,
) {
  const alarms: Alarm[] = []
  const sent: Outgoing[] = []
  const limits: CallLimits[] = []
  const link = zhejiang.connect(
    own,
    async (out, limit) => {
      sent.push(out)
      limits.push(limit)
      const { json, ...rest } = answer(out, sent.length)
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        body: Buffer.from(JSON.stringify(json ?? null)),
        ...rest,
      }
    },
    () => new Date('2099-01-05T01:00:00Z'),
    alarms,
  )
  return { link, sent, limits, alarms }
}

/** A region that keeps the secrets in order and answers every other call with one envelope after the other; the last one stays. */
export function answering(envelopes: readonly unknown[], own?: ZhejiangConfig) {
  const left = [...envelopes]
  const played = pretend(
    (out) => ({
      json: out.url.includes('refreshToken')
        ? { code: '00', datas: SECRETS }
        : left.length > 1
          ? left.shift()
          : left[0],
    }),
    own,
  )
  /** Query or body of each call, without what signs it. */
  const asked = () =>
    played.sent
      .filter(({ url }) => !url.includes('refreshToken'))
      .map(({ url, body }) => {
        const query = Object.fromEntries(new URL(url).searchParams)
        for (const member of ['appKey', 'requestTime', 'sign']) delete query[member]
        return body === undefined ? query : JSON.parse(String(body))
      })
  return { ...played, asked }
}
/** The last part of each path that was called. */
export const pathsOf = (sent: readonly Outgoing[]) =>
  sent.map((one) => new URL(one.url).pathname.split('/').at(-1))
/** A case that was filed, as far as a call looks at it. */
export const filed = (handle: Handle = { projId: '1', projPwd: '2' }) =>
  ({ handle, caseNumber: '1' }) as never

/** A pair of secrets that is good for the day of the tests. */
export const SECRETS = { refreshSecret: 'r1', requestSecret: 's1', requestSecretEndTime: 4_071_258_901_000 }
/** A question for one page of a catalogue. */
export const ask = { division: '330100', page: 1, pageSize: 1 }
