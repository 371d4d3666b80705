/** What the tests of the calls share: the played region with all that was sent to it, and a link that hears what a test says. */
import { simulateShanghai } from '../../sandbox/shanghai/index.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Correcting, FiledCase, Filing, Handle } from '../kit/contract.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { shanghai } from './index.ts'
import { config } from './test-vectors.ts'

export const AT = '2026-03-02T09:05:00+08:00'
export const HOLDER = { name: '测试己', idDocument: { type: '111', number: '310101190506060065' } }

/** The bytes of an upload: its name is its content. */
export const bytesOf = (uploadId: string): Buffer => Buffer.from(`%PDF-1.4 ${uploadId}`)

export const upload = (id: string, ...uploads: string[]): DocumentEntry => ({ id, mode: 'upload', uploads })

/** The played region, the link to it, and all that was sent. */
export function played() {
  let ms = Date.parse(AT)
  const now = () => {
    ms += 1000
    return new Date(ms)
  }
  const region = simulateShanghai({
    now,
    baseUrl: 'http://sh.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '{"isSuccess":true}' }),
  })
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const { method, headers, body } = out
    const bytes = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }
    const answer = await region.app.request(out.url, { method, headers: { ...headers }, ...bytes })
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }
  const link = shanghai.connect(region.config as never, transport, now)
  const bodyOf = (path: string) => JSON.parse(String(sent.findLast(({ url }) => url.endsWith(path))?.body))
  return { region, link, sent, bodyOf, now }
}
export type Played = ReturnType<typeof played>

export const paths = (sent: readonly Outgoing[]): readonly string[] =>
  sent.map(({ url }) => new URL(url).pathname.replace('/ac-product-api', ''))

/** An application for 户籍事项证明 on its way to the region. */
export async function filingFor(here: Pick<Played, 'link' | 'now'>, more: Partial<Application> = {}) {
  const matter = await here.link.readMatter({ division: '310000', code: '312099003000' })
  const application: Application = {
    matter: matter.id,
    division: '310000',
    sourceDivision: '320500',
    applicant: { kind: 'person', ...HOLDER, mobile: '10000000005' },
    form: { zmsx: '3', zmnr: '公证', lqfs: '3' },
    documents: [upload('003CL01', 'up_1'), upload('003CL02', 'up_1')],
    ...more,
  }
  const context = {
    options: config.options as never,
    matter,
    sourceNumber: 'CSJTEST0001',
    appliedAt: AT,
  }
  let handle: Handle = {}
  const filing: Filing = {
    ...context,
    division: '310000',
    application,
    wire: shanghai.dialect.application.write(application, context),
    handle,
    file: async (id) => ({ name: '证.pdf', contentType: 'application/pdf', bytes: bytesOf(id) }),
    keep: async (kept) => {
      handle = kept
    },
    now: here.now,
  }
  return { filing, kept: () => handle }
}

/** Files it. */
export async function file(here: Played, more: Partial<Application> = {}) {
  const { filing, kept } = await filingFor(here, more)
  const filed = await here.link.submit(filing)
  const asCase: FiledCase = {
    ...filing,
    caseNumber: filed.caseNumber,
    status: filed.status,
    handle: filed.handle,
  }
  return { filing, filed, asCase, kept }
}

/** A clerk's way over several states. */
export function walk(here: Played, caseNumber: string, ...states: CaseStatus[]): void {
  for (const to of states) here.region.advance(caseNumber, { to })
}

/** The applicant's answer, as the federation hands it over. */
export function answering(
  { filing, filed, asCase }: Awaited<ReturnType<typeof file>>,
  changed: { form?: Record<string, string>; documents?: readonly DocumentEntry[] },
  more: Partial<Correcting> = {},
): Correcting {
  const { documents = [], form = {} } = changed
  const application: Application = {
    ...filing.application,
    form: { ...filing.application.form, ...form },
    documents: filing.application.documents.map((one) => documents.find(({ id }) => id === one.id) ?? one),
  }
  return {
    ...filing,
    application,
    wire: shanghai.dialect.application.write(application, { ...filing, options: config.options as never }),
    handle: filed.handle,
    filed: asCase,
    request: { fields: [], documents: [], reason: '' },
    changed: { fields: Object.keys(form), documents: documents.map(({ id }) => id) },
    note: '已补正',
    correctedAt: '2026-03-02T12:00:00+08:00',
    ...more,
  }
}

/** The files that the region has, by material, as their uploads were called. */
export function filesThere(here: Played, { caseNumber }: FiledCase): Record<string, readonly string[]> {
  const saved = here.region.save() as {
    applies: Record<string, { stuffs: { stuffCode: string; base64: string }[] }>
  }
  const out: Record<string, string[]> = {}
  for (const { stuffCode, base64 } of saved.applies[caseNumber]?.stuffs ?? []) {
    out[stuffCode] ??= []
    out[stuffCode].push(Buffer.from(base64, 'base64').toString().replace('%PDF-1.4 ', ''))
  }
  return out
}

/** Says what Shanghai answers, path by path; the token is always given. */
export function told(answers: Readonly<Record<string, (body: Record<string, unknown>) => unknown>>) {
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const path = new URL(out.url).pathname.split('/').at(-1) ?? ''
    if (path === 'getToken' && !answers[path])
      return json({ access_token: 'a'.repeat(32), expires_in: '3600' })
    const said = answers[path]?.(out.body === undefined ? {} : readBody(out))
    return isIncoming(said) ? said : json({ isSuccess: true, code: '200', msg: '', data: said })
  }
  return {
    sent,
    transport,
    link: shanghai.connect(config as never, transport, () => new Date(AT)),
  }
}

const readBody = ({ headers, body }: Outgoing): Record<string, unknown> =>
  headers['content-type']?.startsWith('application/json') ? JSON.parse(String(body)) : {}

const isIncoming = (value: unknown): value is Incoming =>
  typeof value === 'object' && value !== null && 'headers' in value

export const json = (body: unknown, status = 200): Incoming => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: Buffer.from(JSON.stringify(body)),
})

export const refused = (errorCode: string, msg = ''): Incoming =>
  json({ isSuccess: false, code: '500', errorCode, msg })
