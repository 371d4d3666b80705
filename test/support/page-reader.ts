/** A browser without a screen: it keeps cookies, follows addresses inside the gateway, and sends forms. */
import type { TestGateway } from './gateway.ts'

/** Where a browser came to rest: outside the gateway (no page), or at a page. */
export interface Arrived {
  readonly url: URL
  readonly status: number
  readonly page: string
}

export interface Visitor {
  readonly cookies: Map<string, string>
  readonly send: (address: string, form?: Readonly<Record<string, string>>) => Promise<Response>
  /** Follows redirections inside the gateway, and agrees at the page for consent unless told otherwise, or to stay there. */
  readonly follow: (address: string, answer?: 'yes' | 'no' | 'stay') => Promise<Arrived>
}

const MOST_STEPS = 16

/** @param cookie the session of somebody who is logged in */
export function visitor({ url: origin }: Pick<TestGateway, 'url'>, cookie?: string): Visitor {
  const cookies = new Map<string, string>()
  const keep = (line: string) => {
    const [pair = ''] = line.split(';')
    const at = pair.indexOf('=')
    if (at === pair.length - 1) cookies.delete(pair.slice(0, at))
    else cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
  if (cookie) keep(cookie)

  const send: Visitor['send'] = async (address, form) => {
    const answered = await fetch(new URL(address, origin), {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const line of answered.headers.getSetCookie()) keep(line)
    return answered
  }
  const follow: Visitor['follow'] = async (address, answer = 'yes') => {
    let url = new URL(address, origin)
    let answered = await send(url.href)
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const next = answered.headers.get('location')
      if (next !== null) {
        url = new URL(next, url)
        if (url.origin !== origin) return { url, status: answered.status, page: '' }
        answered = await send(url.href)
        continue
      }
      const page = await answered.text()
      const token = formTokenIn(page)
      if (!token || answer === 'stay' || !url.pathname.endsWith('/consent'))
        return { url, status: answered.status, page }
      answered = await send(url.href, { token, answer })
    }
    throw new Error(`the browser is sent in a circle: ${url.pathname}`)
  }
  return { cookies, send, follow }
}

/** The value that a page's forms carry. */
export const formTokenIn = (page: string): string | undefined =>
  /name="token" value="([^"]+)"/.exec(page)?.[1]
