/** Clerks at their desks, and residents in front of them. */
import { Secret, TOTP } from 'otpauth'
import { addClerk } from '../../src/federation/desk/clerks.ts'
import { makeCode } from '../../src/federation/identity/codes.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import type { TestGateway } from '../support/gateway.ts'
import { formTokenIn, type Visitor, visitor } from '../support/page-reader.ts'

/** A clock that tests move: codes of an authenticator change with it. */
export function movable(start = new Date()) {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    pass: (ms: number) => {
      at += ms
    },
  }
}

/** Half a minute: the next code. */
export const STEP_MS = 30_000

export const codeAt = (key: string, now: Date): string =>
  new TOTP({ secret: Secret.fromBase32(key), digits: 6, period: 30, algorithm: 'SHA1' }).generate({
    timestamp: now.getTime(),
  })

/** The key that the page of the enrolment shows. */
export const keyIn = (page: string): string =>
  (/<code>([A-Z2-7 ]+)<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '')

export interface AtWork {
  readonly id: string
  /** Of the gateway. */
  readonly url: string
  readonly key: string
  readonly browser: Visitor
  /** Sends a form of the page at `at`, with its token. */
  readonly post: (at: string, to: string, fields?: Readonly<Record<string, string>>) => Promise<Response>
  readonly page: (at: string) => Promise<string>
}

/** Opens a link, scans the key, types the first code. */
export async function enrolled(link: string, gateway: TestGateway): Promise<Omit<AtWork, 'id'>> {
  const browser = visitor(gateway)
  const page = async (at: string) => (await browser.send(at)).text()
  const post: AtWork['post'] = async (at, to, fields = {}) =>
    // A page without a form is looked at too; the token is the session's.
    browser.send(to, {
      token: formTokenIn(await page(at)) ?? formTokenIn(await page('/desk')) ?? '',
      ...fields,
    })
  const path = new URL(link).pathname
  await post(path, path)
  const key = keyIn(await page('/desk/enrol'))
  const code = codeAt(key, gateway.gateway.deps.now())
  const { status, headers } = await post('/desk/enrol', '/desk/enrol', { code })
  if (status !== 303 || headers.get('location') !== '/desk') throw new Error(`not enrolled: ${status}`)
  return { key, browser, page, post, url: gateway.url }
}

/** A clerk of this client at work. */
export async function clerkAt(
  client: string,
  name: string,
  division: string,
  gateway: TestGateway,
): Promise<AtWork> {
  const { id, link } = await addClerk({ client, name, division }, gateway.gateway.deps)
  return { id, ...(await enrolled(link, gateway)) }
}

/** A person in front of the desk, with the digits of a code for windows. */
export async function digitsOf(person: Somebody, gateway: TestGateway): Promise<string> {
  const actor = { clientId: 'portal', requestId: 'req_test', principal: person.principal }
  const { typedCode } = await makeCode('window', actor, gateway.gateway.deps)
  return typedCode ?? ''
}

/** The value of a hidden field of the page. */
export const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''

/** The clerk scans the code. @returns the path of the case */
export async function takenIn(clerk: AtWork, person: Somebody, gateway: TestGateway): Promise<string> {
  const page = await clerk.page('/desk')
  const answer = await clerk.browser.send('/desk/cases', {
    token: formTokenIn(page) ?? '',
    id: hidden(page, 'id'),
    code: await digitsOf(person, gateway),
  })
  return answer.headers.get('location') ?? `${answer.status}`
}

/** The clerk finds the matter in the city, and chooses it. */
export async function chosen(clerk: AtWork, at: string, matter: string, city: string): Promise<Response> {
  const found = await clerk.page(`${at}?q=${encodeURIComponent(matter)}&city=${city}`)
  return clerk.post(at, `${at}/matter`, { matter: hidden(found, 'matter'), division: city })
}

/** The person agrees on their own phone. @param to what of theirs may stand for papers */
export async function agreed(
  person: Somebody,
  at: string,
  gateway: TestGateway,
  to: readonly ('licence' | 'photo')[] = ['licence', 'photo'],
) {
  const phone = await browserOf(person, gateway)
  const own = at.replace('/desk/cases', '/me/at-window')
  const { text } = await phone.get(own)
  return phone.post(
    own,
    to.flatMap((kind) => [
      [`${kind}.digest`, hidden(text, `${kind}.digest`)] as const,
      [kind, 'yes'] as const,
    ]),
  )
}

/** The clerk puts pages on the scanner. */
export async function scanned(
  clerk: AtWork,
  at: string,
  document: string,
  pages: readonly Buffer[],
): Promise<Response> {
  const page = await clerk.page(at)
  const form = new FormData()
  form.append('token', formTokenIn(await clerk.page('/desk')) ?? '')
  form.append('paper', hidden(page, 'paper'))
  form.append('document', document)
  for (const [index, bytes] of pages.entries())
    form.append('pages', new File([new Uint8Array(bytes)], `${index}.jpg`, { type: 'image/jpeg' }))
  return fetch(new URL(`${at}/papers`, clerk.url), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [...clerk.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    body: form,
  })
}

/** The paths of papers that this clerk may certify. */
export const certifiable = (page: string): readonly string[] =>
  [...page.matchAll(/action="([^"]+\/certify)"/g)].map(([, path = '']) => path)

/** The documents of the page that a clerk sees, by name. */
export const documentIn = (text: string, name: string): string =>
  new RegExp(`<h3>${name}</h3>[\\s\\S]*?name="document" value="([^"]+)"`).exec(text)?.[1] ?? ''

/** Names of the questions that the page asks. */
export const questionsIn = (text: string): readonly string[] =>
  [...text.matchAll(/ name="(\/[^"]+)"/g)].map(([, name = '']) => name)

/** Fills in whatever is asked. */
export async function filledIn(clerk: AtWork, at: string): Promise<Response> {
  const shown = await clerk.page(at)
  const isDate = (name: string) => shown.includes(`name="${name}" type="date"`)
  const answers = questionsIn(shown).map((name) => [
    name,
    name === '/applicant/mobile' ? '13800000000' : isDate(name) ? '2026-01-05' : '出国工作',
  ])
  return clerk.post(at, `${at}/form`, Object.fromEntries(answers))
}
