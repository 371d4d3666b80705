/**
 * Opening hours out of text, as halls write them: `周一至周五 09:00-11:30,13:30-17:00;周六 09:00-11:30`, `工作日 上午9:00—12:00 下午1:30-5:00
 * (法定节假日除外)`. A text is read whole or not at all: half of it would send people to closed doors.
 */
import type { OpenStretch } from '../../schemas/window.ts'

const DAYS = '一二三四五六日'
/** What halls add to say that holidays are as the State Council has them, which holds for every window. */
const HOLIDAYS_APART = /[(（]?(国家)?(法定)?节假日(除外|休息|不办公)[)）]?/g
const DAY = '(?:周|星期|礼拜)?[一二三四五六日天]'
const PREFIX = '(?:周|星期|礼拜)'
/** A time, with its half of the day before it. */
const TIME = '(上午|下午|中午|晚上)?(\\d{1,2})[:：](\\d{2})'
const RANGE = new RegExp(`^[,，、;；]?${TIME}[-~至到—–－～]+${TIME}`)
const NAMED_DAYS = new RegExp(
  `^[,，;；、。]?(?:(工作日)|(每天|每日)|(${PREFIX}${DAY.slice(PREFIX.length)})(?:[至到\\-~—–－～]+(${DAY}))?|(双休日|周末))[:：]?`,
)

const dayOf = (told: string): number => DAYS.indexOf(told.at(-1) === '天' ? '日' : (told.at(-1) ?? '')) + 1

const from = (first: number, last: number): readonly number[] =>
  first > last ? [] : Array.from({ length: last - first + 1 }, (_one, index) => first + index)

function daysOf([, worked, every, first, last, weekend]: RegExpExecArray): readonly number[] {
  if (worked !== undefined) return from(1, 5)
  if (every !== undefined) return from(1, 7)
  if (weekend !== undefined) return from(6, 7)
  const day = dayOf(first ?? '')
  return from(day, last === undefined ? day : dayOf(last))
}

/** `HH:mm`; nothing for a time that no day has. 下午1:30 is 13:30, and 下午13:30 too. */
function timeOf(half: string | undefined, hour: string, minute: string): string | undefined {
  const isLate = half === '下午' || half === '晚上'
  const hours = Number(hour) + (isLate && Number(hour) < 12 ? 12 : 0)
  if (Number(minute) > 59 || hours > 24 || (hours === 24 && minute !== '00')) return undefined
  return `${String(hours).padStart(2, '0')}:${minute}`
}

/** The stretches of some days behind their names, and what is left of the text. */
function rangesIn(
  text: string,
): { ranges: readonly Pick<OpenStretch, 'from' | 'to'>[]; rest: string } | undefined {
  const ranges: Pick<OpenStretch, 'from' | 'to'>[] = []
  let rest = text
  for (let found = RANGE.exec(rest); found; found = RANGE.exec(rest)) {
    const [whole, half, hour = '', minute = '', otherHalf, otherHour = '', otherMinute = ''] = found
    const start = timeOf(half, hour, minute)
    // 上午9:00-12:00 says the half once; 下午1:30-5:00 means both by it.
    const end = timeOf(otherHalf ?? half, otherHour, otherMinute)
    if (start === undefined || end === undefined || start >= end) return undefined
    ranges.push({ from: start, to: end })
    rest = rest.slice(whole.length)
  }
  return ranges.length === 0 ? undefined : { ranges, rest }
}

/** The week of a text; nothing where any of it cannot be read, or hours of a day are told twice over. */
export function readHours(told: string): OpenStretch[] | undefined {
  let rest = told.normalize('NFKC').replaceAll(/\s/g, '').replaceAll(HOLIDAYS_APART, '')
  const weekly: OpenStretch[] = []
  while (rest !== '' && !/^[;；。.,，]+$/.test(rest)) {
    const days: number[] = []
    for (let found = NAMED_DAYS.exec(rest); found; found = NAMED_DAYS.exec(rest)) {
      const named = daysOf(found)
      if (named.length === 0) return undefined
      days.push(...named)
      rest = rest.slice(found[0].length)
    }
    const part = days.length === 0 ? undefined : rangesIn(rest)
    if (!part) return undefined
    weekly.push(...days.flatMap((weekday) => part.ranges.map((range) => ({ weekday, ...range }))))
    rest = part.rest
  }
  return inOrder(weekly)
}

/** Stretches in the order of the week; nothing where there are none, or two of one day overlap. */
export function inOrder(weekly: readonly OpenStretch[]): OpenStretch[] | undefined {
  const sorted = weekly.toSorted((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from))
  const overlap = sorted.some((one, index) => {
    const next = sorted[index + 1]
    return next !== undefined && next.weekday === one.weekday && next.from < one.to
  })
  return sorted.length === 0 || overlap ? undefined : sorted
}

/** One stretch alone, `09:00-12:00`. */
export function rangeIn(told: string): Pick<OpenStretch, 'from' | 'to'> | undefined {
  const found = rangesIn(told.normalize('NFKC').replaceAll(/\s/g, ''))
  return found?.rest === '' && found.ranges.length === 1 ? found.ranges[0] : undefined
}
