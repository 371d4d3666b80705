/** Days as people read them. */
import { formatInstant } from '../../../schemas/instants.ts'
import { type Words, words } from './status-words.ts'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** 2026年11月29日, 29 November 2026. @param day `yyyy-MM-dd`, or an instant that begins so */
export function dayWords(day: string): Words {
  const [year = 0, month = 0, date = 0] = day.slice(0, 10).split('-').map(Number)
  return words(`${year}年${month}月${date}日`, `${date} ${MONTHS[month - 1]} ${year}`)
}

/** The day of a moment, in Shanghai. */
export const dayOf = (at: Date): Words => dayWords(formatInstant(at))

/** Day and minute of a moment, in Shanghai. */
export function minuteOf(at: Date): Words {
  const text = formatInstant(at)
  const [day, time] = [dayWords(text), text.slice(11, 16)]
  return words(`${day.zh}${time}`, `${day.en}, ${time}`)
}
