/** People of the sandbox who have logged in with their browsers, for a load on the pages: each with a draft, and most with a case. */
import { getToken } from '../src/cli/token.ts'
import { APPLICATION } from './application.ts'
import type { Bench } from './gateway.ts'

export interface Person {
  /** Their session, for the header `Cookie`. */
  readonly cookie: string
  readonly draft: string
  readonly case?: string
}

const REGIONS = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const
const MOST_STEPS = 8
const CLIENT = 'sandbox-shanghai'

interface Browser {
  readonly cookies: ReadonlyMap<string, string>
  readonly send: (address: string, form?: Readonly<Record<string, string>>) => Promise<Response>
  /** Follows redirections to a page. */
  readonly open: (address: string) => Promise<{ readonly url: URL; readonly text: string }>
}

/** Keeps cookies, as a browser does. */
function browserAt(origin: string): Browser {
  const cookies = new Map<string, string>()
  const send: Browser['send'] = async (address, form) => {
    const answer = await fetch(new URL(address, origin), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  const open: Browser['open'] = async (address) => {
    let url = new URL(address, origin)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const answer = await send(url.href)
      const next = answer.headers.get('location')
      if (next === null) return { url, text: await answer.text() }
      url = new URL(next, url)
    }
    throw new Error(`sent in a circle: ${url.pathname}`)
  }
  return { cookies, send, open }
}

const tokenIn = (text: string): string => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''

/** Links of a region's log-in page, one an account. */
const accountsIn = ({ url, text }: { url: URL; text: string }): readonly URL[] =>
  [...text.matchAll(/<li><a href="([^"]+)"/g)].map(
    ([, href = '']) => new URL(href.replaceAll('&amp;', '&'), url),
  )

/** Everybody of all regions who can log in with a level that opens the pages. */
export async function peopleOf(bench: Bench): Promise<readonly Person[]> {
  const people: Person[] = []
  for (const region of REGIONS) {
    const at = `/log-in/${region}?kind=person`
    const count = accountsIn(await browserAt(bench.url).open(at)).length
    for (let index = 0; index < count; index += 1) {
      const browser = browserAt(bench.url)
      const account = accountsIn(await browser.open(at))[index]
      const page = account ? await browser.open(account.href) : undefined
      if (page?.url.pathname === '/me') people.push(await furnished(browser, page.text, region, bench))
    }
  }
  return people
}

/** Starts a draft, and files a case for them where the region knows one person of their name. */
async function furnished(browser: Browser, me: string, region: string, bench: Bench): Promise<Person> {
  const matter = encodeURIComponent(APPLICATION.matter)
  const { text } = await browser.open(`/apply?matter=${matter}`)
  const begun = await browser.send('/apply', { token: tokenIn(text), matter: APPLICATION.matter })
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const name = /<h1[^>]*>([^<]+)</.exec(me)?.[1] ?? ''
  const filed = await fileFor(name, region, bench)
  return {
    cookie,
    draft: begun.headers.get('location') ?? '',
    ...(filed ? { case: `/me/cases/${filed}` } : {}),
  }
}

async function fileFor(
  name: string,
  region: string,
  { url, desk, keyOf }: Bench,
): Promise<string | undefined> {
  const { items } = (await (await fetch(`${desk}/${region}/persons`)).json()) as {
    items: readonly { name: string; idType: string; idNumber: string }[]
  }
  const [found, other] = items.filter((one) => one.name === name)
  if (!found || other) return undefined
  const token = await getToken({ gateway: url, client: CLIENT, key: keyOf(CLIENT), scope: 'cases' })
  const idDocument = { type: found.idType, number: found.idNumber }
  const answer = await fetch(`${url}/api/v1/cases`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ ...APPLICATION, applicant: { ...APPLICATION.applicant, name, idDocument } }),
  })
  return answer.status === 201 ? ((await answer.json()) as { id: string }).id : undefined
}
