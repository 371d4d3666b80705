/** The frame of every page for people: header with its switches, one main, footer. It works without script and asks nobody else. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { PortalEnv } from '../env.ts'
import { assetPath } from './assets.ts'
import type { Reader } from './reader.ts'

export type Html = ReturnType<typeof html>

/** Another state of the page, shown by itself after a while: works without script. */
export interface Then {
  readonly seconds: number
  readonly path: string
}

const SITE = [
  '上海、江苏、浙江、安徽四地政务服务: 找事项、看材料、在线申请、查进度、找窗口。',
  'Government services of Shanghai, Jiangsu, Zhejiang and Anhui: find a matter, apply, follow it, find a window.',
] as const

/** Where a page's own words begin. */
export const MAIN = '<main id="main" tabindex="-1">'

export interface View {
  /** What the tab says; the page's own `h1` says it again. */
  readonly title: string
  /** What the page is for, in a sentence, for those who find it with a search engine; the site's own where it says nothing. */
  readonly description?: string
  readonly body: Html
  /** Which group of links stands above the page: those of a person who is logged in, of a clerk at the desk, or none. */
  readonly nav?: 'me' | 'desk' | undefined
  readonly then?: Then | undefined
  /** Where the page goes when nobody touches it for so long. Without script it goes there in any case. */
  readonly away?: Then
  /** Files of `assets/`, as modules. The page works without each. */
  readonly scripts?: readonly string[]
  /** Maps and tables need the whole screen of a desk. */
  readonly isWide?: boolean
  readonly status?: ContentfulStatusCode
}

type Link = readonly [path: string, zh: string, en: string, elder?: 'elder']

/** The rooms of the house. 长者版 has few. */
const ROOMS: readonly Link[] = [
  ['/', '办事', 'Services', 'elder'],
  ['/me/cases', '我的办件', 'My cases', 'elder'],
  ['/map', '办事地图', 'Map'],
  ['/me', '我的', 'Me', 'elder'],
]

const OWN: Readonly<
  Record<'me' | 'desk', { readonly label: readonly [string, string]; readonly links: readonly Link[] }>
> = {
  me: {
    label: ['我的', 'Mine'],
    links: [
      ['/me', '我的主页', 'My page', 'elder'],
      ['/me/cases', '办件', 'Cases', 'elder'],
      ['/me/drafts', '没填完的', 'Drafts', 'elder'],
      ['/me/code', '身份码', 'Code', 'elder'],
      ['/me/photos', '照片', 'Photos'],
      ['/me/licences', '证照', 'Licences'],
      ['/me/mandates', '授权代办', 'Mandates'],
      ['/me/consents', '同意', 'Consents'],
      ['/me/accesses', '谁看了', 'Who looked'],
      ['/me/scans', '谁扫过', 'Who scanned'],
    ],
  },
  desk: {
    label: ['专窗', 'Desk'],
    links: [
      ['/desk', '工作台', 'Desk', 'elder'],
      ['/desk/incoming', '转来的件', 'Incoming', 'elder'],
    ],
  },
}

const links = (of: readonly Link[], { say, isElder }: Reader, at: string): Html[] =>
  of
    .filter(([, , , elder]) => !isElder || elder)
    .map(
      ([path, zh, en]) =>
        html`<a href="${path}"${path === at ? html` aria-current="page"` : ''}>${say(zh, en)}</a>`,
    )

/** Language and letter size, back to where the reader is. A page that came of a form has no address to come back to. */
function switches(c: Context<PortalEnv>): Html {
  const { language, isElder, say } = c.get('reader')
  const { pathname, search } = new URL(c.req.url)
  const next = encodeURIComponent(c.req.method === 'GET' ? pathname + search : '/')
  const other = language === 'zh' ? 'en' : 'zh'
  return html`<p class="switches"><a href="/reading?language=${other}&next=${next}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${other === 'zh' ? '中文版' : 'English'}</a><a href="/reading?elder=${isElder ? '0' : '1'}&next=${next}">${isElder ? say('标准版', 'Standard') : say('长者版', 'Large type')}</a>${isElder ? html`<button type="button" class="plain" id="aloud" hidden data-stop="${say('停止朗读', 'Stop')}">${say('朗读', 'Read aloud')}</button>` : ''}</p>`
}

const refresh = ({ seconds, path }: Then): Html =>
  html`<noscript><meta http-equiv="refresh" content="${seconds}; url=${path}"></noscript>`

/** With script nobody's page is loaded anew under their hands. */
const thenMeta = (then: Then): Html =>
  html`<meta name="then" content="${then.seconds} ${then.path}">${refresh(then)}`

/** Whoever works with script goes on as long as they work. */
const awayMeta = ({ seconds, path }: Then, { say }: Reader): Html =>
  html`<meta name="away" content="${seconds} ${path}" data-told="${say('半分钟后收起此页; 按任意键或点一下即可继续。', 'This page clears itself in half a minute; touch it or press a key to go on.')}">${refresh({ seconds, path })}`

/**
 * Signs that turn the direction of what follows: a region's or a person's text could make a page read otherwise than it is written. Our
 * own pages use elements for that, so that none of these is ever meant.
 */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** Answers with a whole page in the reader's language. */
export async function view(
  c: Context<PortalEnv>,
  { title, description, body, nav, then, away, scripts = [], isWide, status = 200 }: View,
) {
  const reader = c.get('reader')
  const { language, isElder, say } = reader
  const at = new URL(c.req.url).pathname
  const own = nav && OWN[nav]
  const files = [
    ...scripts,
    ...(then ? ['then.js'] : []),
    ...(away ? ['away.js'] : []),
    ...(isElder ? ['aloud.js'] : []),
  ]
  const page = await html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"${isElder ? html` class="elder"` : ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="description" content="${description ?? say(...SITE)}">${then ? thenMeta(then) : ''}${away ? awayMeta(away, reader) : ''}<title>${title} · ${say('长三角政务服务', 'Yangtze Delta services')}</title><link rel="stylesheet" href="${assetPath('portal.css')}"><link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">${files.map((file) => html`<script type="module" src="${assetPath(file)}"></script>`)}</head>
<body${isWide ? html` class="wide"` : ''}><a class="skip" href="#main">${say('跳到正文', 'Skip to the content')}</a>
<header><a class="brand" href="/">${say('长三角政务服务', 'Yangtze Delta services')}</a>${switches(c)}<nav aria-label="${say('全站', 'Site')}">${links(ROOMS, reader, at)}</nav></header>
${own ? html`<nav class="own" aria-label="${say(...own.label)}">${links(own.links, reader, at)}</nav>` : ''}
${raw(MAIN)}${body}</main>
<footer>${c.get('isSandbox') ? html`<p class="sandbox">${say('模拟环境: 四个地区由程序扮演, 人员和证件全部虚构, 不办理真实事项。', 'Sandbox: the regions are simulated, all persons and papers are made up.')}</p>` : ''}<p>${say('咨询', 'Help')} <a href="tel:12345">12345</a>${isElder ? '' : html` · <a href="/docs">${say('开发者', 'Developers')}</a> · <a href="/problems">${say('问题代码', 'Problems')}</a> · <a href="/figures">${say('公开数据', 'Figures')}</a>`}</p></footer></body></html>`
  return c.html(page.toString().replaceAll(TURNING, ''), status)
}
