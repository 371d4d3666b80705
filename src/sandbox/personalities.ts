/** How a region, a city or an operation can be: each a list of faults, as a real platform has them on some days. */
import type { Fault } from './faults.ts'

interface Personality {
  readonly zh: string
  readonly en: string
  readonly faults: readonly Fault[]
}

/** The personalities by name. The figures are ours: what is known of real platforms names no likelihoods. */
export const PERSONALITIES = {
  calm: { zh: '平静', en: 'calm: nothing goes wrong', faults: [] },
  slow: {
    zh: '慢',
    en: 'slow: half the answers are late',
    faults: [{ kind: 'slow', ms: 2_500, chance: 0.5 }],
  },
  hanging: {
    zh: '不答',
    en: 'hanging: one request in five is never answered',
    faults: [{ kind: 'hang', chance: 0.2 }],
  },
  flapping: {
    zh: '时断时续',
    en: 'flapping: a minute down, a minute up',
    faults: [{ kind: 'flap', ms: 60_000 }],
  },
  'error-in-200': {
    zh: '成功的壳, 失败的话',
    en: 'an error inside HTTP 200, one time in three',
    faults: [{ kind: 'refusal', chance: 0.33 }],
  },
  malformed: {
    zh: '答复残缺',
    en: 'malformed: answers break off, or are a page',
    faults: [
      { kind: 'malformed', chance: 0.3 },
      { kind: 'garbage', chance: 0.2 },
    ],
  },
  'wrong-charset': {
    zh: '字符集不符',
    en: 'GB 18030 that says UTF-8',
    faults: [{ kind: 'charset', chance: 0.5 }],
  },
  stuttering: {
    zh: '回调重复、乱序',
    en: 'callbacks come twice and out of order',
    faults: [
      { kind: 'late-callback', chance: 0.4 },
      { kind: 'duplicate-callback', chance: 0.4 },
    ],
  },
  'wrong-clock': {
    zh: '时钟快四分钟',
    en: 'its clock is four minutes fast',
    faults: [{ kind: 'skew', ms: 240_000 }],
  },
  'night-maintenance': {
    zh: '夜间维护',
    en: 'closed from 22:00 to 06:00',
    faults: [{ kind: 'maintenance', from: '22:00', to: '06:00' }],
  },
  forgetful: {
    zh: '办了却没答',
    en: 'acts, but the answer is lost, one time in three',
    faults: [{ kind: 'lost', chance: 0.33 }],
  },
  'wrong-person': {
    zh: '张冠李戴',
    en: 'answers about another person, one time in five',
    faults: [{ kind: 'wrong-person', chance: 0.2 }],
  },
  'bad-day': {
    zh: '糟糕的一天',
    en: 'a bad day: a little of everything',
    faults: [
      { kind: 'error', chance: 0.05 },
      { kind: 'lost', chance: 0.05 },
      { kind: 'drop', chance: 0.05 },
      { kind: 'refusal', chance: 0.05 },
      { kind: 'garbage', chance: 0.03 },
      { kind: 'malformed', chance: 0.03 },
      { kind: 'slow', ms: 2_500, chance: 0.1 },
      { kind: 'late-callback', chance: 0.2 },
      { kind: 'duplicate-callback', chance: 0.2 },
    ],
  },
} as const satisfies Readonly<Record<string, Personality>>

export type PersonalityName = keyof typeof PERSONALITIES
export const PERSONALITY_NAMES = Object.keys(PERSONALITIES) as readonly PersonalityName[]
