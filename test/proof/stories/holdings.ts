/** What a region holds of a person, photos and licences: as its clerks see it, as its answers say it, and as our side reads both. */
import fc from 'fast-check'
import type { Audit, FoundLicence, Holder } from '../../../src/adapters/kit/contract.ts'
import { GatewayError } from '../../../src/errors.ts'
import type { SimulatedHolding, TestPerson } from '../../../src/sandbox/simulated.ts'
import { PHOTO_PURPOSES } from '../../../src/schemas/photo.ts'
import type { Draw } from '../draw.ts'
import { agree, Disagreement, same } from '../judge.ts'
import { typed } from '../persons.ts'
import type { Reading } from '../readings/reading.ts'
import { readerOf } from '../tables.ts'
import type { World } from '../world.ts'

/** Somebody of the region's test environment, and where they are at home. */
export interface Somebody {
  readonly holder: Holder
  readonly division: string
}

export const somebody = ({ name, idType, idNumber, division }: TestPerson, reading: Reading): Somebody => ({
  holder: { name, idDocument: { type: idType, number: idNumber } },
  division: reading.divisions.find((one) => one === division) ?? reading.divisions[0] ?? '',
})

export async function holdingsStory(
  world: World,
  reading: Reading,
  person: TestPerson,
  draw: Draw,
): Promise<void> {
  const { holder, division } = somebody(person, reading)
  const audit: Audit = {
    number: `9${String(draw(fc.integer({ min: 1, max: 99_999_999 }))).padStart(14, '0')}`,
    matterName: draw(typed(50)),
    actor: '申请人本人',
  }
  const asked = { division, holder, audit }
  await photos(world, reading, asked, draw)
  await licences(world, reading, asked, draw)
  await changed(world, reading, asked, draw)
}
interface Asked extends Somebody {
  readonly audit: Audit
}

/** The region's clerks' view of what somebody holds. */
const heldBy = ({ region }: World, kind: SimulatedHolding['kind'], { holder, division }: Asked) =>
  (region.holdings?.() ?? []).filter(
    (one) =>
      one.kind === kind &&
      one.idNumber === holder.idDocument.number &&
      (region.region !== 'jiangsu' || one.division === division),
  )

/** @param until `find` where the bytes are not asked for */
export async function photos(
  world: World,
  reading: Reading,
  asked: Asked,
  draw: Draw,
  until: 'find' | 'fetch' = 'fetch',
): Promise<void> {
  const { photos: library } = world.link
  if (!library) return
  const purpose = draw(fc.constantFrom(...PHOTO_PURPOSES))
  const found = await library.find({ ...asked, purpose })
  const held = heldBy(world, 'photo', asked).filter(({ name }) => name !== '')
  agree('photos: whether there are any', found.length > 0, held.length > 0)
  if (found.length === 0) return
  const kept = reading.purposeKept(world, readerOf(world.id, world.ledger, 'written'))
  agree('photo purpose', reading.purposeMeant?.(purpose) ?? purpose, kept)
  const told = reading.photos(world, readerOf(world.id, world.ledger, 'read'))
  agree('photos', found.length, told.length)
  for (const [index, one] of told.entries()) same('photo', found[index] ?? {}, one)
  if (until === 'find') return
  const photo = draw(fc.constantFrom(...found))
  const { bytes } = await library.fetch({ ...asked, purpose, photo })
  agree('photo bytes', bytes.subarray(0, 2).toString('hex'), 'ffd8')
}

/** All that somebody holds, row by row. */
export async function licenceRows(
  world: World,
  reading: Reading,
  asked: Asked,
): Promise<readonly FoundLicence[]> {
  const { licences: library } = world.link
  if (!library) return []
  const found = await library.find(asked)
  const held = heldBy(world, 'licence', asked)
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).toSorted()
  agree('licences', ids(found), ids(held))
  if (found.length === 0) return []
  const told = reading.licences(world, readerOf(world.id, world.ledger, 'read'))
  for (const one of told) same('licence', found.find(({ id }) => id === one['id']) ?? {}, one)
  for (const { id, holder, name } of found) {
    agree('licence holder', holder, asked.holder)
    agree('licence name', name, held.find((one) => one.id === id)?.name)
  }
  return found
}

async function licences(world: World, reading: Reading, asked: Asked, draw: Draw): Promise<void> {
  const { licences: library } = world.link
  const found = await licenceRows(world, reading, asked)
  if (!library || found.length === 0) return
  const licence = draw(fc.constantFrom(...found))
  const kind = await library.find({ ...asked, kind: licence.kind })
  agree(
    'licences of one kind',
    kind.some(({ id }) => id === licence.id),
    true,
  )
  await fetched(world, reading, asked, licence)
}

/** A good licence has a file, which is its own and no other; one that is not good has none. */
async function fetched(world: World, reading: Reading, asked: Asked, licence: FoundLicence): Promise<void> {
  const { licences: library } = world.link
  if (!library) return
  const file = await library.fetch({ ...asked, licence, reason: '跨省通办' }).catch((error: unknown) => {
    if (error instanceof GatewayError && error.code === 'LICENCE_NOT_VALID') return undefined
    throw error
  })
  const isGiven = reading.hasFile?.(licence.status) ?? licence.status === 'valid'
  agree('licence file: whether there is one', file !== undefined, isGiven)
  if (!file || licence.status !== 'valid') return
  const { identifier, kind, number } = licence
  const own = { ...(identifier ? { identifier } : {}), kind, number, holder: asked.holder }
  const ask = { division: asked.division, audit: asked.audit }
  const right = await library.verify({ ...ask, claim: { ...own, file: file.bytes } })
  agree('verified', [right.status, right.fileMatches ?? true], ['valid', true])
  const wrong = await library.verify({ ...ask, claim: { ...own, file: Buffer.from('%PDF-1.4 another') } })
  // Where the region is not asked about a file, or does not tell what is wrong, nothing is claimed of the match.
  if (wrong.fileMatches !== undefined && right.fileMatches !== undefined)
    agree('verified with another file', wrong.fileMatches, false)
}

/** What a clerk changes is heard at the next question. */
async function changed(world: World, reading: Reading, asked: Asked, draw: Draw): Promise<void> {
  const held = [...heldBy(world, 'licence', asked), ...heldBy(world, 'photo', asked)]
  const choices = held.flatMap(({ id, acts }) => acts.map((act) => ({ id, act })))
  if (choices.length === 0) return
  for (const { id, act } of [draw(fc.constantFrom(...choices)), draw(fc.constantFrom(...choices))]) {
    const now = world.region.holdings?.().find((one) => one.id === id)
    if (!now) throw new Disagreement(`holdings: ${id} is gone`)
    if (!now.acts.includes(act)) continue
    world.region.changeHolding?.(id, act)
    await (now.kind === 'photo' ? photos(world, reading, asked, draw) : licences(world, reading, asked, draw))
  }
}
