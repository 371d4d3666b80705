/** 办事地图: the windows of 41 cities. Where somebody stands is posted, used once, and stands in no address, log or cache. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { countWindows } from '../../federation/windows/count-windows.ts'
import { listWindows, readWindow } from '../../federation/windows/list-windows.ts'
import { isCity } from '../../schemas/division.ts'
import type { PortalEnv } from '../env.ts'
import { cityWords } from '../find/parts.ts'
import { bounded } from '../frame/bounds.ts'
import type { Reader } from '../frame/reader.ts'
import { view } from '../frame/view.ts'
import { filters, type MapAsk, matterChoices, nearForm, overview, windowsFound } from './map-body.ts'
import { windowPage } from './window-page.ts'

const SHOWN = 30
const CHOICES = 8
const WORDS = 60
/** Whether a window is open changes by the minute. */
const PUBLIC = 'private, max-age=30'
/** To a thousandth of a degree, about 100 metres: enough to find a window, too little to find a person. */
const ROUNDED = /^-?\d{1,3}(?:\.\d{1,3})?$/

type Asked = Readonly<Record<string, unknown>>
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** @throws GatewayError `POSITION_INVALID` for what is no position, or a finer one than we want */
function positionIn(asked: Asked): { lon: number; lat: number } {
  const [lon, lat] = [textOf(asked['lon']), textOf(asked['lat'])]
  const isPosition = ROUNDED.test(lon) && ROUNDED.test(lat) && Math.abs(+lon) <= 180 && Math.abs(+lat) <= 90
  if (!isPosition) throw new GatewayError('POSITION_INVALID', { parameter: 'lon, lat' })
  return { lon: +lon, lat: +lat }
}

function titleOf({ near, city }: MapAsk, reader: Reader): string {
  const { say } = reader
  if (near) return say('离我近的窗口', 'Windows near me')
  if (city === undefined) return say('办事地图', 'Map of windows')
  return say(`${cityWords(city, reader)}的窗口`, `Windows of ${cityWords(city, reader)}`)
}

export function mapRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  /** @throws GatewayError `MATTER_NOT_FOUND` */
  async function askIn(asked: Asked, near: MapAsk['near']): Promise<MapAsk> {
    const [city, id] = [textOf(asked['city']), textOf(asked['matter'])]
    const matter = id === '' ? undefined : await deps.catalogue.read(id)
    const english = matter && (await deps.finder.serviceOf(matter.name.zh))?.name
    return {
      city: isCity(city) ? city : undefined,
      matter: matter && { id: matter.id, name: english ?? matter.name },
      words: textOf(asked['what']).slice(0, WORDS),
      isOpenOnly: textOf(asked['open']) === '1',
      near,
    }
  }

  async function answer(c: Context<PortalEnv>, ask: MapAsk, cursor?: string) {
    const reader = c.get('reader')
    const now = deps.now()
    const { city, matter, words, near } = ask
    const only = { matter: matter?.id, openAt: ask.isOpenOnly ? now : undefined }
    const isSearching = matter === undefined && words.trim() !== ''
    const services = isSearching
      ? (await deps.finder.find({ q: words, to: city, limit: CHOICES })).items
      : undefined
    const found =
      city === undefined && near === undefined
        ? overview(await countWindows(only, deps), ask, reader)
        : windowsFound(
            await listWindows({ ...only, city, near, limit: SHOWN, cursor }, deps),
            ask,
            now,
            reader,
          )
    const title = titleOf(ask, reader)
    return view(c, {
      title,
      body: html`<h1>${title}</h1>${city || near ? html`<p><a href="/map">${reader.say('看全部 41 座城市', 'All 41 cities')}</a></p>` : ''}${filters(ask, reader)}${nearForm(ask, reader)}${services ? matterChoices(services, ask, reader) : ''}${found}`,
      isWide: true,
      scripts: ['suggest.js', 'near.js'],
    })
  }

  app.get('/map', async (c) => {
    c.header('cache-control', PUBLIC)
    return answer(c, await askIn(c.req.query(), undefined), c.req.query('cursor') || undefined)
  })

  app.use('/map/near', bounded)
  app.get('/map/near', (c) => c.redirect('/map', 303))
  app.post('/map/near', async (c) => {
    c.header('cache-control', 'no-store')
    const form = await c.req.parseBody()
    return answer(c, await askIn(form, positionIn(form)))
  })

  app.get('/windows/:id', async (c) => {
    const reader = c.get('reader')
    const now = deps.now()
    const window = await readWindow(c.req.param('id'), deps, now)
    const asked = c.req.query('matter') || undefined
    const matter = asked === undefined ? undefined : await deps.catalogue.read(asked)
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: window.name,
      body: windowPage({ window, matter, words: (c.req.query('what') ?? '').slice(0, WORDS), now }, reader),
    })
  })
  return app
}
