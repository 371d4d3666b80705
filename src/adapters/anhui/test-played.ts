/** Anhui as the sandbox plays it, with a clock that tests turn and a line that loses what tests want lost. */
import { simulateAnhui } from '../../sandbox/anhui/index.ts'
import type { Application } from '../../schemas/application.ts'
import type {
  ApplicationContext,
  Correcting,
  FileContent,
  FiledCase,
  Filing,
  Handle,
  RegionalEvent,
} from '../kit/contract.ts'
import type { Transport } from '../kit/transport.ts'
import type { AnhuiConfig } from './config.ts'
import { anhui } from './index.ts'

const { application } = anhui.dialect
export const now = () => new Date('2099-01-02T09:00:50+08:00')

/** The sandbox's Anhui over its own interface, a clock that the test turns, and callbacks that our adapter reads. */
export function played() {
  let at = new Date('2099-01-02T09:00:46+08:00')
  const events: RegionalEvent[] = []
  const refused: unknown[] = []
  let lose: string | undefined
  let drop: string | undefined
  let bend: ((body: string) => string) | undefined
  const sent: string[] = []
  const region = simulateAnhui({
    now: () => at,
    baseUrl: 'http://ah.test',
    gatewayUrl: 'http://127.0.0.1:8080',
    post: async (url, headers, body) => {
      const { pathname, search } = new URL(url)
      const opened = anhui.openCallback(
        {
          method: 'POST',
          target: pathname + search,
          headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v])),
          body: Buffer.from(body),
        },
        config,
        at,
      )
      if (!opened.accepted || !('event' in opened.content)) {
        refused.push(opened)
        return { status: 401, body: '' }
      }
      events.push(opened.content.event)
      return opened.answers.taken(opened.content.event.caseNumber)
    },
  })
  const config = region.config as unknown as AnhuiConfig
  const transport: Transport = async (out) => {
    if (drop !== undefined && out.url.endsWith(drop)) {
      drop = undefined
      throw new Error('the request is lost')
    }
    sent.push(out.url.slice(out.url.lastIndexOf('/') + 1))
    const answer = await region.app.request(out.url, {
      method: out.method,
      headers: out.headers,
      ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
    })
    const whole = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: bend ? Buffer.from(bend(await answer.text())) : Buffer.from(await answer.arrayBuffer()),
    }
    if (lose !== undefined && out.url.endsWith(lose)) {
      lose = undefined
      throw new Error('the answer is lost')
    }
    return whole
  }
  const move = async (number: string, to: RegionalEvent['status'], materials?: readonly string[]) => {
    at = new Date(at.getTime() + 5_000)
    region.advance(number, { to, ...(materials ? { materials } : {}) })
    await region.sendCallbacks()
  }
  return {
    region,
    events,
    refused,
    move,
    config,
    link: anhui.connect(config, transport, () => at),
    now: () => at,
    pass: (seconds: number) => {
      at = new Date(at.getTime() + seconds * 1000)
    },
    sent,
    loseAnswerOf: (path: string) => {
      lose = path
    },
    loseRequestOf: (path: string) => {
      drop = path
    },
    /** Changes what the region answers from now on. */
    bendAnswers: (how: (body: string) => string) => {
      bend = how
    },
  }
}
type Played = ReturnType<typeof played>

/** A licence of the first test person: the identity card of the licence samples. */
export const LICENCE = [
  '11100001',
  '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.000000001.001.D',
] as const

const PHOTO: FileContent = { name: '身份证.jpg', contentType: 'image/jpeg', bytes: Buffer.from('FAKE-JPEG') }
const BETTER: FileContent = { ...PHOTO, name: '身份证2.jpg', bytes: Buffer.from('BETTER-JPEG') }
const FILES: Readonly<Record<string, FileContent>> = { up_1: PHOTO, up_2: BETTER }

/** An application at the played region, with the handle as the gateway would keep it. */
export async function filingAt(here: Played, source = 'CSJ20990102AAAAAAAAAAAA') {
  const matter = await here.link.readMatter({ division: '340100', code: '3401000000000099902' })
  const canon: Application = {
    matter: matter.id,
    division: '340100',
    sourceDivision: '310000',
    applicant: {
      kind: 'person',
      name: '测试甲',
      idDocument: { type: '111', number: '34010319000101001X' },
      mobile: '10000000001',
    },
    form: { ZM_TYPE: '3', ZM_REASON: '办理继承公证 <&>', TAKE_MODE: '1' },
    documents: [
      { id: 'M099902001', mode: 'upload', uploads: ['up_1'] },
      { id: 'M099902002', mode: 'later' },
    ],
    appliedAt: '2099-01-02T09:00:00+08:00',
  }
  const context: ApplicationContext = {
    matter,
    options: here.config.options as unknown as Record<string, unknown>,
    sourceNumber: source,
    appliedAt: '2099-01-02T09:00:00+08:00',
  }
  const kept = { handle: {} as Handle }
  const filing = (changed: Application = canon): Filing => ({
    division: '340100',
    matter,
    application: changed,
    wire: application.write(changed, context),
    sourceNumber: source,
    appliedAt: context.appliedAt,
    handle: kept.handle,
    file: async (id) => FILES[id] ?? PHOTO,
    keep: async (one) => {
      kept.handle = one
    },
    now,
  })
  const filedCase = (caseNumber: string, status: FiledCase['status']): FiledCase => ({
    division: '340100',
    caseNumber,
    matter,
    application: canon,
    sourceNumber: source,
    appliedAt: context.appliedAt,
    status,
    handle: kept.handle,
  })
  const correcting = (caseNumber: string, correctedAt: string): Correcting => {
    const changed: Application = {
      ...canon,
      documents: [{ id: 'M099902001', mode: 'upload', uploads: ['up_2'] }, ...canon.documents.slice(1)],
    }
    return {
      ...filing(changed),
      filed: filedCase(caseNumber, 'CORRECTION_REQUIRED'),
      request: { fields: [], documents: [], reason: '' },
      changed: { fields: [], documents: ['M099902001'] },
      note: '已补正',
      correctedAt,
    }
  }
  return { kept, filing, filedCase, correcting }
}

export const submitted = async (here: Played) => {
  const work = await filingAt(here)
  const filed = await here.link.submit(work.filing())
  work.kept.handle = filed.handle
  return { ...work, filed }
}
