/** A platform’s callbacks, received on a port and judged when enough came, the time is up, or somebody ends it. */
import { benchFor, type Clerk, type Subject } from '../bench.ts'
import type { Finding } from '../model.ts'
import { tour } from '../tour.ts'
import { judgeCallbacks } from './judge.ts'
import { listen } from './listener.ts'
import { openReceiver, type Receiver, type Waits } from './receiver.ts'

/** How it is listened. */
export interface Listening {
  readonly host: string
  readonly port: number
  /** Ends it at the latest after so many milliseconds on this machine. */
  readonly forMs: number
  /** Ends it now. */
  readonly ended: AbortSignal
  /** Told when the port is open, and after each callback. */
  readonly tell: (url: string, progress: ReturnType<Receiver['progress']>) => void
  /** Done before each callback is looked at: the platform’s clock may have been put forward. */
  readonly first?: () => Promise<void>
  /** How long slow and late answers take; as the contract’s limits want it when absent. */
  readonly waits?: Waits
}

/**
 * Listens, answers and judges. With a clerk it files and moves cases itself, so that there is something to call back.
 *
 * @throws GatewayError when the configuration is not the contract's; whatever the system says when the port is taken
 */
export async function judgeLive(subject: Subject, listening: Listening): Promise<readonly Finding[]> {
  const { host, port, forMs, ended, tell, first, waits } = listening
  const receiver = openReceiver(subject, waits)
  const enough = Promise.withResolvers<void>()
  const timer = setTimeout(enough.resolve, forMs)
  ended.addEventListener('abort', () => enough.resolve(), { once: true })
  let url = ''
  const came = () => {
    const progress = receiver.progress()
    tell(url, progress)
    if (progress.isDone) enough.resolve()
  }
  await first?.()
  const listener = await listen(receiver, { host, port }, { came, ...(first ? { first } : {}) })
  url = listener.url
  tell(url, receiver.progress())
  try {
    if (subject.clerk) await provoke(subject, subject.clerk)
    await enough.promise
  } finally {
    clearTimeout(timer)
    await listener.close()
  }
  await first?.()
  return judgeCallbacks(subject, receiver.received, (subject.now ?? (() => new Date()))())
}

/** Two cases on their way, so that more events come than are answered badly. */
export async function provoke(subject: Subject, clerk: Clerk): Promise<void> {
  const now = subject.now ?? (() => new Date())
  for (const later of [0, 1_000])
    await tour(benchFor({ ...subject, clerk, now: () => new Date(now().getTime() + later) }))
}
