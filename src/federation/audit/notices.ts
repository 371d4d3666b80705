/** Told as they wish: of every look, once a day, or never. A line on the pages says how many looks of others are new. */
import { LIMITS } from '../../config.ts'
import { NOTICE_WORDS, type NoticeWord } from '../../schemas/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { requireWhole } from '../identity/codes.ts'
import { subjectOf } from '../identity/identify.ts'
import { type Principal, personOf } from '../identity/principal.ts'

const FALLBACK: NoticeWord = 'each'
/** Somebody who has opened the list never has seen nothing. */
const NEVER = new Date(0)

/** Whose row it is: everybody who acts for a firm is told for themselves. */
const readerOf = ({ personId, organisationId }: Principal): string =>
  organisationId === null ? personId : `${organisationId}/${personId}`

const wordIn = (text: string | null | undefined): NoticeWord =>
  NOTICE_WORDS.find((word) => word === text) ?? FALLBACK

/** How the person wants to be told. @throws GatewayError `PERSON_REQUIRED`, `AUDIENCE_MISMATCH` */
export async function noticeWord(actor: Actor, { store }: Deps): Promise<NoticeWord> {
  const principal = personOf(actor)
  requireWhole(actor)
  return wordIn(await store.notices.word(readerOf(principal)))
}

/** @throws GatewayError `PERSON_REQUIRED`, `AUDIENCE_MISMATCH` */
export async function chooseNotice(word: NoticeWord, actor: Actor, { store }: Deps): Promise<void> {
  const principal = personOf(actor)
  requireWhole(actor)
  await store.notices.choose(readerOf(principal), word, NEVER)
}

/** The list was opened: what there was until then is seen. */
export const markSeen = (at: Date, actor: Actor, { store }: Deps): Promise<void> =>
  store.notices.see(readerOf(personOf(actor)), FALLBACK, at)

/** How many new looks a page tells of, 100 for more; 0 when nothing is to be told now. One statement, and a second when it tells once a day. */
export async function newLooks(actor: Actor, { store, now }: Deps): Promise<number> {
  const principal = personOf(actor)
  const reader = readerOf(principal)
  const moment = now()
  const toldSince = new Date(moment.getTime() - LIMITS.noticeEveryMs)
  const { word, count } = await store.notices.count(reader, subjectOf(principal), toldSince)
  if (count === 0 || wordIn(word) !== 'daily') return count
  return (await store.notices.tell(reader, moment, toldSince)) ? count : 0
}
