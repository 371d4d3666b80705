/** Every code of the tables, said by the region in its place; and every refusal. */
import fc from 'fast-check'
import type { FiledCase } from '../../../src/adapters/kit/contract.ts'
import { GatewayError } from '../../../src/errors.ts'
import { applicationFor } from '../application.ts'
import type { Draw } from '../draw.ts'
import { onItsWay } from '../filing.ts'
import { agree, Disagreement } from '../judge.ts'
import { PLACES, PROBLEMS, type RefusalPlace, type Via } from '../places.ts'
import type { Reading } from '../readings/reading.ts'
import { rawsOf, readerOf, wordOf } from '../tables.ts'
import type { World } from '../world.ts'
import { licenceRows, photos, somebody } from './holdings.ts'
import { matterStory } from './library.ts'
import { identified } from './log-in.ts'

/** Makes the region say the codes of this turn in all places of one kind of answer. @returns how many turns it takes */
export function sayCodes(world: World, via: Via, turn: number): number {
  const places = PLACES[world.id].filter((one) => one.via === via)
  for (const operation of new Set(places.map((one) => one.operation))) {
    const own = places.filter((one) => one.operation === operation)
    world.say(operation, (body) =>
      own.reduce((text, { table, put }) => {
        const raws = rawsOf(world.id, table)
        return put(text, raws[turn % raws.length] ?? '')
      }, body),
    )
  }
  return Math.max(0, ...places.map(({ table }) => rawsOf(world.id, table).length))
}

/** One turn of one kind. */
export async function codesStory(
  world: World,
  reading: Reading,
  via: Via,
  turn: number,
  draw: Draw,
): Promise<void> {
  const division = draw(fc.constantFrom(...reading.divisions))
  if (via === 'matter') await aMatter(world, reading, division, turn, draw)
  if (via === 'case') await aCase(world, reading, division, turn, draw)
  if (via === 'photo' || via === 'licence') await aHolding(world, reading, via, turn, draw)
  if (via === 'logIn') await aLogIn(world, reading, turn, draw)
}

async function aMatter(world: World, reading: Reading, division: string, turn: number, draw: Draw) {
  const { items } = await world.link.listMatters({ division, page: 1, pageSize: 100 })
  const active = items.filter(({ state }) => state === 'active')
  const code = await withDocuments(
    world,
    division,
    draw(fc.shuffledSubarray(active, { minLength: active.length })),
  )
  sayCodes(world, 'matter', turn)
  // A new connection has nothing in its memory of what the region said before.
  const again = world.again()
  await again.link.listMatters({ division, page: 1, pageSize: 100 })
  await matterStory(again, reading, division, code)
}

/** A matter that asks for something: the codes of documents need one. */
async function withDocuments(
  { link }: World,
  division: string,
  rows: readonly { readonly code: string }[],
): Promise<string> {
  for (const { code } of rows)
    if ((await link.readMatter({ division, code })).documents.length > 0) return code
  throw new Error(`no matter of ${division} asks for a document`)
}

/** A case that was filed, to be asked about. */
export async function someCase(world: World, division: string, draw: Draw): Promise<FiledCase> {
  const { items } = await world.link.listMatters({ division, page: 1, pageSize: 100 })
  for (const { code, state } of items) {
    if (state !== 'active') continue
    const matter = await world.link.readMatter({ division, code })
    if (!matter.fileable) continue
    const application = applicationFor({ region: world.id, division, matter, shown: new Map() }, draw)
    const way = onItsWay(world, matter, application, 'CSJCODES0001')
    return way.asFiled(await world.link.submit(way.filing))
  }
  throw new Error(`no matter of ${division} can be filed`)
}

async function aCase(world: World, reading: Reading, division: string, turn: number, draw: Draw) {
  const filed = await someCase(world, division, draw)
  sayCodes(world, 'case', turn)
  const { status, result } = await world.link.readCase(filed)
  const read = readerOf(world.id, world.ledger, 'read')
  agree('status', status, reading.stateIn(world, read))
  const decision = reading.decisionIn(world, status, read)
  if (decision !== undefined) agree(`decision in ${status}`, result?.decision, decision)
}

async function aHolding(world: World, reading: Reading, via: Via, turn: number, draw: Draw) {
  const held = (world.region.holdings?.() ?? []).filter(({ kind, name }) => kind === via && name !== '')
  const { idNumber } = draw(fc.constantFrom(...held))
  const person = world.region.persons.find((one) => one.idNumber === idNumber)
  if (!person) return
  const audit = { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' }
  const asked = { ...somebody(person, reading), audit }
  sayCodes(world, via, turn)
  if (via === 'photo') await photos(world, reading, asked, draw, 'find')
  else await licenceRows(world, reading, asked)
}

async function aLogIn(world: World, reading: Reading, turn: number, draw: Draw) {
  const accounts = (world.region.accounts ?? []).filter(
    ({ note, level }) => level !== '' && note?.includes('锁定') !== true,
  )
  // Zhejiang's levels are told of persons and firms in two ways.
  const kind = world.id === 'zhejiang' && turn % 7 >= 3 ? 'organisation' : 'person'
  const account = draw(fc.constantFrom(...accounts.filter((one) => one.kind === kind)))
  sayCodes(world, 'logIn', turn)
  await identified(world, reading, account)
}

/** A refusal by each code of a table is told as the problem that the contract means. */
export async function refusalStory(
  world: World,
  reading: Reading,
  { table, operation, envelope, success }: RefusalPlace,
  turn: number,
  draw: Draw,
): Promise<void> {
  const raws = rawsOf(world.id, table)
  const raw = raws[turn % raws.length] ?? ''
  const division = draw(fc.constantFrom(...reading.divisions))
  const filed = operation === 'case-query' ? await someCase(world, division, draw) : undefined
  if (raw !== success) world.say(operation, () => JSON.stringify(envelope(raw)))
  const asking = filed
    ? world.link.readCase(filed)
    : world.link.listMatters({ division, page: 1, pageSize: 10 })
  const problem = await asking.then(
    () => undefined,
    (error: unknown) => error,
  )
  const word = wordOf(world.id, table, raw)
  if (raw === success) agree(`refusal ${raw}`, problem, undefined)
  else {
    if (!(problem instanceof GatewayError)) throw new Disagreement(`refusal ${raw}: ${String(problem)}`)
    const meant = PROBLEMS[word] ?? ['REGION_REJECTED']
    agree(`refusal ${raw} ${word} as ${problem.code}`, meant.includes(problem.code), true)
  }
  world.ledger.code(world.id, table, raw, 'read')
}
