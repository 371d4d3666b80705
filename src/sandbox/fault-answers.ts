/** What a request gets when a fault strikes it. */
import iconv from 'iconv-lite'
import type { Asked, Fault, FaultBox } from './faults.ts'
import { REQUEST_FAULTS } from './faults.ts'
import { lot } from './moment.ts'
import { afterOnThisMachine, type SimulatedRegion } from './simulated.ts'

const KINDS = Object.keys(REQUEST_FAULTS)
const HANG_MS = 120_000
const HTML = { 'content-type': 'text/html; charset=utf-8' }

const broken = () =>
  new Response('upstream error', { status: 500, headers: { 'content-type': 'text/plain' } })
const closed = () =>
  new Response('<html><body>系统维护中</body></html>', {
    status: 503,
    headers: { ...HTML, 'retry-after': '600' },
  })

const wait = (ms: number): Promise<void> => new Promise((resolve) => void afterOnThisMachine(ms, resolve))

/** The same answer with other bytes. */
async function changed(answer: Response, change: (bytes: Buffer) => Buffer): Promise<Response> {
  const bytes = change(Buffer.from(await answer.arrayBuffer()))
  const headers = new Headers(answer.headers)
  headers.delete('content-length')
  return new Response(new Uint8Array(bytes), { status: answer.status, headers })
}

/** Each test person becomes the next one. */
function asAnother(text: string, persons: SimulatedRegion['persons']): string {
  const others = new Map(
    persons.flatMap((one, index) => {
      const other = persons[(index + 1) % persons.length] ?? one
      return [[one.idNumber, other.idNumber] as const, [one.name, other.name] as const]
    }),
  )
  // All at once: a person who became the next one must not become the one after.
  const names = [...others.keys()]
    .filter((name) => name !== '')
    .map((name) => name.replace(/[^\p{L}\p{N}]/gu, '\\$&'))
  return names.length === 0
    ? text
    : text.replace(new RegExp(names.join('|'), 'g'), (name) => others.get(name) ?? name)
}

interface Scene {
  readonly asked: Asked
  readonly faults: FaultBox
  readonly region: SimulatedRegion
  readonly now: Date
  /** What the region would answer. */
  readonly answer: () => Promise<Response>
  /** Ends the connection without an answer, where there is one to cut. */
  readonly cut: () => Response
  /** Drawn from for where an answer breaks off. */
  readonly moment: string
}

/** Nothing reaches the region. */
const BEFORE: Readonly<
  Partial<Record<Fault['kind'], (scene: Scene, fault: Fault) => Response | Promise<Response>>>
> = {
  error: broken,
  drop: ({ cut }) => cut(),
  flap: broken,
  maintenance: closed,
  garbage: () => new Response('<html><body>系统维护中</body></html>', { status: 200, headers: HTML }),
  refusal: ({ region, asked }) => Response.json(region.busyAnswer(asked.operation)),
  hang: async ({ cut }, { ms = HANG_MS }) => {
    await wait(ms)
    return cut()
  },
}

/** The region has acted; the answer does not come as it was. */
const AFTER: Readonly<
  Partial<Record<Fault['kind'], (scene: Scene, answer: Response) => Response | Promise<Response>>>
> = {
  lost: broken,
  malformed: ({ moment }, answer) =>
    changed(answer, (bytes) => bytes.subarray(0, Math.floor(bytes.length * (0.1 + 0.8 * lot(moment))))),
  charset: (_scene, answer) => changed(answer, (bytes) => iconv.encode(bytes.toString('utf8'), 'gb18030')),
  'wrong-person': ({ region }, answer) =>
    changed(answer, (bytes) => Buffer.from(asAnother(bytes.toString('utf8'), region.persons))),
}

/** Puts faults before a region, and behind it. @returns the answer, and what struck */
export async function withFaults(scene: Scene): Promise<{ answer: Response; fault?: Fault }> {
  const fault = scene.faults.strike(scene.asked, KINDS, scene.now)
  if (!fault) return { answer: await scene.answer() }
  const before = BEFORE[fault.kind]
  if (before) return { answer: await before(scene, fault), fault }
  if (fault.kind === 'slow') await wait(fault.ms ?? 1000)
  const answered = await scene.answer()
  return { answer: (await AFTER[fault.kind]?.(scene, answered)) ?? answered, fault }
}
