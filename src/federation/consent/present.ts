/** A consent as its giver sees it. */
import type { Consent, ReleasePurpose } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { ConsentRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { receiverName } from './receivers.ts'

/** Whatever came first stays. */
function stateOf({ givenAt, withdrawnAt, until }: ConsentRow, now: Date): Consent['state'] {
  if (withdrawnAt) return 'withdrawn'
  if (until <= now) return 'ended'
  return givenAt ? 'inForce' : 'waiting'
}

const instant = (at: Date | null): string | null => (at === null ? null : formatInstant(at))

export async function presentConsent(row: ConsentRow, deps: Deps): Promise<Consent> {
  const { personId, giverId } = row
  const matter = await deps.catalogue.current(row.matterId)
  return {
    id: row.id,
    kind: row.kind,
    items: [...row.items],
    // The store keeps what a checked request said.
    purpose: row.purpose as ReleasePurpose,
    matter: { id: row.matterId, name: matter?.matter.name.zh ?? row.matterId },
    receiver: { id: row.receiver, name: receiverName(row.receiver, deps) },
    state: stateOf(row, deps.now()),
    wording: { version: row.wording, digest: row.wordingDigest },
    by: giverId === null ? 'nobodyYet' : giverId === personId ? 'person' : 'guardian',
    via: row.via,
    createdAt: formatInstant(row.createdAt),
    givenAt: instant(row.givenAt),
    until: formatInstant(row.until),
    withdrawnAt: instant(row.withdrawnAt),
  }
}
