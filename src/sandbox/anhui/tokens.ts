/** Tokens without a log-in (contract 4g): a holder's certificate number and name open what is held of that holder. */
import { entryOf } from '../entries.ts'
import { isPhone, oneOf } from './formats.ts'
import { extras, oneOrMany } from './freedoms.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { HOLDERS } from './persons.ts'
import { FlagRefusal } from './refusals.ts'
import type { FlagAnswer, Route } from './routes.ts'
import { type JsonObject, must, refuseUnknown, textMember } from './shapes.ts'
import type { HolderToken } from './state.ts'
import { DAY_MS, wallClock } from './times.ts'

const TOKEN_MS = 600_000
/** A token is told to have expired for so long; then it is unknown. */
const KEPT_MS = DAY_MS

const isUsable = (office: Office, { at }: HolderToken): boolean => nowOf(office) - at < TOKEN_MS

/** Whose token it is. @throws FlagRefusal `401` when it is unknown or expired */
export function holderOf(office: Office, token: string): string {
  const found = entryOf(office.state.holderTokens, token)
  if (found === undefined || !isUsable(office, found)) throw new FlagRefusal('401')
  return found.applyId
}

function dropOld({ state }: Office, now: number): void {
  for (const [token, { at }] of Object.entries(state.holderTokens)) {
    // They stand in the order in which they were given.
    if (now - at <= KEPT_MS) return
    delete state.holderTokens[token]
  }
}

function giveToken(office: Office, body: JsonObject): FlagAnswer {
  const applyId = textMember(body, 'applyId', must())
  const applyName = textMember(body, 'applyName', must())
  textMember(body, 'applyPhone', must(isPhone))
  const isApp = textMember(body, 'isApp', must(oneOf('0', '1')))
  refuseUnknown(body, ['applyId', 'applyName', 'applyPhone', 'isApp'])
  if (isApp === '1') throw new FlagRefusal('403')
  const holder = HOLDERS.get(applyId)
  if (holder === undefined) throw new FlagRefusal('404')
  if (holder.name !== applyName) throw new FlagRefusal('403')
  const at = nowOf(office)
  dropOld(office, at)
  const token = randomHex(16)
  office.state.holderTokens[token] = { applyId, applyName, at }
  const row = { token, expireTime: wallClock(at + TOKEN_MS), ...extras(office) }
  return { result: '获取成功', data: oneOrMany(office, [row]) }
}

function showToken(office: Office, body: JsonObject): FlagAnswer {
  const token = textMember(body, 'token', must())
  refuseUnknown(body, ['token'])
  const found = entryOf(office.state.holderTokens, token)
  if (found === undefined) throw new FlagRefusal('401')
  const { applyId, applyName, at } = found
  const row = {
    applyId,
    applyName,
    expireTime: wallClock(at + TOKEN_MS),
    state: isUsable(office, found) ? '1' : '0',
    ...extras(office),
  }
  return { result: '查询成功', data: oneOrMany(office, [row]) }
}

/** Giving a token, and telling of one. */
export function tokenRoutes(office: Office): readonly Route[] {
  const shared = { method: 'POST', group: 'zzwk', style: 'json' } as const
  return [
    {
      ...shared,
      operation: 'unauth-token',
      tail: '/criterion/getUnAuthToken',
      answer: (body: JsonObject) => giveToken(office, body),
    },
    {
      ...shared,
      operation: 'token-info',
      tail: '/criterion/getTokenInfo',
      answer: (body: JsonObject) => showToken(office, body),
    },
  ]
}
