/** The checklist of a matter after its owner's rules, with what was scanned for each document and who has compared it. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { newPaperId } from '../../federation/desk/papers.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { DeskPaperRow } from '../../store/index.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-view.ts'
import { dayAndMinute } from './words.ts'

const NECESSITY: Readonly<Record<MatterDocument['necessity'], readonly [string, string]>> = {
  required: ['必要', 'Required'],
  optional: ['非必要', 'Optional'],
  deferrable: ['可容缺后补', 'May follow later'],
  creditDeferrable: ['可信用后补', 'May follow on credit'],
}

const FORMS: Readonly<Record<NonNullable<MatterDocument['form']>, readonly [string, string]>> = {
  paper: ['纸质', 'paper'],
  electronic: ['电子', 'electronic'],
  both: ['纸质或电子', 'paper or electronic'],
}

export function papersPart(c: Context<PortalEnv>, seen: CaseView, matter: Matter): Html {
  const { say } = c.get('reader')
  return html`<section class="card" id="papers"><h2>${say('材料清单', 'Documents')}</h2>${
    matter.documents.length === 0
      ? html`<p>${say('这个事项不要材料。', 'The matter asks for none.')}</p>`
      : ''
  }${matter.documents.map((document) => documentPart(c, seen, document))}</section>`
}

function documentPart(c: Context<PortalEnv>, seen: CaseView, document: MatterDocument): Html {
  const { say, name } = c.get('reader')
  const spared = seen.desk.content.spared.find((one) => one.document === document.id)
  const papers = seen.papers.filter(({ documentId }) => documentId === document.id)
  const { necessity, form, copies, requirement } = document
  return html`<h3>${name(document.name)}</h3><p><span class="tag">${say(...NECESSITY[necessity])}</span>${form ? html`<span class="tag">${say(...FORMS[form])}</span>` : ''}${copies ? html`<span class="tag">${say(`${copies} 份`, `${copies} copies`)}</span>` : ''}</p>
${requirement ? html`<p class="quiet" lang="zh-CN">${[...requirement].slice(0, 200).join('')}</p>` : ''}
${
  spared
    ? html`<p>✓ ${'photo' in spared ? say('本人同意用统一照片库里的照片, 不用重拍:', 'No new picture: with consent one of the photo library is used:') : say('本人同意用电子证照代替, 免于提交:', 'Spared: with consent a licence stands for it:')} <span lang="zh-CN">${spared.name}</span></p>`
    : html`${paperList(c, seen, papers)}${paperForm(c, seen, { id: document.id, label: document.name.zh })}`
}`
}

/** What was scanned for one document, and whether somebody else than the scanner has compared it. */
export function paperList(c: Context<PortalEnv>, seen: CaseView, papers: readonly DeskPaperRow[]): Html {
  if (papers.length === 0) return html``
  return html`<ul class="plainlist">${papers.map((paper) => paperLine(c, seen, paper))}</ul>`
}

function paperLine(c: Context<PortalEnv>, { desk, clerkNames }: CaseView, paper: DeskPaperRow): Html {
  const { say } = c.get('reader')
  const own = c.get('atDesk').clerk.id
  const at = `/desk/cases/${desk.row.id}/papers/${paper.id}`
  const nameOf = (id: string) => html`<span lang="zh-CN">${clerkNames.get(id) ?? id}</span>`
  const pages = say(`${paper.pages} 页`, `${paper.pages} pages`)
  if (paper.certifiedBy && paper.certifiedAt)
    return html`<li>✓ ${pages} · ${say('与原件核对无异', 'compared with the original')} · ${nameOf(paper.certifiedBy)} · ${dayAndMinute(paper.certifiedAt)}</li>`
  return html`<li>${pages} · ${say('扫描', 'scanned by')} ${nameOf(paper.scannedBy)} <div class="row">${
    paper.scannedBy === own
      ? html`<span class="wait">${say('等另一位工作人员核对原件', 'waits for another clerk')}</span>`
      : html`<form method="post" action="${at}/certify">${tokenField(c)}<button>${say('与原件核对无异', 'It is the original')}</button></form>`
  }<a class="button plain" href="${at}/file">${say('查看', 'Look')}</a><form method="post" action="${at}/remove">${tokenField(c)}<button class="plain">${say('撤下', 'Take out')}</button></form></div></li>`
}

/** Several pages at once; a phone or a document camera is offered by the browser itself. */
export function paperForm(
  c: Context<PortalEnv>,
  { desk, now }: CaseView,
  { id, label }: { readonly id: string; readonly label: string },
): Html {
  const { say } = c.get('reader')
  return html`<form method="post" enctype="multipart/form-data" action="/desk/cases/${desk.row.id}/papers">${tokenField(c)}<input type="hidden" name="paper" value="${newPaperId(now)}"><input type="hidden" name="document" value="${id}">
<label for="pages-${id}">${say('扫描或拍照, 按页序选择', 'Scans or photographs, in the order of the pages')}<span class="unseen"> ${label}</span></label>
<input id="pages-${id}" name="pages" type="file" accept="image/jpeg,image/png,application/pdf" multiple required>
<p><button class="plain">${say('存为一份', 'Keep as one file')}</button></p></form>`
}
