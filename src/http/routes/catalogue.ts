/** The public side: regions, cities, matters, schemas, mappings. */
import { Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import { readForecast } from '../../federation/cases/clock/forecast.ts'
import type { Deps } from '../../federation/deps.ts'
import { differences } from '../../federation/matters/differences.ts'
import { Application } from '../../schemas/application.ts'
import { Case, CaseEvent, RegionalCase } from '../../schemas/case.ts'
import { CITIES } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { Ledger } from '../../schemas/ledger.ts'
import { HANDLINGS, Matter, MODES, SUBJECTS } from '../../schemas/matter.ts'
import { REGION_IDS, REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { Env } from '../env.ts'
import { wanted } from '../profile.ts'
import { cursorOf, instantOf, limitOf, makeCursor, page } from '../query.ts'

const CANONICAL = {
  matter: Matter,
  application: Application,
  case: Case,
  'regional-case': RegionalCase,
  event: CaseEvent,
  ledger: Ledger,
} as const
const MESSAGES = ['matter', 'application', 'case'] as const

/** Routes under `/api/v1` that need no token. */
export function catalogueRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  const { directory, catalogue, conversions } = deps

  const regionOf = (text: string): RegionId => {
    const region = REGION_IDS.find((id) => id === text)
    if (!region) throw new GatewayError('NOT_FOUND', { known: [...REGION_IDS] })
    return region
  }
  const city = (division: string, silent: ReadonlyMap<string, Date>) => {
    const known = CITIES.find((one) => one.division === division)
    if (!known) throw new GatewayError('DIVISION_UNKNOWN', { division: division.slice(0, 12) })
    const health = directory.health(division)
    const silentSince = silent.get(division)
    return {
      division: known.division,
      name: { zh: known.zh, en: known.en },
      region: known.region,
      lon: known.lon,
      lat: known.lat,
      connected: directory.isConnected(known.region),
      state: health.state,
      since: formatInstant(health.since),
      /** Since when questions about cases there are not answered. */
      silentSince: silentSince ? formatInstant(silentSince) : null,
      difference: directory.difference(known.division) ?? null,
    }
  }

  app.get('/regions', (c) =>
    c.json({
      items: REGIONS.map((region) => {
        const adapter = directory.adapters.find((one) => one.id === region.id)
        const health = directory.health(region.division)
        return {
          id: region.id,
          division: region.division,
          name: { zh: region.zh, en: region.en },
          connected: directory.isConnected(region.id),
          state: health.state,
          since: formatInstant(health.since),
          cities: CITIES.filter((one) => one.region === region.id).length,
          operations: adapter?.marks ?? {},
        }
      }),
      nextCursor: null,
    }),
  )
  app.get('/cities', async (c) => {
    const silent = await deps.store.asks.silentPlaces()
    return c.json({ items: CITIES.map((one) => city(one.division, silent)), nextCursor: null })
  })
  app.get('/cities/:division', async (c) =>
    c.json(city(c.req.param('division'), await deps.store.asks.silentPlaces())),
  )

  app.get('/matters', async (c) => {
    const limit = limitOf(c)
    const after = cursorOf(c)?.id
    const query = (name: string) => c.req.query(name) || undefined
    const [q, region, place] = [query('q'), query('region'), query('city')]
    if (region !== undefined && !REGION_IDS.some((id) => id === region))
      throw new GatewayError('PARAMETER_INVALID', { parameter: 'region', known: [...REGION_IDS] })
    const document = filterOf(query)
    const rows = await deps.store.matters.search({
      ...(q ? { q: q.slice(0, 100) } : {}),
      ...(region ? { region } : {}),
      ...(place ? { division: place } : {}),
      ...(after ? { after } : {}),
      limit: limit + 1,
      document,
    })
    const items = rows.slice(0, limit).map((row) => row.document)
    const last = rows[limit - 1]
    return page(
      c,
      items,
      rows.length > limit && last ? makeCursor({ at: '', id: last.id }) : null,
      'public, max-age=10',
    )
  })

  app.get('/matters/:id', async (c) => {
    const profile = wanted(c.req.header('accept'))
    const matter = await catalogue.read(c.req.param('id'), instantOf(c, 'asOf'))
    if (profile === 'canonical') return c.json(matter, 200, { vary: 'accept' })
    const { content } = conversions.convertRecord('matter', 'canonical', profile, matter)
    return c.body(JSON.stringify(content), 200, {
      'content-type': `application/json; charset=utf-8; profile=${profile}`,
      vary: 'accept',
    })
  })

  app.get('/matters/:id/differences', async (c) => {
    const between = (c.req.query('between') ?? REGION_IDS.join(',')).split(',').map(regionOf)
    const matter = await catalogue.read(c.req.param('id'))
    return c.json(await differences(matter, between, catalogue))
  })

  app.get('/matters/:id/forecast', async (c) =>
    c.json(await readForecast(c.req.param('id'), c.req.query('city'), deps), 200, {
      'cache-control': 'public, max-age=60',
    }),
  )

  app.get('/schemas', (c) =>
    c.json({
      items: [
        ...Object.keys(CANONICAL).map((message) => ({
          region: 'canonical',
          message,
          href: `/api/v1/schemas/canonical/${message}`,
        })),
        ...directory.adapters.flatMap((adapter) =>
          MESSAGES.map((message) => ({
            region: adapter.id,
            message,
            href: `/api/v1/schemas/${adapter.id}/${message}`,
          })),
        ),
      ],
      nextCursor: null,
    }),
  )
  app.get('/schemas/:region/:message', (c) => {
    const { region, message } = c.req.param()
    const schema =
      region === 'canonical'
        ? CANONICAL[message as keyof typeof CANONICAL]
        : adapterOf(regionOf(region)).dialect[messageOf(message)].schema
    if (!schema) throw new GatewayError('NOT_FOUND', { known: Object.keys(CANONICAL) })
    return c.json(
      { $schema: 'https://json-schema.org/draft/2020-12/schema', title: `${region}/${message}`, ...schema },
      200,
      { 'content-type': 'application/schema+json; charset=utf-8' },
    )
  })
  app.get('/regions/:region/mapping/:message', (c) => {
    const { region, message } = c.req.param()
    return c.json({
      region,
      message,
      items: adapterOf(regionOf(region)).dialect[messageOf(message)].explain(),
    })
  })

  const adapterOf = (region: RegionId) => {
    const adapter = directory.adapters.find((one) => one.id === region)
    if (!adapter) throw new GatewayError('REGION_NOT_CONNECTED', { region })
    return adapter
  }
  return app
}

function messageOf(text: string): (typeof MESSAGES)[number] {
  const message = MESSAGES.find((one) => one === text)
  if (!message) throw new GatewayError('NOT_FOUND', { known: [...MESSAGES] })
  return message
}

/** What a search asks of the document itself: allow-listed members alone. */
function filterOf(query: (name: string) => string | undefined): Record<string, unknown> {
  const filter: Record<string, unknown> = {}
  const one = (name: string, words: readonly string[]) => {
    const asked = query(name)
    if (asked === undefined) return undefined
    if (!words.includes(asked))
      throw new GatewayError('PARAMETER_INVALID', { parameter: name, known: [...words] })
    return asked
  }
  const subject = one('subject', SUBJECTS)
  if (subject !== undefined) filter['subjects'] = [subject]
  for (const [name, words] of [
    ['mode', MODES],
    ['handling', HANDLINGS],
    ['kind', ['matter', 'service']],
  ] as const) {
    const word = one(name, words)
    if (word !== undefined) filter[name] = word
  }
  const fileable = one('fileable', ['true', 'false'])
  if (fileable !== undefined) filter['fileable'] = fileable === 'true'
  const domain = query('domain')
  if (domain !== undefined) filter['domain'] = domain.slice(0, 60)
  return filter
}
