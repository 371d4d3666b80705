/** Recording: a bounded sample of what dialects read and write, kept without its persons. */
import { createHash } from 'node:crypto'
import type { Heard } from '../../adapters/kit/codes.ts'
import type { ApplicationContext, RegionAdapter } from '../../adapters/kit/contract.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Deps } from '../deps.ts'
import { convertAgain, type Exchange, type Got, MESSAGES, type MessageKind } from './exchange.ts'
import { type LookAlikes, lookAlikes } from './look-alikes.ts'
import { type Kept, keptOfCanon, keptOfWire, leftOver, withoutPersons } from './without-persons.ts'

/** What was heard and waits to be kept. Persons are in it: it never leaves the process. */
type Waiting = Heard & { readonly speaker: string; readonly kind: MessageKind }

/** Hears of conversions; what is more than a sample goes by. */
export function recorder() {
  let waiting: Waiting[] = []
  return {
    heard: (speaker: string, document: Heard): void => {
      if (waiting.length >= LIMITS.exchangesHeld) return
      const word = document.message.slice(document.message.lastIndexOf('/') + 1)
      const kind = MESSAGES.find((one) => one === word)
      if (kind) waiting.push({ ...document, speaker, kind })
    },
    take: (): readonly Waiting[] => {
      const taken = waiting
      waiting = []
      return taken
    },
  }
}

export type Recorder = ReturnType<typeof recorder>

type Needs = Pick<Deps, 'store' | 'directory' | 'catalogue' | 'now' | 'exchanges'>

/** Keeps what was heard since the last time. @returns how many were kept, and how many could not be without a person in them */
export async function keepExchanges(deps: Needs): Promise<{ readonly kept: number; readonly left: number }> {
  const taken = deps.exchanges?.take() ?? []
  const made = await Promise.all(taken.map((one) => exchangeOf(one, deps)))
  const kept = made.filter((one) => one !== undefined)
  await deps.store.exchanges.put(
    kept.map((one) => ({ ...one, slot: slotOf(one), recordedAt: new Date(one.recordedAt) })),
  )
  return { kept: kept.length, left: taken.length - kept.length }
}

/** Documents of one shape take one place, so that what is kept of a matter is of several shapes and never more than so many. */
function slotOf({ given, got }: Exchange): number {
  const shape = new Set(leaves(given).map((pointer) => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')))
  const digest = createHash('sha256')
    .update([...shape].toSorted().join('\n'))
    .update('problem' in got ? got.problem : '')
    .digest()
  return (digest[0] ?? 0) % LIMITS.exchangesOfEach
}

/** The exchange without its persons, converted again; nothing where that could not be done. */
async function exchangeOf(heard: Waiting, deps: Needs): Promise<Exchange | undefined> {
  const adapter = adapterOf(heard.speaker, deps)
  if (!adapter) return undefined
  const { matter, ...context } = heard.context as Partial<ApplicationContext>
  const { options = {}, sourceNumber, appliedAt } = context
  const said = { message: heard.kind, way: heard.way, given: heard.given }
  const before = convertAgain(
    {
      ...said,
      context: { options, ...(sourceNumber ? { sourceNumber } : {}), ...(appliedAt ? { appliedAt } : {}) },
    },
    adapter,
    matter,
  )
  const isKept = keptIn(heard, adapter, matter, before)
  const alike = lookAlikes()
  const names = new Set((matter?.form?.fields ?? []).map(({ name }) => name))
  const given = withoutPersons(heard.given, isKept, names, alike)
  const around = {
    options: ownOptions(options, alike),
    ...(sourceNumber ? { sourceNumber: alike.text(sourceNumber) } : {}),
    ...(appliedAt ? { appliedAt: alike.text(appliedAt) } : {}),
  }
  const got = convertAgain({ ...said, given, context: around }, adapter, matter)
  // What became another case without its persons shows nothing of how such documents are converted.
  if (
    !endsAlike(before, got) ||
    leftOver(heard.given, [given, got, around], isKept, [matter, options]).length > 0
  )
    return undefined
  if (JSON.stringify([given, got]).length > LIMITS.exchangeBytes) return undefined
  const version = matter && (await deps.catalogue.current(matter.id))?.version
  if (matter && version === undefined) return undefined
  return {
    region: adapter.id,
    speaker: heard.speaker,
    message: heard.kind,
    way: heard.way,
    matter: matter?.id ?? aboutIn(adapter, got),
    recordedAt: formatInstant(deps.now()),
    given,
    context: { ...around, ...(matter && version ? { matter: { id: matter.id, version } } : {}) },
    got,
  }
}

const endsAlike = (one: Got, other: Got): boolean =>
  'problem' in one ? 'problem' in other && one.problem === other.problem : !('problem' in other)

function adapterOf(speaker: string, { directory }: Needs): RegionAdapter | undefined {
  const province = directory.adapters.find(({ id }) => id === speaker.split('@')[0])
  return (
    province &&
    (directory.connectionsOf(province.id).find(({ name }) => name === speaker)?.adapter ?? province)
  )
}

/** What may stay of a document. A catalogue is public: all of it may. */
function keptIn(
  { kind, way, given, context }: Waiting,
  adapter: RegionAdapter,
  matter: Matter | undefined,
  before: Got,
): Kept {
  if (kind === 'matter') return () => true
  const content = 'content' in before ? before.content : undefined
  const ofCanon = keptOfCanon(kind, matter?.form?.fields ?? [], content)
  if (way === 'write') return ofCanon
  const notes: Note[] = []
  try {
    const { options = {} } = context as Partial<ApplicationContext>
    if (kind === 'case') adapter.dialect.case.read(given, { options }, notes)
    else adapter.dialect.application.read(given, { ...(context as ApplicationContext), branches: [] }, notes)
  } catch (error) {
    // What was noted before it failed still holds.
    if (!(error instanceof GatewayError)) throw error
  }
  return keptOfWire(notes, ofCanon, content)
}

/** The options of a region's entry: codes and addresses stay, who works there does not. */
function ownOptions(
  options: Readonly<Record<string, unknown>>,
  alike: LookAlikes,
): Readonly<Record<string, unknown>> {
  const isOwn: Kept = (pointer, value) =>
    !/\p{Script=Han}/u.test(String(value)) && !/(user|name|phone)[^/]*$/i.test(pointer)
  return withoutPersons(options, isOwn, new Set(), alike) as Readonly<Record<string, unknown>>
}

/** What a matter or a case that was read is about. */
function aboutIn({ id }: RegionAdapter, got: Got): string {
  const content = 'content' in got ? (got.content as { id?: string; matterCode?: string }) : {}
  return content.id ?? (content.matterCode === undefined ? id : `${id}:${content.matterCode}`)
}
