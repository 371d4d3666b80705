/** What everybody may see: a city's catalogue page by page, one matter whole, its windows, and that the region is well. */
import fc from 'fast-check'
import type { Matter } from '../../../src/schemas/matter.ts'
import type { Draw } from '../draw.ts'
import { agree, same } from '../judge.ts'
import { type Meaning, present, type Reading } from '../readings/reading.ts'
import { readerOf } from '../tables.ts'
import type { World } from '../world.ts'

export async function libraryStory(
  world: World,
  reading: Reading,
  division: string,
  draw: Draw,
): Promise<void> {
  await world.link.health(division)
  const codes = await catalogue(world, division, draw)
  if (codes.length > 0) await matterStory(world, reading, division, draw(fc.constantFrom(...codes)))
  await windows(world, reading, division, draw)
}

/** The members of a matter that a reading tells, by the same names. */
const membersOf = (matter: Matter): Meaning =>
  present({
    code: matter.regional?.code,
    name: matter.name.zh,
    powerType: matter.powerType,
    handling: matter.handling,
    state: matter.state,
    scope: matter.scope,
    mode: matter.mode,
    subjects: matter.subjects,
    statutory: matter.statutory,
    commitment: matter.commitment,
    deliveryModes: matter.deliveryModes,
    documents: matter.documents.map((one) =>
      present({
        id: one.id,
        name: one.name.zh,
        necessity: one.necessity,
        kind: one.kind,
        form: one.form,
        source: one.source,
        licence: one.exemptedBy[0]?.licenceType,
      }),
    ),
    fields: matter.form.fields.map(({ name, required }) => [name, required]),
  })

/** One matter as both read it. */
export async function matterStory(
  world: World,
  reading: Reading,
  division: string,
  code: string,
): Promise<void> {
  const matter = await world.link.readMatter({ division, code })
  same('matter', membersOf(matter), reading.matter(world, code, readerOf(world.id, world.ledger, 'read')))
}

/** The pages of a list are the list: none twice, none left out. */
async function catalogue({ link }: World, division: string, draw: Draw): Promise<readonly string[]> {
  const whole = await link.listMatters({ division, page: 1, pageSize: 100 })
  const pageSize = draw(fc.constantFrom(5, 7, 9))
  const codes: string[] = []
  for (let page = 1; codes.length < whole.total && page <= 20; page += 1) {
    const { items, total } = await link.listMatters({ division, page, pageSize })
    agree('catalogue total', total, whole.total)
    codes.push(...items.map(({ code }) => code))
    if (items.length === 0) break
  }
  agree('catalogue by pages', codes.toSorted(), whole.items.map(({ code }) => code).toSorted())
  const newest =
    whole.items
      .map(({ updatedAt }) => updatedAt)
      .toSorted()
      .at(-1) ?? ''
  const since = await link.listMatters({ division, page: 1, pageSize: 100, changedSince: newest })
  agree(
    'catalogue since its newest change',
    since.items.map(({ code }) => code).toSorted(),
    whole.items
      .filter(({ updatedAt }) => updatedAt === newest)
      .map(({ code }) => code)
      .toSorted(),
  )
  // What is out of use is listed and not told of.
  return whole.items.filter(({ state }) => state === 'active').map(({ code }) => code)
}

async function windows(world: World, reading: Reading, division: string, draw: Draw): Promise<void> {
  const { listWindows } = world.link
  if (!listWindows) return
  const page = await listWindows({ division, page: 1, pageSize: draw(fc.constantFrom(2, 20, 100)) })
  agree('windows that could not be read', page.unreadable, [])
  const told = reading.windows(world)
  agree('windows', page.items.length, told.length)
  for (const [index, one] of told.entries()) same('window', page.items[index] ?? {}, one)
}
