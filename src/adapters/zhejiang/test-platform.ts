/** What the tests of whole stories share: the played platform, our link to it, and a filing that is kept as the federation keeps it. */
import { afterEach } from 'vitest'
import { openTestGateway } from '../../sandbox/zhejiang/test-gateway.ts'
import type { Application } from '../../schemas/application.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Correcting, Filed, FiledCase, Filing, Handle, RegionLink } from '../kit/contract.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { application } from './application.ts'
import type { ZhejiangConfig } from './config.ts'
import { zhejiang } from './index.ts'
import { applied, applying } from './test-vectors.ts'

const START = '2099-01-05T01:00:16.000Z'
const opened: ReturnType<typeof openTestGateway>[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.region.close()
})

/** A platform, and our link to it. `lose` makes an operation's answers disappear on their way back. */
export async function meet() {
  const platform = openTestGateway(START)
  opened.push(platform)
  // The sandbox writes the object that section 2 of the contract describes.
  const config = platform.region.config as unknown as ZhejiangConfig
  const lost: string[] = []
  const calls: string[] = []
  const transport = async (out: Outgoing): Promise<Incoming> => {
    const url = new URL(out.url)
    const operation = platform.region.operationOf(out.method, url.pathname) ?? ''
    calls.push(operation)
    const response = await platform.region.app.request(out.url, {
      method: out.method,
      headers: out.headers,
      ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
    })
    const body = Buffer.from(await response.arrayBuffer())
    if (lost.at(0) === operation) {
      lost.shift()
      throw new Error(`the answer to ${operation} was lost`)
    }
    return { status: response.status, headers: Object.fromEntries(response.headers), body }
  }
  const now = () => new Date(platform.nowMs())
  const link: RegionLink = zhejiang.connect(config, transport, now)
  const matter = await link.readMatter({ division: '330100', code: '33010100000000099002' })
  return { platform, config, link, matter, lost, calls, now }
}
export type Met = Awaited<ReturnType<typeof meet>>

/** A filing that keeps its handle as the federation does. */
export function filingOf(met: Met, canon: Application = applied, number = applying.sourceNumber) {
  const store: { handle: Handle; files: string[] } = { handle: {}, files: [] }
  const own = { ...applying, matter: met.matter, sourceNumber: number }
  const filing = (): Filing => ({
    division: '330100',
    matter: met.matter,
    application: canon,
    wire: application.write(canon, own),
    sourceNumber: number,
    appliedAt: applying.appliedAt,
    handle: store.handle,
    file: async (id) => {
      store.files.push(id)
      return { name: `${id}.pdf`, contentType: 'application/pdf', bytes: Buffer.from(`file ${id}`) }
    },
    keep: async (handle) => {
      store.handle = handle
    },
    now: met.now,
  })
  const filed = ({ caseNumber, handle, status }: Filed): FiledCase => ({
    division: '330100',
    caseNumber,
    matter: met.matter,
    application: canon,
    sourceNumber: number,
    appliedAt: applying.appliedAt,
    status,
    handle,
  })
  const correcting = (
    before: Filed,
    request: CorrectionRequest,
    changes: { form?: Application['form']; documents?: Application['documents'] },
  ): Correcting => {
    const corrected: Application = {
      ...canon,
      form: { ...canon.form, ...changes.form },
      documents: canon.documents.map((one) => changes.documents?.find((other) => other.id === one.id) ?? one),
    }
    return {
      ...filing(),
      handle: store.handle['correcting'] === undefined ? before.handle : store.handle,
      application: corrected,
      wire: application.write(corrected, own),
      filed: filed(before),
      request,
      changed: {
        fields: Object.keys(changes.form ?? {}),
        documents: (changes.documents ?? []).map((one) => one.id),
      },
      note: '已补正',
      correctedAt: '2099-01-05T10:00:00+08:00',
    }
  }
  return { store, filing, filed, correcting }
}

/** Opens everything that the platform has called back since the last time. */
export async function events(met: Met) {
  await met.platform.region.sendCallbacks()
  return met.platform.arrived.splice(0).map(({ url, headers, body }) => {
    const answer = zhejiang.openCallback(
      {
        method: 'POST',
        target: new URL(url).pathname,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: Buffer.from(JSON.stringify(body)),
      },
      met.config,
      met.now(),
    )
    if (!answer.accepted || !('event' in answer.content)) throw new Error('refused')
    return answer.content.event
  })
}
/** A clerk moves the case, half a minute later. */
export const act = (met: Met, caseNumber: string, to: CaseStatus, more = {}) => {
  met.platform.pass(30)
  return met.platform.region.advance(caseNumber, { to, ...more })
}
