/** Filling an application in, as a browser without a script does it. */
import { expect } from 'vitest'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { browserOf, Somebody } from '../support/as-person.ts'
import type { TestGateway } from '../support/gateway.ts'
import { formTokenIn } from '../support/page-reader.ts'
import { jpeg } from './support.ts'

export type Browser = Awaited<ReturnType<typeof browserOf>>

/** Starts a draft. @returns its path and the first question's */
export async function started(browser: Browser, matter: string) {
  await browser.get(`/apply?matter=${encodeURIComponent(matter)}`)
  const path = (await browser.post('/apply', [['matter', matter]])).location ?? ''
  return { path, first: (await browser.get(path)).location ?? '' }
}

export const versionIn = (text: string): string => /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''

/** Sends a drawn picture as the document that a page asks for. @returns status and page of the answer */
export async function upload(
  person: Somebody,
  at: string,
  text: string,
  gateway: TestGateway,
  file = new File([new Uint8Array(jpeg())], 'paper.jpg', { type: 'image/jpeg' }),
): Promise<{ status: number; text: string }> {
  const secret = await openSession(person.authentication, 'test', gateway.gateway.deps)
  const headers = { cookie: `__Host-delta=${secret}` }
  const page = await (await fetch(gateway.url + at, { headers })).text()
  const form = new FormData()
  form.append('token', formTokenIn(page) ?? '')
  form.append('version', versionIn(text))
  form.append('mode', 'upload')
  form.append('file', file)
  const answer = await fetch(gateway.url + at, { method: 'POST', headers, body: form, redirect: 'manual' })
  return { status: answer.status, text: await answer.text() }
}

/** The first choice, or something that fits the field. */
function answerFor(text: string): string {
  const choice =
    /<option value="([^"]+)"/.exec(text) ?? /type="radio" name="[^"]+" value="([^"]+)"/.exec(text)
  if (choice?.[1]) return choice[1]
  const fitting = [
    ['type="tel"', '13800000000'],
    ['type="date"', '2026-01-05'],
    ['inputmode="decimal"', '1'],
  ].find(([sign = '']) => text.includes(sign))
  return fitting?.[1] ?? '测试'
}

/** Every field of a page with something that fits it. */
const fieldsIn = (text: string): readonly (readonly [string, string])[] =>
  text
    .split(/class="(?:bare )?field"/)
    .slice(1)
    .map((field) => [/ name="([^"]+)"/.exec(field)?.[1] ?? '', answerFor(field)] as const)

/** Answers every question as its page asks, until the page with everything. */
export async function filledIn(
  browser: Browser,
  person: Somebody,
  path: string,
  gateway: TestGateway,
): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    const at = (await browser.get(path)).location ?? ''
    if (at.endsWith('/check')) return
    const { text } = await browser.get(at)
    if (text.includes('type="file"')) {
      expect((await upload(person, at, text, gateway)).status).toBe(303)
      continue
    }
    const { status } = await browser.post(at, [...fieldsIn(text), ['version', versionIn(text)]])
    if (status !== 303) throw new Error(`${at} was refused`)
  }
}
