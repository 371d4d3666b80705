/**
 * Who may see the operations page. Whoever runs commands on the gateway's machine makes a link; it lets in one browser, for hours. Each
 * row of it is the record of who was let in, by whom, and until when; it is kept as long as records of looks.
 */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { OperatorRow } from '../../store/index.ts'
import type { Operator } from '../audit/operator.ts'
import type { Deps } from '../deps.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { newId } from '../ids.ts'

/** What the verbs of operators need: a command line has no more. */
type OperatorDeps = Pick<Deps, 'store' | 'publicUrl' | 'now'>

const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

/** Makes a link. Its secret is told once and stored as a digest. */
export async function linkOperator(
  { account }: Operator,
  { store, publicUrl, now }: OperatorDeps,
): Promise<{ readonly link: string; readonly id: string; readonly until: Date }> {
  const [at, secret] = [now(), newSecret()]
  const row = {
    id: newId('opr', at),
    linkDigest: digestOf(secret),
    secretDigest: null,
    account,
    browser: null,
    createdAt: at,
    openedAt: null,
    until: after(at, LIMITS.operatorLinkMs),
    revokedAt: null,
  }
  await store.operators.add(row)
  return { link: `${publicUrl}/operations/link/${secret}`, id: row.id, until: row.until }
}

/** Looks at a link without using it up. @throws GatewayError `OPERATOR_LINK_INVALID` */
export async function checkLink(link: string, { store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  if (!(await store.operators.isWaiting(digestOf(link), now())))
    throw new GatewayError('OPERATOR_LINK_INVALID')
}

/**
 * Lets one browser in. The secret of its cookie is another than the link's, so that whoever saw the link has nothing.
 * @throws GatewayError `OPERATOR_LINK_INVALID` for a link that was used, has ended or was revoked
 */
export async function openLink(
  link: string,
  browser: string,
  { store, now, log }: Pick<Deps, 'store' | 'now' | 'log'>,
): Promise<{ readonly secret: string; readonly until: Date }> {
  const secret = newSecret()
  const until = after(now(), LIMITS.operatorMs)
  const row = await store.operators.open(
    digestOf(link),
    { secretDigest: digestOf(secret), browser, until },
    now(),
  )
  if (!row) throw new GatewayError('OPERATOR_LINK_INVALID')
  log.info({ operator: row.id, account: row.account }, 'an operator was let in')
  return { secret, until }
}

/** The session of a browser; `undefined` when it has none, or it has ended or was revoked. */
export const operatorOf = async (
  secret: string | undefined,
  { store, now }: Pick<Deps, 'store' | 'now'>,
): Promise<OperatorRow | undefined> =>
  secret === undefined ? undefined : store.operators.read(digestOf(secret), now())

/** Links and sessions, the newest first, those that are over among them. */
export const listOperators = ({ store }: Pick<Deps, 'store'>): Promise<readonly OperatorRow[]> =>
  store.operators.list(LIMITS.operatorsListed)

/** Ends one at once, or all where none is named. @returns how many still counted */
export const revokeOperators = (
  id: string | undefined,
  { store, now }: Pick<Deps, 'store' | 'now'>,
): Promise<number> => store.operators.revoke(id, now())

/** How one stands now, in a word. */
export function stateOf({ openedAt, until, revokedAt }: OperatorRow, now: Date): string {
  if (revokedAt !== null) return 'revoked'
  if (until <= now) return 'ended'
  return openedAt === null ? 'not opened' : 'open'
}
