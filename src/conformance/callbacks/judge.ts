/** The other way: how a platform calls the gateway back, judged by the callbacks that came and what was answered to each. */
import { adapterOf, type Subject } from '../bench.ts'
import type { Exchange, Finding, JudgedRegion } from '../model.ts'
import { EVENT_REQUIREMENTS } from './events.ts'
import { PLACES } from './places.ts'
import { openedBy, type Received } from './recording.ts'
import { REPEATING_REQUIREMENTS } from './repeating.ts'
import type { CallbackRequirement, Watched } from './requirement.ts'

/** The requirements of a region's callbacks. */
export const callbackRequirementsOf = (region: JudgedRegion): readonly CallbackRequirement[] =>
  [...EVENT_REQUIREMENTS, ...REPEATING_REQUIREMENTS].filter((one) => one.of?.includes(region) ?? true)

/**
 * The findings for what came. Without a callback nothing is proved, so that nothing passes.
 *
 * @param until until when somebody listened; absent for a recording
 */
export function judgeCallbacks(
  { region, config }: Pick<Subject, 'region' | 'config'>,
  recording: readonly Received[],
  until?: Date,
): readonly Finding[] {
  const adapter = adapterOf(region)
  const watched: Watched = {
    region,
    config,
    paths: adapter.callbackPaths(config),
    all: recording.map((received) => openedBy(adapter, config, received)),
    ...(until ? { until } : {}),
  }
  return callbackRequirementsOf(region).map((requirement) => findingOf(requirement, watched))
}

function findingOf({ name, zh, en, judge }: CallbackRequirement, watched: Watched): Finding {
  const { prefix, clause } = PLACES[watched.region]
  const base = { id: `${prefix}-callback-${name}`, clause, sentence: { zh, en } }
  if (watched.all.length === 0) return { ...base, verdict: 'notApplicable', reason: 'no callback came' }
  const verdict = judge(watched)
  if (verdict === undefined) return { ...base, verdict: 'passed' }
  if ('unseen' in verdict) return { ...base, verdict: 'notApplicable', reason: verdict.unseen }
  return { ...base, verdict: 'failed', reason: verdict[1], exchange: exchangeOf(verdict[0].received) }
}

const exchangeOf = ({ target, headers, body, answer }: Received): Exchange => ({
  step: 'callback',
  operation: 'case-callback',
  out: { method: 'POST', url: `http://gateway.invalid${target}`, headers, body },
  ...(answer
    ? {
        answer: {
          status: answer.status,
          headers: { 'content-type': answer.contentType },
          body: Buffer.from(answer.body),
        },
      }
    : {}),
})
