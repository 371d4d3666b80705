/** The proof of one region: every code and refusal in its place, then stories until enough was exchanged. */
import fc from 'fast-check'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Applicant } from '../../src/schemas/application.ts'
import type { Shown } from './application.ts'
import { leftOut } from './coverage.ts'
import { drawOf } from './draw.ts'
import type { Fault } from './fault.ts'
import type { Ledger } from './ledger.ts'
import { PLACES, REFUSALS, type Via } from './places.ts'
import { READINGS } from './readings/index.ts'
import type { Reading } from './readings/reading.ts'
import { OPERATIONS, operationStory } from './stories/callbacks.ts'
import { type CasePlan, caseStory } from './stories/case.ts'
import { codesStory, refusalStory } from './stories/codes.ts'
import { HOLDER_TYPES, holderStory } from './stories/holders.ts'
import { holdingsStory, somebody } from './stories/holdings.ts'
import { libraryStory } from './stories/library.ts'
import { logInStory } from './stories/log-in.ts'
import { type Moves, movesOf } from './stories/moves.ts'
import { rawsOf } from './tables.ts'
import { type World, worldOf } from './world.ts'

/** How much is proved, and of whom. */
export interface Proof {
  readonly region: SimulatedRegionId
  readonly ledger: Ledger
  readonly seed: number
  /** Exchanges of this region, at least. */
  readonly exchanges: number
  readonly fault?: Fault
}

/** One story, told in a fresh region. */
type Story = (world: World, seed: number) => Promise<void>

/** @throws Error that names the story, its seed and what disagreed */
export async function prove({ region, ledger, seed, exchanges, fault }: Proof): Promise<void> {
  const before = ledger.total()
  let turn = 0
  const tell = async (name: string, story: Story): Promise<void> => {
    turn += 1
    try {
      await story(worldOf(region, ledger, fault), Math.imul(seed, 7_919) + turn)
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`${region}, ${name} (story ${turn}, PROOF_SEED=${seed}): ${what}`, { cause })
    }
  }
  const reading = READINGS[region]
  const moves = movesOf()
  const isEnough = (round: number) =>
    ledger.total() - before >= exchanges && (leftOut(ledger, region).length === 0 || round >= ROUNDS)
  await everyday(tell, reading, moves, 0)
  for (const [name, story] of systematic(region, reading)) await tell(name, story)
  for (let round = 1; !isEnough(round); round += 1) await everyday(tell, reading, moves, round)
}

/** What was not met after so many rounds will not be. */
const ROUNDS = 60

/** A round: three cases, somebody's holdings and log-in, a city's library. */
async function everyday(
  tell: (name: string, story: Story) => Promise<void>,
  reading: Reading,
  moves: Moves,
  round: number,
): Promise<void> {
  const cityOf = (turn: number) => reading.divisions[(3 * round + turn) % reading.divisions.length] ?? ''
  const planOf = (turn: number, isToEnd: boolean) => ({ division: cityOf(turn), moves, isToEnd })
  await tell('a case', (world, seed) => aCase(world, reading, planOf(0, false), seed))
  await tell('a case that ends', (world, seed) => aCase(world, reading, planOf(1, true), seed))
  await tell('a case with licences', (world, seed) => ownCase(world, reading, planOf(2, false), seed))
  await tell('holdings', async (world, seed) => {
    const person = turnOf(world.region.persons, round)
    if (person) await holdingsStory(world, reading, person, drawOf(seed))
  })
  await tell('log-in', async (world) => {
    const account = turnOf(world.region.accounts ?? [], round)
    if (account) await logInStory(world, reading, account)
  })
  await tell('library', (world, seed) => libraryStory(world, reading, cityOf(0), drawOf(seed)))
}

const turnOf = <T>(list: readonly T[], turn: number): T | undefined => list[turn % list.length]

type Plan = Omit<CasePlan, 'matterCode'>

/** A case of any matter of the city that can be filed. */
async function aCase(world: World, reading: Reading, plan: Plan, seed: number): Promise<void> {
  const draw = drawOf(seed)
  const { items } = await world.link.listMatters({ division: plan.division, page: 1, pageSize: 100 })
  const active = items.filter(({ state }) => state === 'active')
  const { code } = draw(fc.constantFrom(...active))
  const matter = await world.link.readMatter({ division: plan.division, code })
  if (!matter.fileable) return
  const fits = plan.applicant === undefined || matter.subjects.includes('person')
  const { applicant: _somebody, shown: _theirs, ...anybody } = plan
  await caseStory(world, reading, { ...(fits ? plan : anybody), matterCode: code }, draw)
}

/** A case of somebody who has licences in the region's library, and shows them where he may. */
async function ownCase(world: World, reading: Reading, plan: Plan, seed: number): Promise<void> {
  const draw = drawOf(seed)
  const people = world.region.persons.filter(({ kind, idType }) => kind === 'person' && idType === '111')
  const person = draw(fc.constantFrom(...people))
  const { holder, division } = somebody(person, reading)
  const audit = { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' }
  const found = (await world.link.licences?.find({ division, holder, audit })) ?? []
  const shown: Shown = new Map(
    found.filter(({ status }) => status === 'valid').map(({ rawType, id }) => [rawType.code, id]),
  )
  const applicant: Applicant = { kind: 'person', ...holder, mobile: person.mobile }
  await aCase(world, reading, { ...plan, applicant, shown }, seed)
}

/** Each code, each refusal, and what Jiangsu alone has: once each. */
function systematic(region: SimulatedRegionId, reading: Reading): readonly (readonly [string, Story])[] {
  const turns = (
    count: number,
    name: string,
    story: (world: World, turn: number, seed: number) => Promise<void>,
  ) =>
    Array.from({ length: count }, (_, turn): readonly [string, Story] => [
      `${name} ${turn}`,
      (world, seed) => story(world, turn, seed),
    ])
  const longest = (via: Via) =>
    Math.max(
      0,
      ...PLACES[region].filter((one) => one.via === via).map(({ table }) => rawsOf(region, table).length),
    )
  return [
    ...VIAS.flatMap((via) =>
      turns(longest(via), `codes of a ${via}`, (world, turn, seed) =>
        codesStory(world, reading, via, turn, drawOf(seed)),
      ),
    ),
    ...REFUSALS[region].flatMap((place) =>
      turns(rawsOf(region, place.table).length, `refusals by ${place.table}`, (world, turn, seed) =>
        refusalStory(world, reading, place, turn, drawOf(seed)),
      ),
    ),
    ...turns(region === 'jiangsu' ? OPERATIONS : 0, 'operation', (world, turn, seed) =>
      operationStory(world, reading, turn, drawOf(seed)),
    ),
    ...turns(region === 'jiangsu' ? HOLDER_TYPES : 0, 'holder', (world, turn, seed) =>
      holderStory(world, reading, turn, drawOf(seed)),
    ),
  ]
}
const VIAS: readonly Via[] = ['matter', 'case', 'photo', 'licence', 'logIn']
