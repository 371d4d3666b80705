/** What the pages call purposes, fields and outcomes of a scan. */
import type { Purpose } from '../../federation/identity/purposes.ts'
import type { Outcome } from '../../federation/identity/scan.ts'
import type { Reader } from '../frame/reader.ts'

type Words = readonly [zh: string, en: string]

export const PURPOSE_WORDS: Readonly<Record<Purpose, Words>> = {
  hotel: ['入住宾旅馆', 'Checking in at a hotel'],
  window: ['窗口办事', 'At a service window'],
}

/** Members of an answer, as the person calls them. */
const FIELD_WORDS: Readonly<Record<string, Words>> = {
  name: ['姓名', 'name'],
  idDocument: ['证件类型和号码', 'document type and number'],
  validity: ['身份码有效期', 'validity of the code'],
  photoMatch: ['由店员核对面容', 'face compared by the clerk'],
  loa: ['实名等级', 'assurance level'],
  region: ['登录地区', 'region of the log-in'],
}

export const OUTCOME_WORDS: Readonly<Record<Outcome, Words>> = {
  granted: ['已核验', 'verified'],
  used: ['拒绝: 码已用过', 'refused: used before'],
  calledBack: ['拒绝: 码已收回', 'refused: called back'],
  ended: ['拒绝: 码已过期', 'refused: over'],
  otherPurpose: ['拒绝: 用途不符', 'refused: made for another purpose'],
  notAllowed: ['拒绝: 对方未获准此用途', 'refused: the counter has not this purpose'],
  limited: ['拒绝: 对方输错次数过多', 'refused: too many wrong digits there'],
  unknown: ['拒绝: 数字不存在', 'refused: no such digits'],
}

/** The fields that a purpose or a scan names, in one line. */
export const fieldsIn = (fields: readonly string[], { say }: Reader): string => {
  const words = fields.map((field): Words => FIELD_WORDS[field] ?? [field, field])
  return say(words.map(([zh]) => zh).join('、'), words.map(([, en]) => en).join(', '))
}

/** A moment of an answer in the region's own clock, to the second. */
export const clock = (instant: string): string => instant.slice(11, 19)
/** Day and minute. */
export const dayAndMinute = (instant: string): string => instant.slice(0, 16).replace('T', ' ')
/** Seconds from now until a moment, and one for the clocks. */
export const secondsUntil = (instant: string, now: Date): number =>
  Math.max(1, Math.ceil((Date.parse(instant) - now.getTime()) / 1000) + 1)
