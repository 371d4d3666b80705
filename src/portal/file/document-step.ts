/** A document's own step: what the form chose, and what the page offers. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Actor, Deps } from '../../federation/deps.ts'
import type { Draft } from '../../federation/drafts/content.ts'
import { dropUploads, uploadsOf } from '../../federation/drafts/own-uploads.ts'
import type { Change } from '../../federation/drafts/save-answer.ts'
import { mayStandIn, standInsFor, takeStandIn } from '../../federation/drafts/stand-ins.ts'
import { isPhoto } from '../../federation/photos/uses.ts'
import { storeUpload } from '../../federation/uploads/uploads.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import { overNotice } from '../frame/awake.ts'
import type { Name } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { guardianCodes } from '../holdings/guardian.ts'
import { MODES, mayBe, waysOf } from './document-input.ts'
import { documentWords } from './document-words.ts'
import { chosenIn, type FoundStandIns, standInPart } from './stand-in-part.ts'
import { type Answered, problemName, refusal, type Told } from './step-told.ts'
import { nextPath } from './steps.ts'

const NOT_SO: Name = {
  zh: '这份材料不能这样交, 请换一种',
  en: 'This document cannot be handed in so; choose another way',
}
const NO_FILE: Name = {
  zh: '没有收到文件。请选择文件后再按一次; 已填的内容都在',
  en: 'No file arrived. Choose it and try again; your answers are kept',
}

const wrong = (fault: Name): Answered => ({ told: { value: '', fault } })

/**
 * What was chosen for a document; a whole page where a guardian must agree first.
 * @throws what is no refusal
 */
export async function documentIn(
  form: FormData,
  document: MatterDocument,
  draft: Draft,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Answered | Response> {
  const mode = String(form.get('mode') ?? MODES.upload)
  const actor = c.get('actor')
  try {
    if (mode === MODES.mine) return mineIn(form, draft, deps) ?? wrong(NO_FILE)
    if (mode === MODES.theirs) return await theirsStands(form, draft, c, deps)
    if (mode === MODES.standIn) return await standIn(form, document, draft, c, deps)
    if (!mayBe(mode, document)) return wrong(NOT_SO)
    if (mode === MODES.leaveOut) return { change: { leftOut: document.id } }
    if (mode === MODES.later || mode === MODES.paper)
      return { change: { document: { id: document.id, mode } } }
    return await uploaded(form, document, actor, deps)
  } catch (error) {
    if (error instanceof GatewayError) return wrong(refusal(error))
    throw error
  }
}

/** The camera's picture, or else the chosen file. */
async function uploaded(form: FormData, { id }: MatterDocument, actor: Actor, deps: Deps): Promise<Answered> {
  const file = [form.get('shot'), form.get('file')].find((one) => one instanceof File && one.size > 0)
  if (!(file instanceof File)) return wrong(NO_FILE)
  const bytes = Buffer.from(await file.arrayBuffer())
  const { uploadId } = await storeUpload({ name: file.name, bytes }, actor, deps)
  return { change: { document: { id, mode: 'upload', uploads: [uploadId], fileName: file.name } } }
}

async function standIn(
  form: FormData,
  document: MatterDocument,
  draft: Draft,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Answered | Response> {
  const taken = await takeStandIn(draft, document, chosenIn(form), c.get('actor'), deps)
  if (taken.kind === 'stands') return { change: { document: taken.document } }
  const reader = c.get('reader')
  const title = reader.say('请监护人同意', 'Ask the guardian')
  return view(c, { title, body: guardianCodes([taken.given], c.req.path, reader), nav: 'me' })
}

/** A choice that another tab stood against, for the person to take after all: nobody can make one up. */
export const sealedChoice = (
  { document, leftOut }: Omit<Change, 'version'>,
  { row }: Draft,
  { sealing }: Deps,
): string => sealing.seal({ document, leftOut, draft: row.id }).toString('base64url')

function mineIn(
  form: FormData,
  { row }: Draft,
  { sealing }: Deps,
): { readonly change: Omit<Change, 'version'> } | undefined {
  try {
    const sealed = Buffer.from(String(form.get(MODES.mine) ?? ''), 'base64url')
    const { draft, ...change } = sealing.open<Omit<Change, 'version'> & { draft: string }>(sealed)
    return draft === row.id ? { change } : undefined
  } catch {
    // Not one of ours.
    return undefined
  }
}

/** What this page had chosen is not kept: its file neither. */
async function theirsStands(form: FormData, draft: Draft, c: Context<PortalEnv>, deps: Deps) {
  const uploads = mineIn(form, draft, deps)?.change.document?.uploads ?? []
  const held = new Set(uploadsOf(draft.content))
  await dropUploads(
    uploads.filter((one) => !held.has(one)),
    deps,
  )
  return c.redirect(nextPath(draft), 303)
}

/** What the step of a document shows. */
export async function documentBody(
  document: MatterDocument,
  { draft, told, hidden }: { readonly draft: Draft; readonly told: Told; readonly hidden: Html },
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Html> {
  const reader = c.get('reader')
  const { say } = reader
  const held = draft.content.documents.find(({ id }) => id === document.id)
  const now = held
    ? html`<p class="good">✓ ${say('现在选的', 'Chosen now')}: ${documentWords(held, reader)}</p>`
    : ''
  const asked = document.requirement
    ? html`<p class="hint words" lang="zh-CN">${document.requirement}</p>`
    : ''
  if (told.mine) return html`${now}${twoTabs(told.mine, hidden, c)}`
  const stands = await foundFor(draft, document, c, deps)
  return html`${now}${asked}${stands ? html`${standInPart(stands, hidden, reader)}<h2>${say('自己交', 'Bring it yourself')}</h2>` : ''}
<form method="post" enctype="multipart/form-data" data-awake>${hidden}${waysOf(document, told.fault, reader)}${overNotice(reader)}</form>`
}

/** Another tab has chosen meanwhile: the person decides, and nothing has to be chosen or uploaded again. */
function twoTabs(mine: string, hidden: Html, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  return html`<form method="post" enctype="multipart/form-data" data-awake>${hidden}<input type="hidden" name="${MODES.mine}" value="${mine}"><p class="row"><button name="mode" value="${MODES.mine}">${say('改用这一页选的', 'Use what this page chose')}</button><button class="plain" name="mode" value="${MODES.theirs}">${say('保留现在的', 'Keep what stands')}</button></p>${overNotice(c.get('reader'))}</form>`
}

async function foundFor(
  draft: Draft,
  document: MatterDocument,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<FoundStandIns | undefined> {
  if (!mayStandIn(draft, document)) return undefined
  const what = isPhoto(document) ? (['照片', 'photo'] as const) : (['证照', 'licence'] as const)
  const held = draft.content.documents.find(({ id }) => id === document.id)
  // Without the consent on which it stands it is offered again: the words are to be agreed to anew.
  try {
    const found = await standInsFor(draft, document, c.get('actor'), deps)
    const isAgreed = found?.items.some(
      ({ candidate, words }) => candidate.id === held?.standsFor?.holding && words === undefined,
    )
    return { found, what, chosen: isAgreed ? held?.standsFor?.holding : undefined }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { found: undefined, problem: problemName(error.code), what }
  }
}
