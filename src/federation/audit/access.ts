/** Placeholder until the audit branch is merged. */
import type { AccessRow } from '../../store/queries/accesses.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
export type Role = 'holder' | 'agent' | 'client' | 'clerk' | 'operator' | 'region' | 'gateway'
export type Channel = 'portal' | 'api' | 'counter' | 'command' | 'dispatch'
export type Basis = 'holder' | 'consent' | 'mandate' | 'duty' | 'operation'
export interface AccessFacts { readonly holder: string; readonly clock: 'access' | 'provision'; readonly act: string; readonly matter?: string | null; readonly caseIds?: readonly string[]; readonly purpose: string; readonly basis: Basis; readonly fields: readonly string[]; readonly outcome: string; readonly number?: string; readonly role?: Role; readonly channel?: Channel }
export function accessRow(facts: AccessFacts, actor: Actor, deps: Pick<Deps, 'sealing' | 'now' | 'clients'>): AccessRow {
  const { holder, clock, ...rest } = facts
  return { holderKey: holder, clock, id: newId('acc', deps.now()), at: deps.now(), mac: Buffer.alloc(32), record: { ...rest, body: actor.clientId } }
}
export const recordAccess = (facts: AccessFacts | readonly AccessFacts[], actor: Actor, deps: Deps): Promise<void> =>
  deps.store.consents.record((Array.isArray(facts) ? facts : [facts]).map((one) => accessRow(one, actor, deps)))
