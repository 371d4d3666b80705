/**
 * What came of a preview: what was agreed to, with the references for filing, and the way back. The address tells all of it, so the page
 * can be loaded again; what counts is read anew each time.
 */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import { readConsent } from '../../federation/consent/consents.ts'
import { presentConsent } from '../../federation/consent/present.ts'
import type { Actor, Deps } from '../../federation/deps.ts'
import { preparePhoto } from '../../federation/photos/photos.ts'
import { holdingNames, isReleased } from '../../federation/preview/chosen.ts'
import type { Consent } from '../../schemas/consent.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Name, Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { consentCard } from '../me/consents.ts'
import { doneAddress, type Prepared, partsIn, type Use } from './preview-parts.ts'

/** Routes for somebody who is logged in. */
export function previewDoneRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/preview/done', async (c) => {
    const parts = partsIn(new URL(c.req.url).searchParams)
    const consents = await consentsOf(parts.consents, c.get('actor'), deps)
    const body = await result(consents, parts.uses, parts.prepared, c, deps)
    return view(c, { title: c.get('reader').say('已同意', 'Agreed'), body, nav: 'me' })
  })

  // Again for a photo that could not be had before, and for a child after the guardian agreed.
  app.post('/me/preview/done', async (c) => {
    const form = await c.req.formData()
    const { consents: ids, uses } = partsIn(form)
    const consents = await consentsOf(ids, c.get('actor'), deps)
    const prepared = await preparePicks(consents, uses, c.get('actor'), deps)
    return c.redirect(doneAddress(ids, uses, prepared), 303)
  })
  return app
}

/** @throws GatewayError `CONSENT_NOT_FOUND` for one that is another's, and for an address without any */
async function consentsOf(ids: readonly string[], actor: Actor, deps: Deps): Promise<readonly Consent[]> {
  if (ids.length === 0) throw new GatewayError('CONSENT_NOT_FOUND')
  const rows = await Promise.all(ids.map((id) => readConsent(id, actor, deps)))
  return Promise.all(rows.map((row) => presentConsent(row, deps)))
}

const consentFor = (consents: readonly Consent[], { holding }: Use) =>
  consents.find(({ items }) => items.includes(holding))

/** Makes the photos ready that a consent covers. One that cannot be had now does not take the others away. */
export async function preparePicks(
  consents: readonly Consent[],
  uses: readonly Use[],
  actor: Actor,
  deps: Deps,
): Promise<readonly Prepared[]> {
  const photos = uses.flatMap((use) => {
    const consent = consentFor(consents, use)
    return consent?.kind === 'photo' ? [{ use, consent }] : []
  })
  return Promise.all(
    photos.map(async ({ use: { document, holding }, consent }): Promise<Prepared> => {
      try {
        // A consent that this page gives names the city as its receiver: `region:` and six digits.
        const division = consent.receiver.id.slice('region:'.length)
        const asked = { matter: consent.matter.id, division, document }
        const { uploadId } = await preparePhoto(holding, asked, actor, deps)
        return { document, uploadId }
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
        return { document, problem: error.code }
      }
    }),
  )
}

/** A document with what stands for it. */
interface Line {
  readonly use: Use
  readonly name: Name
  readonly holding: Name
  readonly consent: Consent
  readonly uploadId: string | undefined
  readonly problem: ProblemCode | undefined
}

async function result(
  consents: readonly Consent[],
  uses: readonly Use[],
  prepared: readonly Prepared[],
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Html> {
  const names = await holdingNames(
    uses.map(({ holding }) => holding),
    c.get('actor'),
    deps,
  )
  const matter = await deps.catalogue.current(consents[0]?.matter.id ?? '')
  const lines = await Promise.all(
    uses.map(async (use): Promise<Line | undefined> => {
      const [consent, holding] = [consentFor(consents, use), names.get(use.holding)]
      if (!consent || holding === undefined) return undefined
      const made = prepared.find(({ document }) => document === use.document)
      const isGood = made?.uploadId !== undefined && (await isReleased(made.uploadId, deps))
      const name = matter?.matter.documents.find(({ id }) => id === use.document)?.name ?? {
        zh: use.document,
      }
      const uploadId = isGood ? made.uploadId : undefined
      return { use, name, holding, consent, uploadId, problem: made?.problem }
    }),
  )
  const known = lines.flatMap((line) => line ?? [])
  const isWaiting = consents.some(({ state }) => state === 'waiting')
  const reader = c.get('reader')
  const { say } = reader
  return html`<h1>${isWaiting ? say('等待监护人同意', 'Waiting for the guardian') : say('材料准备情况', 'What is ready')}</h1>
<p>${say('还没有提交申请。下面的编号在填写申请时用。', 'Nothing is filed yet. The numbers below are for the application.')}</p>
<section class="card"><h2>${reader.name({ zh: consents[0]?.matter.name ?? '' })}</h2>${known.map((one) => lineOf(one, reader))}</section>
${known.some(isMissing) ? again(consents, uses, c) : ''}
<h2>${say('您给出的同意', 'Your consents')}</h2>${consents.map((consent) => consentCard(consent, undefined, c))}
<p><a href="/me/consents">${say('全部同意', 'All consents')}</a></p>`
}

const isMissing = ({ consent, uploadId }: Line): boolean =>
  consent.kind === 'photo' && consent.state === 'inForce' && uploadId === undefined

function lineOf(line: Line, reader: Reader): Html {
  const { name, holding, consent, use, uploadId } = line
  const { say } = reader
  return html`<h3>${reader.name(name)}</h3><p>${reader.name(holding)}</p>${state(line, reader)}${
    consent.state === 'inForce' && (consent.kind === 'licence' || uploadId !== undefined)
      ? html`<p class="quiet extra">${consent.kind === 'licence' ? say('证照编号', 'Licence number') : say('上传编号', 'Upload number')} <code>${uploadId ?? use.holding}</code></p>`
      : ''
  }`
}

function state({ consent, uploadId, problem }: Line, { say }: Reader): Html {
  if (consent.state === 'waiting')
    return html`<p>${say('等监护人同意后才能用。', 'Usable after the guardian’s consent.')}</p>`
  if (consent.state !== 'inForce')
    return html`<p><strong>${say('同意已撤回或到期, 不能再用。', 'The consent is over: it serves no more.')}</strong></p>`
  if (consent.kind === 'licence')
    return html`<p>✓ ${say('提交申请时直接取用, 不用上传。', 'Fetched when you file; no upload.')}</p>`
  if (uploadId !== undefined) return html`<p>✓ ${say('已准备好。', 'Ready.')}</p>`
  if (problem === undefined) return html`<p>${say('还没有准备。', 'Not prepared yet.')}</p>`
  const { title, fix } = PROBLEMS[problem]
  return html`<p class="fault">${say(`没有准备好: ${title.zh}。${fix.zh}。`, `Not ready. ${title.en}. ${fix.en}.`)}</p>`
}

const again = (consents: readonly Consent[], uses: readonly Use[], c: Context<PortalEnv>): Html =>
  html`<form method="post" action="/me/preview/done">${tokenField(c)}${partFields(consents, uses)}<p><button>${c.get('reader').say('准备照片', 'Prepare the photo')}</button></p></form>`

const partFields = (consents: readonly Consent[], uses: readonly Use[]): Html => {
  const parts = new URL(
    doneAddress(
      consents.map(({ id }) => id),
      uses,
      [],
    ),
    'http://here',
  ).searchParams
  return html`${[...parts].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}
