/** One case at the desk: the page that shows where it stands, and the forms of its next steps. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { statusOf } from '../../federation/cases/record.ts'
import { RATEABLE } from '../../federation/cases/state.ts'
import type { Deps } from '../../federation/deps.ts'
import { type DeskCase, openDeskCase } from '../../federation/desk/content.ts'
import { correctKnown } from '../../federation/desk/correct-known.ts'
import { isDelivered, isWhole, noteOwnCustody } from '../../federation/desk/custody.ts'
import { deliverResult, isDecided } from '../../federation/desk/deliver.ts'
import { fillIn } from '../../federation/desk/form.ts'
import { handOver, missingSteps } from '../../federation/desk/hand-over.ts'
import { certifyPaper, paperOf, removePaper, scanPaper } from '../../federation/desk/papers.ts'
import { printConsent, printNotice } from '../../federation/desk/printed.ts'
import { chooseDeskMatter, findDeskMatters } from '../../federation/desk/take-in.ts'
import { readUpload } from '../../federation/uploads/uploads.ts'
import type { PortalEnv } from '../env.ts'
import { type Html, view } from '../frame/view.ts'
import { casePage } from './case-page.ts'
import type { CaseView } from './case-view.ts'
import { CLEARED, clerkActor } from './guard.ts'
import { stepList } from './steps.ts'
import { problemBox } from './words.ts'

type Step = (c: Context<PortalEnv>, desk: DeskCase, form: Form) => Promise<unknown>
type Form = Readonly<Record<string, unknown>>
const text = (form: Form, name: string): string => String(form[name] ?? '')

export function caseRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const open = (c: Context<PortalEnv>) =>
    openDeskCase(c.req.param('id') ?? '', c.get('atDesk'), clerkActor(c), deps)

  app.get('/desk/cases/:id', async (c) => show(c, await open(c), deps))

  /** A step: done, and then back to the page; what can be mended there is told there. */
  const step = (path: string, anchor: string, run: Step) =>
    app.post(`/desk/cases/:id/${path}`, async (c) => {
      const desk = await open(c)
      const form = (await c.req.parseBody({ all: true })) as Form
      try {
        await run(c, desk, form)
      } catch (error) {
        if (!(error instanceof GatewayError) || PROBLEMS[error.code].status >= 500) throw error
        return show(c, await open(c), deps, { error, sent: stringsIn(form) })
      }
      return c.redirect(`/desk/cases/${desk.row.id}#${anchor}`, 303)
    })

  step('matter', 'consent', (c, desk, form) => {
    const [division = '', mode = ''] = [text(form, 'division'), text(form, 'mode')]
    return chooseDeskMatter(desk, { matter: text(form, 'matter'), division, mode }, clerkActor(c), deps)
  })
  step('form', 'papers', (c, desk, form) => fillIn(desk, answersIn(form), clerkActor(c), deps))
  step('correction', 'form', (c, desk, form) => {
    const asked = { pointer: text(form, 'pointer'), value: text(form, 'value'), reason: text(form, 'reason') }
    return correctKnown(desk, asked, c.get('atDesk').clerk.id, clerkActor(c), deps)
  })
  step('papers', 'papers', async (c, desk, form) => {
    const files = await filesIn(form)
    const asked = { id: text(form, 'paper'), document: text(form, 'document'), files }
    return scanPaper(desk, asked, c.get('atDesk'), clerkActor(c), deps)
  })
  step('papers/:paper/certify', 'papers', (c, desk) =>
    certifyPaper(desk, c.req.param('paper') ?? '', c.get('atDesk'), clerkActor(c), deps),
  )
  step('papers/:paper/remove', 'papers', (c, desk) =>
    removePaper(desk, c.req.param('paper') ?? '', clerkActor(c), deps),
  )
  step('custody', 'custody', (c, desk, form) => {
    const [courier, courierNumber] = [text(form, 'courier'), text(form, 'courierNumber')]
    const asked = { step: text(form, 'step'), courier, courierNumber }
    return noteOwnCustody(desk, asked, c.get('atDesk'), clerkActor(c), deps)
  })
  step('delivery', 'deliver', (c, desk, form) => {
    const [courier, courierNumber] = [text(form, 'courier'), text(form, 'courierNumber')]
    const asked = { step: text(form, 'step'), courier, courierNumber }
    return deliverResult(desk, asked, c.get('atDesk'), clerkActor(c), deps)
  })
  step('hand-over', 'custody', (c, desk) => handOver(desk, clerkActor(c), deps))

  const paper = (path: string, make: typeof printConsent) =>
    app.get(`/desk/cases/:id/${path}.pdf`, async (c) => {
      const bytes = await make(await open(c), c.get('atDesk'), clerkActor(c), deps)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${path}.pdf"`,
      })
    })
  app.get('/desk/cases/:id/papers/:paper/file', async (c) => {
    const { uploadId } = await paperOf(await open(c), c.req.param('paper'), deps)
    const { bytes, contentType } = await readUpload(uploadId, c.get('atDesk').clerk.clientId, deps)
    // Whoever looks keeps no copy in the browser, and nothing in a PDF that was brought runs on a page of ours.
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': contentType,
      'content-disposition': contentType === 'image/jpeg' ? 'inline' : 'attachment; filename="paper.pdf"',
    })
  })
  paper('consent', printConsent)
  paper('notice', printNotice)
  return app
}

/** What a form held beside files. */
const stringsIn = (form: Form): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

/** Answers by pointer. */
const answersIn = (form: Form): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) => (name.startsWith('/') ? [[name, String(value)]] : [])),
  )

/** The files of a form, in the order in which they were chosen. */
async function filesIn(form: Form): Promise<readonly Buffer[]> {
  const files = [form['pages'] ?? []].flat().filter((one) => one instanceof File)
  return Promise.all(files.map(async (file) => Buffer.from(await file.arrayBuffer())))
}

/** A step that was not done: why, and what was sent. */
interface Refused {
  readonly error: GatewayError
  readonly sent: Readonly<Record<string, string>>
}

async function show(c: Context<PortalEnv>, desk: DeskCase, deps: Deps, refused?: Refused) {
  const error = refused?.error
  const { say } = c.get('reader')
  const seen = await seenBy(c, desk, deps, refused)
  const title = `${say('收件', 'Case')} ${desk.row.id.slice(-8)}`
  const steps = stepList(
    desk,
    {
      missing: seen.missing,
      hasCustody: seen.custody.length > 0,
      isDelivered: isDelivered(seen.custody),
    },
    c.get('reader'),
  )
  const told: Html = error
    ? problemBox(error, c.get('reader'), (pointer) => fieldAt(pointer, refused?.sent['pointer']))
    : html``
  return view(c, {
    title,
    nav: 'desk',
    away: CLEARED,
    status: error ? (PROBLEMS[error.code].status as 422) : 200,
    body: html`<h1>${title}</h1>${told}${steps}${casePage(c, seen)}`,
  })
}

/** The id of the field that a fault is about. @param known the known value that was being corrected */
const fieldAt = (pointer: string, known: string | undefined): string =>
  known === undefined ? pointer : pointer === '/reason' ? `reason${known}` : `right${pointer}`

/** All that the page shows. */
async function seenBy(
  c: Context<PortalEnv>,
  desk: DeskCase,
  deps: Deps,
  refused: Refused | undefined,
): Promise<CaseView> {
  const { row } = desk
  const { q = '', city = '' } = c.req.query()
  const found = row.matterId === null ? undefined : await deps.catalogue.current(row.matterId)
  const custody = await deps.store.deskCases.custodyOf(row.id)
  const filed = row.caseId === null ? undefined : await deps.store.cases.read(row.caseId)
  const clerks = await deps.store.clerks.listOf(row.clientId)
  return {
    desk,
    matter: found?.matter,
    missing: row.caseId === null ? await missingSteps(desk, deps) : [],
    papers: await deps.store.deskCases.papersOf(row.id),
    custody,
    isWhole: isWhole(custody, deps),
    filed,
    isDecided: isDecided(filed),
    ratingAddress:
      filed && RATEABLE.has(statusOf(filed.status))
        ? `${deps.publicUrl}/me/cases/${filed.id}/rating`
        : undefined,
    clerkNames: new Map(clerks.map(({ id, name }) => [id, name])),
    search: { q, city, found: await findDeskMatters(q, city, deps) },
    errors: refused?.error.errors ?? [],
    sent: refused?.sent ?? {},
    now: deps.now(),
  }
}
