/** What the tests of the log-in share: a region that answers one call after the other, and the recorded users, changed. */
import type { Alarm } from '../kit/codes.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { sample, vectors } from './test-vectors.ts'

export const RETURN_TO = 'http://127.0.0.1:8080/sso/ah/callback?state=s1'

/** The log-in at a region that answers one call after the other. */
export function logInAt(
  answers: readonly (Partial<Incoming> & { json?: unknown })[],
  config = vectors.config,
) {
  const [sent, alarms, left] = [[] as Outgoing[], [] as Alarm[], [...answers]]
  const link = anhui.logIn?.(
    config,
    async (out) => {
      sent.push(out)
      const { json, ...rest } = left.shift() ?? {}
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json ?? null)), ...rest }
    },
    () => new Date('2099-01-02T09:00:50+08:00'),
    alarms,
  )
  if (!link) throw new Error('no log-in')
  return { link, sent, alarms }
}

/** An answer in XML. */
export const xml = (text: string) => ({ body: Buffer.from(text) })

/** The recorded CAS answer. */
export const CAS = (sample('sso-exchange').response as unknown as { text: string }).text

/** The CAS answer for a user of this kind. */
export const cas = (userType: string, user: string) =>
  xml(CAS.replace('<cas:userType>1<', `<cas:userType>${userType}<`).replace('>ahperson0001<', `>${user}<`))

const recorded = (op: string, changes: object) => {
  const body = sample(op).response.body as { data: object }
  return { json: { ...body, data: { ...body.data, ...changes } } }
}
export const person = (changes: object) => recorded('sso-userinfo', changes)
export const legal = (changes: object) => recorded('sso-legalinfo', changes)

/** What is read of a person, or of a legal person, who logged in by a ticket. */
export const told = async (answer: { readonly json: unknown }, userType = '1', user = 'ahperson0001') => {
  const { link, alarms } = logInAt([cas(userType, user), answer])
  return { account: await link.identify({ ticket: 'ST-1', returnTo: RETURN_TO }), alarms }
}
