/** A person's browser, as far as a log-in needs one: it keeps cookies, follows addresses inside the gateway, and sends forms. */
import type { TestGateway } from './gateway.ts'

export interface Browser {
  readonly cookies: Map<string, string>
  /** One request; redirections are not followed. */
  readonly send: (address: string, form?: Readonly<Record<string, string>>) => Promise<Response>
  /**
   * Goes where it is sent, and answers the page that asks for consent.
   * @returns the address outside the gateway at which it arrives, or the page at which it stays
   */
  readonly follow: (address: string, answer?: 'yes' | 'no') => Promise<Arrived>
}

export interface Arrived {
  readonly url: URL
  /** Absent where the browser has left the gateway. */
  readonly page?: { readonly status: number; readonly text: string }
}

const MOST_STEPS = 12

/** @param cookie the session of a person who is logged in, as `logIn` of `person-token.ts` gives it */
export function browser({ url: origin }: Pick<TestGateway, 'url'>, cookie?: string): Browser {
  const cookies = new Map<string, string>()
  const keep = (line: string) => {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (pair.length === at + 1) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
  if (cookie) keep(cookie)

  const send: Browser['send'] = async (address, form) => {
    const answered = await fetch(new URL(address, origin), {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const line of answered.headers.getSetCookie()) keep(line)
    return answered
  }

  const follow: Browser['follow'] = async (address, answer = 'yes') => {
    let url = new URL(address, origin)
    let answered = await send(url.href)
    for (let step = 0; step < MOST_STEPS; step++) {
      const next = answered.headers.get('location')
      if (next !== null) {
        url = new URL(next, url)
        if (url.origin !== origin) return { url }
        answered = await send(url.href)
        continue
      }
      const text = await answered.text()
      const token = /name="token" value="([^"]+)"/.exec(text)?.[1]
      if (!token || !url.pathname.endsWith('/consent'))
        return { url, page: { status: answered.status, text } }
      answered = await send(url.href, { token, answer })
    }
    throw new Error(`the browser is sent in a circle: ${url.href}`)
  }
  return { cookies, send, follow }
}
