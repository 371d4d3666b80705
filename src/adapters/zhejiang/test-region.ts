/** What the tests of calls share: a region that answers as a function says, and what it was sent. */
import type { Handle } from '../kit/contract.ts'
import type { CallLimits, Incoming, Outgoing } from '../kit/transport.ts'
import { zhejiang } from './index.ts'
import { config } from './test-vectors.ts'

/** A region that answers by a function; what it was sent is kept. */
export function pretend(answer: (out: Outgoing, count: number) => Partial<Incoming> & { json?: unknown }) {
  const sent: Outgoing[] = []
  const limits: CallLimits[] = []
  const link = zhejiang.connect(
    config,
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
  )
  return { link, sent, limits }
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
