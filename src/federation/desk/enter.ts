/** How a clerk comes in: something they have, the secret of their device, and a code that changes, each of no use alone. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { ClerkRow } from '../../store/index.ts'
import type { ClientFacts } from '../clients.ts'
import type { Deps } from '../deps.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { actOf, hasDesk } from './clerks.ts'
import { stepOf, totpUri } from './totp.ts'

/** A clerk at work, with the client for whose window they act. */
export interface AtDesk {
  readonly clerk: ClerkRow
  readonly client: ClientFacts
  /** Of the session: not its secret. */
  readonly sessionId: string
}

/** What a browser is given at an enrolment, and at each log-in. */
export interface Entered {
  readonly session: string
  readonly device?: { readonly secret: string; readonly until: Date }
}

/** The clerk whom a link is for, while it works. @throws GatewayError `CLERK_LINK_INVALID` */
export async function clerkBehind(
  link: string,
  { store, clients, now }: Deps,
): Promise<{ readonly clerk: ClerkRow; readonly client: ClientFacts }> {
  const clerk = await store.clerks.byLink(digestOf(link), now())
  const client = clerk && clients(clerk.clientId)
  if (!clerk || !hasDesk(client)) throw new GatewayError('CLERK_LINK_INVALID')
  return { clerk, client }
}

/** The key of codes as an authenticator takes it, for the page of the enrolment alone. @throws GatewayError `CLERK_LINK_INVALID` */
export async function keyToEnrol(
  link: string,
  deps: Deps,
): Promise<{ readonly clerk: ClerkRow; readonly key: string; readonly uri: string }> {
  const { clerk, client } = await clerkBehind(link, deps)
  const key = deps.sealing.open<string>(clerk.totpSealed)
  return { clerk, key, uri: totpUri(key, `${client.name} ${clerk.name}`) }
}

/**
 * The first code confirms the authenticator, uses the link up, and makes the browser the clerk's device.
 * @throws GatewayError `CLERK_LINK_INVALID`, `CLERK_CODE_WRONG`, `CLERK_LOCKED`
 */
export async function enrol(link: string, code: string, deps: Deps): Promise<Entered> {
  const { clerk } = await clerkBehind(link, deps)
  const secret = newSecret()
  const until = new Date(deps.now().getTime() + LIMITS.clerkDeviceMs)
  const session = await entering(clerk, code, 'desk.enrol', deps, {
    linkKey: digestOf(link),
    deviceKey: digestOf(secret),
    deviceUntil: until,
  })
  return { session, device: { secret, until } }
}

/** Whose device it is. */
export async function clerkOfDevice(
  secret: string | undefined,
  { store, clients, now }: Deps,
): Promise<ClerkRow | undefined> {
  if (!secret) return undefined
  const clerk = await store.clerks.byDevice(digestOf(secret), now())
  return clerk && hasDesk(clients(clerk.clientId)) ? clerk : undefined
}

/** @throws GatewayError `CLERK_REQUIRED` for a device that is nobody's, `CLERK_CODE_WRONG`, `CLERK_LOCKED` */
export async function logInClerk(device: string | undefined, code: string, deps: Deps): Promise<Entered> {
  const clerk = await clerkOfDevice(device, deps)
  if (!clerk?.enrolledAt) throw new GatewayError('CLERK_REQUIRED')
  return { session: await entering(clerk, code, 'desk.logIn', deps) }
}

/** Counts the try, looks at the code, and lets in. The step is taken in the same statement, so that one code lets in once. */
async function entering(
  clerk: ClerkRow,
  code: string,
  act: string,
  { store, sealing, now, log }: Deps,
  enrolment?: { readonly linkKey: string; readonly deviceKey: string; readonly deviceUntil: Date },
): Promise<string> {
  const moment = now()
  const since = new Date(moment.getTime() - LIMITS.clerkTriesWindowMs)
  const tries = await store.clerks.countTry(clerk.id, moment, since)
  if (tries > LIMITS.clerkTries) {
    log.warn({ clerk: clerk.id }, 'a clerk types wrong codes, again and again')
    await store.clerks.note(actOf(clerk.id, act, 'CLERK_LOCKED', moment))
    throw new GatewayError('CLERK_LOCKED', { retryAfter: LIMITS.clerkTriesWindowMs / 1000 })
  }
  const step = stepOf(sealing.open<string>(clerk.totpSealed), code, moment)
  const secret = newSecret()
  const isIn =
    step !== undefined &&
    (await store.clerks.enter({
      clerkId: clerk.id,
      step,
      now: moment,
      session: {
        id: digestOf(secret),
        clerkId: clerk.id,
        createdAt: moment,
        usedAt: moment,
        until: new Date(moment.getTime() + LIMITS.clerkSessionMs),
      },
      act: actOf(clerk.id, act, 'granted', moment),
      ...(enrolment ? { enrolment } : {}),
    }))
  if (isIn) return secret
  await store.clerks.note(actOf(clerk.id, act, 'CLERK_CODE_WRONG', moment))
  throw new GatewayError('CLERK_CODE_WRONG')
}

/** The clerk of a session's cookie; `undefined` when it has ended, or the clerk or the client may work no more. */
export async function atDesk(secret: string | undefined, deps: Deps): Promise<AtDesk | undefined> {
  if (!secret) return undefined
  const { store, now, clients } = deps
  const moment = now()
  const idleSince = new Date(moment.getTime() - LIMITS.clerkIdleMs)
  const found = await store.clerks.session(digestOf(secret), moment, idleSince)
  const client = found && clients(found.clerk.clientId)
  if (!found || !hasDesk(client)) return undefined
  const { session, clerk } = found
  if (moment.getTime() - session.usedAt.getTime() > 60_000) await store.clerks.touch(session.id, moment)
  return { clerk, client, sessionId: session.id }
}

/** The clerk goes home. */
export const leaveDesk = ({ clerk, sessionId }: AtDesk, { store, now }: Deps): Promise<void> =>
  store.clerks.endSession(sessionId, actOf(clerk.id, 'desk.logOut', 'granted', now()))
