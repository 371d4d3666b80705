/** One question to many places, in parallel: each has its own limit of time, and none waits for another. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { AskedKind, Place } from './places.ts'

/** What one place said, or why it said nothing. */
export type Said<T> = { readonly items: readonly T[] } | { readonly failure: GatewayError }

/**
 * Asks every place at once.
 * @param late hears of an answer that comes after the place's time was over
 * @param limitMs how long each place may take
 */
export async function askAll<K extends AskedKind, T>(
  places: readonly Place<K>[],
  ask: (place: Place<K>) => Promise<readonly T[]>,
  late: (place: Place<K>, items: readonly T[]) => void,
  limitMs: number = LIMITS.cityAnswerMs,
): Promise<ReadonlyMap<Place<K>, Said<T>>> {
  const said = await Promise.all(
    places.map((place) =>
      inTime(
        () => ask(place),
        (items) => late(place, items),
        limitMs,
      ),
    ),
  )
  return new Map(places.map((place, index) => [place, said[index] as Said<T>]))
}

function inTime<T>(
  ask: () => Promise<readonly T[]>,
  late: (items: readonly T[]) => void,
  limitMs: number,
): Promise<Said<T>> {
  return new Promise((resolve) => {
    let isOver = false
    const timer = setTimeout(() => {
      isOver = true
      resolve({ failure: new GatewayError('REGION_UNAVAILABLE', { phase: 'slow', limitMs }) })
    }, limitMs)
    // A call that throws before it sends anything is a failure of that place alone.
    Promise.resolve()
      .then(ask)
      .then(
        (items) => {
          if (isOver) return late(items)
          clearTimeout(timer)
          return resolve({ items })
        },
        (error: unknown) => {
          clearTimeout(timer)
          resolve({ failure: asFailure(error) })
        },
      )
  })
}

/** A fault of ours in reading one place's answer must not take the others' away. */
const asFailure = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError('REGION_ANSWER_INVALID', { reason: 'unreadable' }, { cause: error })
