/** Who stands behind a region's account, and how well that is assured. */
import type { RegionalAccount } from '../../adapters/kit/log-in.ts'
import { GatewayError } from '../../errors.ts'
import type { Loa } from '../../schemas/common.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { AccountRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { loaOf } from './assurance.ts'
import { matched, personFor } from './persons.ts'

/** A person who logged in. */
export interface Identified {
  /** The natural person who sits there. */
  readonly personId: string
  /** The firm for which they act, of an organisation's account. */
  readonly organisationId: string | null
  readonly region: RegionId
  readonly loa: Loa
}

/** Who is applied for: the firm where there is one. */
export const subjectOf = ({ personId, organisationId }: Pick<Identified, 'personId' | 'organisationId'>) =>
  organisationId ?? personId

/**
 * Exchanges a region's ticket and finds or adds the person.
 * @param returnTo the address that the browser came back to; absent for a ticket that another system brings
 * @throws GatewayError what `LogInLink.identify` and `personFor` throw; `LOGIN_NOT_OFFERED`, `REAL_NAME_REQUIRED`
 */
export async function identify(
  { region, ticket, returnTo }: { region: RegionId; ticket: string; returnTo?: string },
  deps: Deps,
): Promise<Identified> {
  const account = await logInOf(region, deps).identify({ ticket, ...(returnTo ? { returnTo } : {}) })
  return remember(account, region, deps)
}

/** The log-in of a region. @throws GatewayError `LOGIN_NOT_OFFERED` where there is none */
export function logInOf(region: RegionId, { directory }: Deps) {
  const adapter = directory.adapters.find(({ id }) => id === region)
  const logIn =
    adapter && directory.isConnected(region) ? directory.at(adapter.place.division).logIn : undefined
  if (!logIn) throw new GatewayError('LOGIN_NOT_OFFERED', { region })
  return logIn
}

async function remember(account: RegionalAccount, region: RegionId, deps: Deps): Promise<Identified> {
  const { store, sealing, now } = deps
  if (account.level === 0) throw new GatewayError('REAL_NAME_REQUIRED', { region })
  const subjectKey = sealing.hash(`account\0${region}\0${account.kind}`, account.subject)
  const witness = { region, subjectKey }
  const [{ id: personId, account: known }, organisationId] = await Promise.all([
    matched(account.person, 'person', witness, deps),
    account.organisation ? personFor(account.organisation, 'organisation', witness, deps) : null,
  ])
  const loa = loaOf(region, account.level)
  const seen = { region, subjectKey, personId, organisationId, loa, firstAt: now(), lastAt: now() }
  if (!isSeenLately(known, seen)) await store.people.seeAccount(seen)
  return { personId, organisationId, region, loa }
}

/** Whoever logs in ten times in a minute is written down once: a busy account is not a busy row. */
const isSeenLately = (known: AccountRow | null, seen: AccountRow): boolean =>
  known !== null &&
  known.personId === seen.personId &&
  known.organisationId === seen.organisationId &&
  known.loa === seen.loa &&
  seen.lastAt.getTime() - known.lastAt.getTime() < 60_000
