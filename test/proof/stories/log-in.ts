/** Everybody who can log in at a region: what it says of them is what our side reads. */
import { GatewayError } from '../../../src/errors.ts'
import type { SimulatedAccount } from '../../../src/sandbox/simulated.ts'
import { agree, same } from '../judge.ts'
import type { Reading } from '../readings/reading.ts'
import { readerOf } from '../tables.ts'
import type { World } from '../world.ts'

const REFUSED: ReadonlySet<string> = new Set(['ACCOUNT_LOCKED', 'LOGIN_TICKET_INVALID'])

export async function logInStory(world: World, reading: Reading, account: SimulatedAccount): Promise<void> {
  const { logIn, region } = world
  const ticket = region.logIn?.(account.id)
  if (!logIn || ticket === undefined) return
  const told = await logIn.identify({ ticket }).catch((error: unknown) => {
    const isRefused = error instanceof GatewayError && REFUSED.has(error.code)
    if (isRefused) return undefined
    throw error
  })
  // One is locked, and of one the platform knows nothing but that it exists.
  const isLetIn = account.note?.includes('锁定') !== true && account.level !== ''
  agree('log-in: whether it is let in', told !== undefined, isLetIn)
  if (!told) return
  agree('log-in kind', told.kind, account.kind)
  agree('log-in name', told.organisation?.name ?? told.person.name, account.name)
  const read = readerOf(world.id, world.ledger, 'read')
  const { kind, level, person, organisation } = told
  const document = (organisation ?? person).idDocument
  same('log-in', { kind, level: String(level), document }, reading.identity(world, account, read))
  // A ticket works once.
  const again = await logIn.identify({ ticket }).then(
    () => 'taken',
    (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
  )
  agree('log-in: a used ticket', again, 'LOGIN_TICKET_INVALID')
}
