/** Answers an offer: looks at what its code stands for, accepts it, or declines it. */
import { GatewayError } from '../../errors.ts'
import { type Mandate, MandateCode } from '../../schemas/mandate.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import { validator } from '../../schemas/validate.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { digestOf } from '../identity/log-in.ts'
import { contentOf } from '../identity/persons.ts'
import { personOf } from '../identity/principal.ts'
import { countTry } from './guesses.ts'
import { presentMandate } from './present.ts'
import { stateOf } from './states.ts'

const checkCode = validator(MandateCode)

/** The code in a body. @throws GatewayError `BODY_INVALID` */
export function codeIn(content: unknown): string {
  const errors = checkCode(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'code' }, { errors })
  // The schema has just been checked.
  return (content as MandateCode).code
}

/** Whoever answers: the natural person, since nobody but a person can act, whatever firm they are logged in for. */
interface Answering {
  readonly id: string
  readonly keys: readonly string[]
}

async function answering(actor: Actor, deps: Deps): Promise<Answering> {
  const { personId } = personOf(actor)
  return {
    id: personId,
    keys: deps.sealing.identities((await contentOf(personId, deps)).idDocument),
  }
}

/** Why a code accepts nothing for this person; nothing when it does. */
function refusalOf(row: MandateRow | undefined, person: Answering, now: Date): string | undefined {
  if (!row) return 'unknown'
  if (row.receiverId) return 'used'
  if (stateOf(row, now) !== 'offered') return 'ended'
  if (row.addresseeKey && !person.keys.includes(row.addresseeKey)) return 'other'
  return undefined
}

/** @throws GatewayError `RATE_LIMITED`, `MANDATE_OWN`, `MANDATE_CODE_INVALID`, `AUDIENCE_MISMATCH` */
async function offerOf(code: string, person: Answering, actor: Actor, deps: Deps): Promise<MandateRow> {
  const wasRight = await countTry(person.id, deps)
  const row = await deps.store.mandates.byOffer(digestOf(code))
  const isOwn = row !== undefined && [row.giverId, row.signerId].includes(person.id)
  const reason = isOwn ? undefined : refusalOf(row, person, deps.now())
  if (!row || reason !== undefined) throw new GatewayError('MANDATE_CODE_INVALID', { reason })
  await wasRight()
  if (isOwn) throw new GatewayError('MANDATE_OWN', { mandate: row.id })
  const beyond = REGION_IDS.find(
    (region) => row.regions.includes(region) && !serves(actor.audience, { region }),
  )
  if (beyond) throw new GatewayError('AUDIENCE_MISMATCH', { region: beyond })
  return row
}

/** What a code stands for, before it is answered: it can still be used afterwards. @throws as `acceptMandate` does */
export async function previewOffer(code: string, actor: Actor, deps: Deps): Promise<Mandate> {
  const person = await answering(actor, deps)
  return presentMandate(await offerOf(code, person, actor, deps), 'receiver', deps)
}

type Answer = 'accept' | 'refuse'

async function answer(how: Answer, code: string, actor: Actor, deps: Deps): Promise<Mandate> {
  const person = await answering(actor, deps)
  await offerOf(code, person, actor, deps)
  const row = await deps.store.mandates[how](digestOf(code), person, deps.now())
  // Somebody was faster with the same code.
  if (!row) throw new GatewayError('MANDATE_CODE_INVALID', { reason: 'used' })
  return presentMandate(row, 'receiver', deps)
}

/**
 * Accepts an offer for the person behind the request. A code works once.
 * @throws GatewayError `PERSON_REQUIRED`, `MANDATE_CODE_INVALID` for a code that is wrong, used, over or made for somebody else,
 * `MANDATE_OWN`, `RATE_LIMITED` after too many wrong ones, `AUDIENCE_MISMATCH` for a token that does not serve its regions
 */
export const acceptMandate = (code: string, actor: Actor, deps: Deps): Promise<Mandate> =>
  answer('accept', code, actor, deps)

/** Turns an offer down: its code works no more. @throws as `acceptMandate` does */
export const declineOffer = (code: string, actor: Actor, deps: Deps): Promise<Mandate> =>
  answer('refuse', code, actor, deps)
