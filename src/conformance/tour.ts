/** Once round a platform: every operation that its contract has, in the order of a person's day. Requirements judge what was said. */
import type { Alarm } from '../adapters/kit/codes.ts'
import type { Filed, FiledCase, Filing, Handle } from '../adapters/kit/contract.ts'
import type { Incoming } from '../adapters/kit/transport.ts'
import type { Application } from '../schemas/application.ts'
import type { CorrectionRequest } from '../schemas/case.ts'
import type { CaseStatus } from '../schemas/case-status.ts'
import type { Matter } from '../schemas/matter.ts'
import type { Bench } from './bench.ts'
import { extrasOf } from './extras/index.ts'
import { NotApplicable } from './model.ts'
import { type Story, storyOf } from './stories.ts'

/** A document that every region takes. */
const FILE = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const AUDIT_NUMBER = '912345678901234'

const offered = <T>(part: T | undefined, what: string): T => {
  if (part === undefined) throw new NotApplicable(`${what} is not configured`)
  return part
}

/** Goes round. How each part ended stands in `bench.endings` under its name. */
export async function tour(bench: Bench): Promise<void> {
  const serial = Math.floor(bench.now().getTime() / 1000)
  const story = storyOf(bench.region, serial)
  await library(bench, story)
  await holdings(bench, story)
  await logIns(bench, story)
  const matter = await bench.step('matter', () =>
    bench.link.readMatter({ division: story.division, code: story.matterCode }),
  )
  if (!matter) return
  await cases(bench, story, matter, serial)
  for (const [name, work] of extrasOf(bench.region)) await bench.step(name, () => work(bench))
}

async function logIns({ step, logIn, clerk, ask }: Bench, story: Story): Promise<void> {
  const identified = async (account: string, service?: string) => {
    if (!clerk) throw new NotApplicable('nobody logs in: --clerk is missing')
    return offered(logIn, 'log-in').identify({ ticket: await clerk.ticket(account, service) })
  }
  await step('log-in', () => identified(story.account))
  await step('log-in-legal', async () => {
    const { kind } = await identified(story.organisation)
    if (kind !== 'organisation') throw new Error('the account of an organisation is one of a person')
  })
  const { app } = story
  if (app) await step('log-in-app', () => identified(story.account, app))
  await step('log-in-page', async () => {
    for (const kind of ['person', 'organisation'] as const) {
      const page = offered(logIn, 'log-in').address({ returnTo: RETURN_TO, kind })
      checkPage(await ask({ method: 'GET', url: page, headers: {} }), 200)
    }
    const nowhere = offered(logIn, 'log-in').address({ returnTo: 'nowhere', kind: 'person' })
    checkPage(await ask({ method: 'GET', url: nowhere, headers: {} }), 400)
  })
}

/** Where the browser would come back to. */
const RETURN_TO = 'http://127.0.0.1:8080/sso/back?state=kit'

/** A page for people with this status. */
function checkPage({ answer: { status, headers } }: { readonly answer: Incoming }, due: number): void {
  if (status !== due || !/^text\/html/i.test(headers['content-type'] ?? ''))
    throw new Error(`the log-in page answers HTTP ${status} ${headers['content-type'] ?? ''}; ${due} is due`)
}

async function library({ link, step }: Bench, { division }: Story): Promise<void> {
  await step('health', () => link.health(division))
  await step('catalogue', () => link.listMatters({ division, page: 1, pageSize: 20 }))
  await step('windows', () =>
    offered(link.listWindows, 'the list of windows')({ division, page: 1, pageSize: 20 }),
  )
}

async function holdings({ link, step }: Bench, { division, holder }: Story): Promise<void> {
  const audit = { number: AUDIT_NUMBER, matterName: '居民身份证', actor: '申请人本人' }
  const asked = { division, holder, audit }
  await step('photo', async () => {
    const photos = offered(link.photos, 'the photo library')
    const [photo] = await photos.find({ ...asked, purpose: 'crossProvince' })
    if (!photo) throw new Error('the holder’s photo was not found')
    await photos.fetch({ ...asked, purpose: 'crossProvince', photo })
  })
  await step('licence', async () => {
    const licences = offered(link.licences, 'the licence library')
    const found = await licences.find(asked)
    const licence = found.find((one) => one.status === 'valid')
    if (!licence) throw new Error('the holder has no valid licence')
    const { bytes } = await licences.fetch({ ...asked, licence, reason: '一致性检测' })
    const { identifier, kind, number } = licence
    const claim = { ...(identifier ? { identifier } : {}), kind, number, holder, file: bytes }
    await licences.verify({ division, claim, audit })
  })
}

/** What is remembered of one application on its way. */
function filingFor(bench: Bench, story: Story, matter: Matter, sourceNumber: string) {
  const appliedAt = `${new Date(bench.now().getTime() + EAST_8_MS).toISOString().slice(0, 19)}+08:00`
  const application: Application = { ...story.application, matter: matter.id, division: story.division }
  const alarms: Alarm[] = []
  const context = { matter, options: bench.config.options, sourceNumber, appliedAt, alarms }
  let handle: Handle = {}
  const filing = (canon: Application = application): Filing => ({
    division: story.division,
    matter,
    application: canon,
    wire: bench.adapter.dialect.application.write(canon, context),
    sourceNumber,
    appliedAt,
    handle,
    file: async (id) => ({ name: `${id}.pdf`, contentType: 'application/pdf', bytes: FILE }),
    keep: async (given) => {
      handle = given
    },
    now: bench.now,
  })
  const filed = ({ caseNumber, handle: kept, status }: Filed): FiledCase => ({
    division: story.division,
    caseNumber,
    matter,
    application,
    sourceNumber,
    appliedAt,
    status,
    handle: { ...handle, ...kept },
  })
  return { application, filing, filed, appliedAt }
}
type OnItsWay = ReturnType<typeof filingFor>
const EAST_8_MS = 8 * 3600 * 1000

async function cases(bench: Bench, story: Story, matter: Matter, serial: number): Promise<void> {
  const { link, step, clerk } = bench
  const first = filingFor(bench, story, matter, `CSJKIT${serial}A`)
  const sent = await step('submit', () => link.submit(first.filing()))
  if (!sent) return
  await step('status', () => link.readCase(first.filed(sent)))
  await step('case-list', () =>
    link.listCases({
      division: story.division,
      holder: story.application.applicant,
      page: 1,
      pageSize: 20,
      auditNumber: AUDIT_NUMBER,
    }),
  )
  if (!clerk) {
    const reason = new NotApplicable('no case moves: --clerk is missing')
    for (const name of ['correction', 'result', 'rating']) await step(name, () => Promise.reject(reason))
    await step('withdraw', () =>
      link.withdraw(first.filed(sent), { reason: '不再需要办理', at: bench.now() }),
    )
    return
  }
  await decided(bench, story, first, sent)
  const second = filingFor(bench, story, matter, `CSJKIT${serial}B`)
  await step('withdraw', async () => {
    const other = await link.submit(second.filing())
    await link.withdraw(second.filed(other), { reason: '不再需要办理', at: bench.now() })
  })
}

/** A correction, a decision, its document and a rating. */
async function decided(bench: Bench, story: Story, way: OnItsWay, sent: Filed): Promise<void> {
  const { link, step, clerk } = bench
  const move = async (...states: readonly CaseStatus[]) => {
    for (const to of states)
      await clerk?.advance(
        sent.caseNumber,
        to === 'CORRECTION_REQUIRED' ? { to, ...story.complaint } : { to },
      )
  }
  await step('correction', async () => {
    await move(...TO_CORRECTION, 'CORRECTION_REQUIRED')
    const current = await link.readCase(way.filed(sent))
    if (current.status !== 'CORRECTION_REQUIRED' || !current.correction)
      throw new Error(`the case says ${current.status} and asks for nothing after the clerk asked`)
    await link.correct(correcting(story, way, sent, current.correction))
  })
  const current = await step('result', async () => {
    await move('ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED')
    const told = await link.readCase(way.filed(sent))
    if (told.status !== 'COMPLETED') throw new Error(`the case says ${told.status} after it was completed`)
    await link.readResult(way.filed(sent), told)
    return told
  })
  if (!current) return
  await step('rating', () =>
    offered(link.rate, 'rating')(
      { ...way.filed(sent), status: current.status },
      {
        grade: 'satisfied',
        tags: [],
        comment: null,
        channel: 'pc',
        ratedAt: way.appliedAt,
        round: 1,
        sourceDivision: story.application.sourceDivision,
      },
    ),
  )
}

/** The states on the way to a correction, where a platform has them all. */
const TO_CORRECTION: readonly CaseStatus[] = ['PRECHECK_PASSED', 'RECEIVED']

function correcting(story: Story, way: OnItsWay, sent: Filed, request: CorrectionRequest) {
  const form = story.complaint.fields.map(
    (name) => [name, `${way.application.form[name] ?? ''}之一`] as const,
  )
  const canon = { ...way.application, form: { ...way.application.form, ...Object.fromEntries(form) } }
  return {
    ...way.filing(canon),
    handle: way.filed(sent).handle,
    filed: way.filed(sent),
    request,
    changed: { fields: story.complaint.fields, documents: story.complaint.materials },
    note: '已补正',
    correctedAt: way.appliedAt,
  }
}
