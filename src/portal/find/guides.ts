/** 好办: a few questions, one a page, then the matter. Links alone: nothing is kept of who asks. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { GUIDES, type Guide, type Question, type Standing, walk } from '../../federation/matters/guides.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { serviceItem } from './parts.ts'

const PUBLIC = 'private, max-age=60'

export function guideRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/guides', (c) => {
    const { say } = c.get('reader')
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: say('好办', 'Guided'),
      body: html`<h1>${say('说不清要办哪一项?', 'Not sure which one it is?')}</h1><p>${say('选一件事, 答一两个问题, 就知道该办哪一项。', 'Choose a subject, answer a question or two, and you know.')}</p>
<ul class="tiles">${GUIDES.map(({ key, zh, en }) => html`<li><a href="/guides/${key}">${say(zh, en)}</a></li>`)}</ul>`,
    })
  })

  app.get('/guides/:key{.+}', async (c) => {
    const [key = '', ...taken] = c.req.param('key').split('/')
    const standing = walk(key, taken)
    if (!standing) throw new GatewayError('NOT_FOUND')
    c.header('cache-control', PUBLIC)
    return page(c, standing, deps)
  })
  return app
}

const pathOf = ({ guide, taken }: Pick<Standing, 'guide' | 'taken'>): string =>
  ['/guides', guide.key, ...taken.map(({ key }) => key)].join('/')

async function page(c: Context<PortalEnv>, standing: Standing, deps: Deps) {
  const reader = c.get('reader')
  const { say } = reader
  const { guide, taken, at } = standing
  const before = taken.length === 0 ? '/guides' : pathOf({ guide, taken: taken.slice(0, -1) })
  const body = 'matter' in at ? await end(at.matter, reader, deps) : question(at, pathOf(standing), reader)
  return view(c, {
    title: say(guide.zh, guide.en),
    body: html`<p class="quiet">${say('好办', 'Guided')} · ${say(guide.zh, guide.en)}${taken.map((one) => html` › ${say(one.zh, one.en)}`)}</p>${body}<p><a href="${before}">${say('上一步', 'Back')}</a></p>`,
  })
}

const question = ({ zh, en, choices }: Question, path: string, { say }: Reader): Html =>
  html`<h1>${say(zh, en)}</h1><ul class="tiles">${choices.map((one) => html`<li><a href="${path}/${one.key}">${say(one.zh, one.en)}</a></li>`)}</ul>`

/** The matter, with where it is offered. */
async function end(name: string, reader: Reader, deps: Deps): Promise<Html> {
  const { say } = reader
  const service = await deps.finder.serviceOf(name)
  return html`<h1>${say('您要办的是', 'What you need')}</h1>${
    service
      ? html`<ul class="plainlist">${serviceItem(service, { q: '', from: undefined, to: undefined }, reader)}</ul><p><a class="button" href="/matters?q=${encodeURIComponent(name)}">${say('选一座城市', 'Choose a city')}</a></p>`
      : html`<p>${reader.name({ zh: name })}</p><p class="note">${say('四个地区还没有把这件事放到网上。可以先问 12345 或到窗口办。', 'No region offers this online yet. Ask 12345 or a window.')}</p>`
  }`
}

/** The way to a guide from where one of its matters stands among others that are like it. */
export const guideNote = (guide: Guide, { say }: Reader): Html =>
  html`<p class="note"><a href="/guides/${guide.key}">${say(`相近的有好几项。不确定是哪一项? 答一两个问题就知道 (${guide.zh})`, `Several are alike. Not sure which? A question or two tells (${guide.en})`)}</a></p>`
