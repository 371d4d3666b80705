/** A region's adapter face to face with the played region: no network, no gateway, every letter kept. */
import { virtualClock } from '../../sandbox/clock.ts'
import { REGIONS } from '../../sandbox/sandbox.ts'
import { stage } from '../../sandbox/stage.ts'
import type { Application } from '../../schemas/application.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CallbackRequest, FiledCase, Filing, Handle, RegionAdapter, RegionConfig } from './contract.ts'
import type { Transport } from './transport.ts'

const GATEWAY = 'http://gateway.test'

/** What the test files: a matter of a city by the region's own code, and an application for it that the region takes. */
export interface Example {
  readonly city: string
  readonly matter: string
  readonly application: Pick<Application, 'applicant' | 'form' | 'documents'> & Partial<Application>
}

/** @throws Error where the sandbox does not play the region */
export function played(adapter: RegionAdapter) {
  const simulate = REGIONS.find(([id]) => id === adapter.id)?.[1]
  if (!simulate) throw new Error(`the sandbox does not play ${adapter.id}: name it in src/sandbox/sandbox.ts`)
  const letters: CallbackRequest[] = []
  const clock = virtualClock()
  const { region, answer } = stage(simulate, {
    clock,
    baseUrl: 'http://region.test',
    gatewayUrl: GATEWAY,
    retryDelaysMs: [],
    post: async (url, headers, body) => {
      const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
      const target = url.slice(GATEWAY.length)
      letters.push({ method: 'POST', target, headers: Object.fromEntries(named), body: Buffer.from(body) })
      return { status: 503, body: '' }
    },
  })
  const transport: Transport = async ({ url, method, headers, body }) => {
    const sent = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }
    const told = await answer(new Request(url, { method, headers, ...sent }), () => Response.error())
    const bytes = Buffer.from(await told.arrayBuffer())
    return { status: told.status, headers: Object.fromEntries(told.headers), body: bytes }
  }
  // The played region writes the object that section 2 of its contract describes.
  const config = region.config as unknown as RegionConfig
  const link = adapter.connect(config, transport, clock.now)
  return { region, config, link, letters, now: clock.now }
}

/** Files the example, or files it again with what was kept. */
export async function fileIn(world: ReturnType<typeof played>, adapter: RegionAdapter, example: Example) {
  const { link, config, now } = world
  const matter = await link.readMatter({ division: example.city, code: example.matter })
  const appliedAt = formatInstant(now())
  const places = { division: example.city, sourceDivision: '310000' }
  const application: Application = { ...places, ...example.application, matter: matter.id }
  const context = { matter, options: config.options, sourceNumber: 'gw-test-000001', appliedAt }
  const kept: { handle: Handle } = { handle: {} }
  const filing = (): Filing => ({
    ...context,
    division: example.city,
    application,
    wire: adapter.dialect.application.write(application, context),
    handle: kept.handle,
    file: async () => ({
      name: 'a.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 a'),
    }),
    keep: async (handle) => {
      kept.handle = handle
    },
    now,
  })
  const filed = await link.submit(filing())
  const held: FiledCase = { ...context, ...filed, division: example.city, application }
  return { filing, filed, held, matter, application, context }
}
