/** Finding: the first page, what was found, a matter, its cities. Anybody may read them. */
import { type Context, Hono } from 'hono'
import type { Deps } from '../../federation/deps.ts'
import { differences } from '../../federation/matters/differences.ts'
import { DOMAINS, LIFE_EVENTS } from '../../federation/matters/search/services.ts'
import { isCity } from '../../schemas/division.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { view } from '../frame/view.ts'
import { cities } from './cities.ts'
import { differenceTable } from './differences.ts'
import { home } from './home.ts'
import { list } from './list.ts'
import { matterPage } from './matter.ts'
import { cityQuery } from './parts.ts'

const SHOWN = 30
const SUGGESTED = 8
/** Public pages differ by the reader's cookie alone; a browser may keep them for a little while. */
const PUBLIC = 'private, max-age=60'

const cityIn = (c: Context, name: string): string | undefined => {
  const city = c.req.query(name)
  return city !== undefined && isCity(city) ? city : undefined
}

export function findRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const { catalogue, finder } = deps

  app.get('/', (c) => {
    const reader = c.get('reader')
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: reader.say('办事', 'Services'),
      body: home(reader, c.get('isSandbox')),
      scripts: ['suggest.js'],
    })
  })

  app.get('/matters', async (c) => {
    const reader = c.get('reader')
    const [q, from, to] = [c.req.query('q') ?? '', cityIn(c, 'from'), cityIn(c, 'to')]
    const topic =
      DOMAINS.find(({ key }) => key === c.req.query('domain')) ??
      LIFE_EVENTS.find(({ key }) => key === c.req.query('event'))
    const subject = c.req.query('subject')
    const found = await finder.find({
      q,
      to,
      domain: c.req.query('domain'),
      event: c.req.query('event'),
      audience: subject === 'person' || subject === 'organisation' ? subject : undefined,
      limit: SHOWN,
    })
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: reader.say('查找', 'Search'),
      body: list(found, { q, from, to, topic }, reader),
      scripts: ['suggest.js'],
    })
  })

  app.get('/matters/suggestions', async (c) => {
    const { language } = c.get('reader')
    const { items } = await finder.find({ q: c.req.query('q') ?? '', limit: SUGGESTED })
    return c.json(
      { items: items.map(({ name }) => (language === 'en' ? (name.en ?? name.zh) : name.zh)) },
      200,
      { 'cache-control': PUBLIC },
    )
  })

  app.get('/matters/:id', async (c) => {
    const reader = c.get('reader')
    const matter = await catalogue.read(c.req.param('id'))
    const service = await finder.serviceOf(matter.name.zh)
    const [from, to] = [cityIn(c, 'from'), cityIn(c, 'to')]
    const there = service?.offers.find(({ division }) => division === to)
    if (to !== undefined && there && there.id !== matter.id)
      return c.redirect(`/matters/${encodeURIComponent(there.id)}${cityQuery({ from, to })}`, 303)
    const compared = await differences(matter, REGION_IDS, catalogue)
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: matter.name.zh,
      description: reader.say(
        `${matter.name.zh}: 谁能办、要什么材料、多久办好、在哪些城市办。`,
        `${service?.name.en ?? matter.name.zh}: who can apply, which papers, how long it takes, in which cities.`,
      ),
      body: matterPage({ matter, service, differences: differenceTable(compared, reader) }, reader),
    })
  })

  app.get('/matters/:id/cities', async (c) => {
    const reader = c.get('reader')
    const matter = await catalogue.read(c.req.param('id'))
    const service = await finder.serviceOf(matter.name.zh)
    if (!service) return c.redirect(`/matters/${encodeURIComponent(matter.id)}`, 303)
    c.header('cache-control', PUBLIC)
    return view(c, {
      title: reader.say('哪些城市能办', 'In which cities'),
      body: cities(service, matter.id, reader),
    })
  })
  return app
}
