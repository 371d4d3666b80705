/** How somebody reads: in which language, and whether in 长者版. Kept in a cookie that tells nothing of the person. */
import type { Context, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { englishOf } from '../../federation/matters/english.ts'
import { addHeaders } from '../../http/headers.ts'
import type { PortalEnv } from '../env.ts'
import type { Html } from './view.ts'

const READING = 'delta-reading'
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** A name in Chinese, and in English where there is one. */
export interface Name {
  readonly zh: string
  readonly en?: string | undefined
}

export interface Reader {
  readonly language: 'zh' | 'en'
  /** 长者版: large letters, few choices, reading aloud. */
  readonly isElder: boolean
  /** The words of the reader's language. */
  readonly say: <T extends string | Html>(zh: T, en: T) => T
  /** A name from the data: Chinese where it has no English, and marked as such for voices. */
  readonly name: (name: Name) => Html | string
}

const readerIn = (language: 'zh' | 'en', isElder: boolean): Reader => ({
  language,
  isElder,
  say: (zh, en) => (language === 'zh' ? zh : en),
  name: ({ zh, en }) =>
    language === 'zh' ? zh : (en ?? englishOf(zh) ?? html`<span lang="zh-CN">${zh}</span>`),
})

/** Chinese, unless the cookie says otherwise. */
function readerOf(c: Context): Reader {
  const words = (getCookie(c, READING) ?? '').split('.')
  return readerIn(words.includes('en') ? 'en' : 'zh', words.includes('elder'))
}

/** Hands every page its reader. Caches must not give one reader's page to another. */
export const withReader: MiddlewareHandler<PortalEnv> = async (c, next) => {
  c.set('reader', readerOf(c))
  await next()
  addHeaders(c, [['vary', 'cookie']], 'append')
}

/** A path of ours to go on to: never another host's. */
export const safePath = (next: string | undefined, otherwise: string): string =>
  next !== undefined && /^\/(?:[a-z][\w\-./?=&%~:+,]*)?$/.test(next) ? next : otherwise

/** The switches on every page: links, so that they work without script. They change how this browser reads, and nothing else. */
export function readingRoutes(): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/reading', (c) => {
    const { language, isElder } = c.get('reader')
    const asked = c.req.query('language')
    const words = [
      asked === 'en' || asked === 'zh' ? asked : language,
      ...((c.req.query('elder') ?? (isElder ? '1' : '0')) === '1' ? ['elder'] : []),
    ]
    setCookie(c, READING, words.join('.'), {
      path: '/',
      secure: true,
      sameSite: 'Lax',
      httpOnly: true,
      maxAge: YEAR_SECONDS,
    })
    c.header('cache-control', 'no-store')
    return c.redirect(safePath(c.req.query('next'), '/'), 303)
  })
  return app
}
