/** Words that the pages of cases share: days and minutes as people read them, cities by name. */

import { html } from 'hono/html'
import { CITIES, cityOf } from '../../schemas/division.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** 2026年11月29日, 29 Nov 2026. @param day `yyyy-MM-dd`, or an instant that begins so, in Shanghai's time */
export function dayWords(day: string, { say }: Reader): string {
  const [year = 0, month = 0, date = 0] = day.slice(0, 10).split('-').map(Number)
  return say(`${year}年${month}月${date}日`, `${date} ${MONTHS[month - 1]} ${year}`)
}

/** With hour and minute. */
export const minuteWords = (instant: string, reader: Reader): string =>
  `${dayWords(instant, reader)} ${instant.slice(11, 16)}`

/** A moment that machines read too. */
export const timeOf = (instant: string, reader: Reader): Html =>
  html`<time datetime="${instant}">${minuteWords(instant, reader)}</time>`

/** A day that machines read too. */
export const dateOf = (day: string, reader: Reader): Html =>
  html`<time datetime="${day.slice(0, 10)}">${dayWords(day, reader)}</time>`

/** The city of a division, in the reader's language: all 41 are called 市; the table leaves it out. */
export function cityWords(division: string, { say }: Reader): string {
  const city = CITIES.find((one) => one.division === cityOf(division))
  return city ? say(`${city.zh}市`, city.en) : division
}

/** A sentence in the reader's language. */
export const inWords = ({ zh, en }: { readonly zh: string; readonly en: string }, { say }: Reader): string =>
  say(zh, en)

/** Something that a department wrote: its own words, in Chinese, whose direction ends with them. */
export const quote = (text: string): Html => html`<bdi lang="zh-CN" class="words">${text}</bdi>`
