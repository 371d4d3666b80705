/** The result of a case: what was decided, and its documents, fetched from the region and checked when they are asked for. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { stream } from 'hono/streaming'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { type FollowedCase, followOneCase } from '../../federation/cases/follow-case.ts'
import { readResult } from '../../federation/cases/read-cases.ts'
import { documentIds, readResultDocument } from '../../federation/cases/result-documents.ts'
import type { Deps } from '../../federation/deps.ts'
import type { CaseResult } from '../../schemas/case.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { whoseOf } from './case-card.ts'
import { cityWords, inWords, quote } from './words.ts'

const PATH = '/me/cases/:id/result'

const DECISION_WORDS: Readonly<
  Record<NonNullable<CaseResult['decision']>, readonly [zh: string, en: string]>
> = {
  granted: ['准予', 'Granted'],
  denied: ['不予许可', 'Denied'],
  forwarded: ['转报上级', 'Passed on to a higher office'],
  notAccepted: ['不予受理', 'Not accepted'],
  voided: ['作废', 'Voided'],
  withdrawn: ['已撤回', 'Withdrawn'],
}

/** What a browser may be told that a file is; anything else is bytes, and never a page. */
const SAFE_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/ofd',
  'image/jpeg',
  'image/png',
])

/** Routes for somebody who is logged in. */
export function resultRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => {
    const id = c.req.param('id')
    const found = await followOneCase(id, c.get('actor'), deps)
    const known = found.case.result?.documents.map(({ name, size }) => ({ name, size })) ?? []
    const files = known.length === 0 ? await askedFor(id, c, deps) : { documents: known }
    return view(c, {
      title: c.get('reader').say('办理结果', 'The result'),
      nav: 'me',
      body: body(found, { ...files, ids: idsOf(id, files, deps) }, c.get('reader')),
    })
  })

  app.get(`${PATH}/:document{[0-9a-f]{24}}`, async (c) => {
    const { id, document: documentId } = c.req.param()
    const document = await readResultDocument(id, documentId, c.get('actor'), deps)
    const type = document.contentType.split(';')[0]?.trim().toLowerCase() ?? ''
    c.header('content-type', SAFE_TYPES.has(type) ? type : 'application/octet-stream')
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodedName(document.name)}`)
    c.header('content-length', String(document.bytes.length))
    c.header('cache-control', 'no-store')
    return stream(c, async (out) => void (await out.write(document.bytes)))
  })
  return app
}

/** RFC 8187 leaves fewer characters as they are than `encodeURIComponent`; half a character of two is none. */
const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)

/** What is known of the documents. */
interface Files {
  readonly documents: readonly { readonly name: string; readonly size?: number | undefined }[]
  /** Why there are none. */
  readonly why?: readonly [zh: string, en: string]
}

/** The region is asked where nothing is known yet. What it says about there being none is told in words. */
async function askedFor(id: string, c: Context<PortalEnv>, deps: Deps): Promise<Files> {
  try {
    const documents = await readResult(id, c.get('actor'), deps)
    return { documents: documents.map(({ name, bytes }) => ({ name, size: bytes.length })) }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { title, fix } = PROBLEMS[error.code]
    return { documents: [], why: [`${title.zh}。${fix.zh}。`, `${title.en}. ${fix.en}.`] }
  }
}

const idsOf = (id: string, { documents }: Files, deps: Deps) =>
  documentIds(
    id,
    documents.map(({ name }) => name),
    deps,
  )

const sizeWords = (size: number | undefined): string =>
  size === undefined ? '' : ` (${Math.max(1, Math.round(size / 1024))} KB)`

function body(
  { case: one, of }: FollowedCase,
  { documents, why, ids }: Files & { readonly ids: readonly string[] },
  reader: Reader,
): Html {
  const { say, name } = reader
  const { result } = one
  return html`<p><a href="/me/cases/${one.id}">${say('← 返回办件', '← Back to the case')}</a></p>
<h1>${say('办理结果', 'The result')}</h1>
<p>${whoseOf(of, reader)}${name(one.matter.name)} · ${cityWords(one.division, reader)}</p>
<section class="card" aria-labelledby="decided"><h2 id="decided">${say('决定', 'Decision')}</h2><p class="big">${result?.decision ? say(...DECISION_WORDS[result.decision]) : inWords(one.sentence, reader)}</p>
${result?.number ? html`<p>${say('文号', 'Number')}: ${quote(result.number)}</p>` : ''}${result?.text ? html`<div class="said">${say('部门原话', 'The department wrote')}: ${quote(result.text)}</div>` : ''}</section>
<h2>${say('文书', 'Documents')}</h2>
${
  documents.length === 0
    ? html`<p class="card">${why ? say(...why) : say('没有电子文书。', 'There is none.')}</p>`
    : html`<ul class="plainlist">${documents.map((document, index) => html`<li><a class="button plain" href="/me/cases/${one.id}/result/${ids[index] ?? ''}"><span>${say('下载', 'Download')} <span lang="zh-CN">${document.name}</span>${sizeWords(document.size)}</span></a></li>`)}</ul><p class="hint">${say('文件直接取自办理地区, 核对无误才会给您。', 'The files come from the region itself and are checked before you get them.')}</p>`
}`
}
