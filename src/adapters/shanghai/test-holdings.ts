/** What the tests of photos and licences share: whoever is asked for, why, and a service that answers as a test says. */
import type { LicenceStatus } from '../../schemas/licence.ts'
import type { Alarm } from '../kit/codes.ts'
import type { Audit, Holder, LicenceLink, PhotoLink } from '../kit/contract.ts'
import type { CallLimits, Incoming, Outgoing } from '../kit/transport.ts'
import type { ShanghaiConfig } from './config.ts'
import { shanghai } from './index.ts'
import { json } from './test-region.ts'
import { config, sample } from './test-vectors.ts'

export type Plain = Readonly<Record<string, unknown>>

export const person: Holder = {
  name: '测试甲',
  idDocument: { type: '111', number: '310101190001010011' },
}
export const firm: Holder = {
  name: '上海示例科技有限公司',
  idDocument: { type: '001', number: '91310000MA1TEXT06C' },
}
/** Holders under whose document Shanghai keeps nothing, or whose number cannot be right. */
export const STRANGERS: readonly (readonly [string, Holder['idDocument']])[] = [
  ['a passport', { type: '414', number: 'E00000001' }],
  ['a permit', { type: '516', number: 'H12345678' }],
  ['another document with a right number', { type: '999', number: '310101190001010011' }],
  ['a wrong check character', { type: '111', number: '310101190001010012' }],
  ['a credit code as an identity number', { type: '111', number: '91310000MA1TEXT06C' }],
]

/** The contract's words for the states of a licence, and ours. */
export const STATUSES: Readonly<Record<string, LicenceStatus>> = {
  VALID: 'valid',
  REVOKED: 'revoked',
  EXPIRED: 'expired',
}

/** A look without a case. */
export const look: Audit = { number: '912345678901234', matterName: '居民身份证', actor: '申请人本人' }
/** The look of the contract's samples. */
export const recorded: Audit = {
  number: '912345678901234',
  case: { region: 'shanghai', caseNumber: 'CSJ202603020000001', matterCode: '312099003000' },
  matterName: '户籍事项证明',
  actor: '苏州专窗01',
}

export const bodyIn = (op: string): Plain => sample(op).request.body as Plain
/** The recorded photo, with members changed. */
export const photoWith = (more: Plain = {}): Incoming => {
  const { data } = sample('photo-query').response.body as { data: Plain }
  return json({ isSuccess: true, code: '200', msg: '', data: { ...data, ...more } })
}
/** The recorded licence, with members changed. */
export const licenceWith = (more: Plain = {}): Plain => ({
  ...(sample('licence-query').response.body as { certs: Plain }).certs,
  ...more,
})

/** A file as the service sends one. */
export const fileWith = (bytes: Buffer, headers: Readonly<Record<string, string>> = {}): Incoming => ({
  status: 200,
  headers: { 'content-type': 'image/jpeg', ...headers },
  body: bytes,
})

type Answer = Incoming | ((body: Plain) => Incoming)

/** The links, with all that was asked. Sessions are s1, s2 …; a list of answers is given in its order, the last for ever. */
export function library(
  answers: Readonly<Record<string, Answer | readonly Answer[]>>,
  own: { options?: Plain; credentials?: Plain } = {},
) {
  const sent: (Outgoing & { readonly limits: CallLimits })[] = []
  const alarms: Alarm[] = []
  const asked: Record<string, number> = {}
  let ms = Date.parse('2026-03-02T09:05:00+08:00')
  const settings = {
    ...config,
    credentials: { ...config.credentials, ...own.credentials },
    options: { ...config.options, ...own.options },
    // A test may leave members out or write them as no directory would.
  } as ShanghaiConfig
  const link = shanghai.connect(
    settings,
    async (out, limits) => {
      sent.push({ ...out, limits })
      await Promise.resolve()
      const name = out.url.split('/').at(-1) ?? ''
      const count = (asked[name] ?? 0) + 1
      asked[name] = count
      const told = answers[name] ?? (name === 'login.do' ? json({ sessionId: `s${count}` }) : undefined)
      if (told === undefined) throw new Error(`${name} was not expected`)
      const answer = isList(told) ? (told[count - 1] ?? told.at(-1)) : told
      if (answer === undefined) throw new Error(`${name} has no answer`)
      return typeof answer === 'function' ? answer(JSON.parse(String(out.body))) : answer
    },
    () => new Date(ms),
    alarms,
  )
  return {
    link,
    photos: link.photos as PhotoLink,
    licences: link.licences as LicenceLink,
    sent,
    alarms,
    /** How often a path was asked. */
    times: (name: string) => asked[name] ?? 0,
    /** Bodies of the calls of a path. */
    bodies: (name: string): readonly Plain[] =>
      sent.filter(({ url }) => url.endsWith(`/${name}`)).map(({ body }) => JSON.parse(String(body))),
    at: (time: string) => {
      ms = Date.parse(time)
    },
    pass: (seconds: number) => {
      ms += seconds * 1000
    },
  }
}

const isList = (told: Answer | readonly Answer[]): told is readonly Answer[] => Array.isArray(told)
