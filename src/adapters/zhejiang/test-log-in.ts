/** What the tests of the log-in share: a region that answers one call after the other, and the recorded users, changed. */
import type { Alarm } from '../kit/codes.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { zhejiang } from './index.ts'
import { config, dataOf, sample } from './test-vectors.ts'

/** The log-in at a region that answers one call after the other. */
export function logInAt(answers: readonly (Partial<Incoming> & { json?: unknown })[]) {
  const [sent, alarms, left] = [[] as Outgoing[], [] as Alarm[], [...answers]]
  const link = zhejiang.logIn?.(
    config,
    async (out) => {
      sent.push(out)
      const { json, ...rest } = left.shift() ?? {}
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json ?? null)), ...rest }
    },
    () => new Date('2099-01-05T01:00:06Z'),
    alarms,
  )
  if (!link) throw new Error('no log-in')
  return { link, sent, alarms }
}

export const token = { json: { success: true, data: { accessToken: 'at' } } }
export const user = (data: unknown) => ({ json: { success: true, errorCode: null, data } })
const recorded = (op: string, member: string, changes: object) => {
  const data = dataOf(sample(op))
  return user({ ...data, [member]: { ...(data[member] as object), ...changes } })
}
export const person = (changes: object) => recorded('sso-userinfo', 'personInfo', changes)
export const firm = (changes: object) => recorded('sso-userinfo-legal', 'legalPersonInfo', changes)
