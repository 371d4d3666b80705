/** Everybody who can log in at a region: what it says of them is what our side reads. */
import { GatewayError } from '../../../src/errors.ts'
import type { SimulatedAccount } from '../../../src/sandbox/simulated.ts'
import { agree, same } from '../judge.ts'
import type { Reading } from '../readings/reading.ts'
import { readerOf } from '../tables.ts'
import type { World } from '../world.ts'

const REFUSED: ReadonlySet<string> = new Set(['ACCOUNT_LOCKED', 'LOGIN_TICKET_INVALID'])

/** Logs in. @returns the ticket that was used, and what our side read; nothing where there is no log-in, or it was refused */
export async function identified(world: World, reading: Reading, account: SimulatedAccount) {
  const { logIn, region } = world
  const ticket = region.logIn?.(account.id)
  if (!logIn || ticket === undefined) return undefined
  const told = await logIn.identify({ ticket }).catch((error: unknown) => {
    if (error instanceof GatewayError && REFUSED.has(error.code)) return undefined
    throw error
  })
  // One is locked, and of one the platform knows nothing but that it exists.
  const isLetIn = account.note?.includes('锁定') !== true && account.level !== ''
  agree('log-in: whether it is let in', told !== undefined, isLetIn)
  if (!told) return undefined
  agree('log-in name', told.organisation?.name ?? told.person.name, account.name)
  const { kind, level, person, organisation } = told
  const document = (organisation ?? person).idDocument
  const read = readerOf(world.id, world.ledger, 'read')
  same('log-in', { kind, level: String(level), document }, reading.identity(world, account, read))
  return { logIn, ticket }
}

export async function logInStory(world: World, reading: Reading, account: SimulatedAccount): Promise<void> {
  const used = await identified(world, reading, account)
  if (!used) return
  // A ticket works once.
  const again = await used.logIn.identify({ ticket: used.ticket }).then(
    () => 'taken',
    (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
  )
  agree('log-in: a used ticket', again, 'LOGIN_TICKET_INVALID')
  if (world.id === 'anhui' && account.kind === 'person') await byApp(world, account)
}

/** 皖事通: the app brings a token of its own. */
async function byApp({ region, logIn }: World, account: SimulatedAccount): Promise<void> {
  const told = await logIn?.identify({ ticket: region.logIn?.(account.id, 'wanshitong') ?? '' })
  agree('log-in by the app', told?.person.name, account.name)
}
