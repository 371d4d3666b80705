/** Clerks at their desks, and residents in front of them. */
import { Secret, TOTP } from 'otpauth'
import { addClerk } from '../../src/federation/desk/clerks.ts'
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
    browser.send(to, { token: formTokenIn(await page(at)) ?? '', ...fields })
  const path = new URL(link).pathname
  await post(path, path)
  const key = keyIn(await page('/desk/enrol'))
  const code = codeAt(key, gateway.gateway.deps.now())
  const { status, headers } = await post('/desk/enrol', '/desk/enrol', { code })
  if (status !== 303 || headers.get('location') !== '/desk') throw new Error(`not enrolled: ${status}`)
  return { key, browser, page, post }
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
