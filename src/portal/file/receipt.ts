/** The receipt of a filing: on the screen, and on paper as paper is. */
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { readCase } from '../../federation/cases/read-cases.ts'
import type { Deps } from '../../federation/deps.ts'
import type { Draft } from '../../federation/drafts/content.ts'
import type { Case } from '../../schemas/case.ts'
import type { PortalEnv } from '../env.ts'
import { cityWords } from '../find/parts.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { whoseWords } from './for-whom.ts'

/** @param caseId of the case that came of the draft */
export async function receipt(c: Context<PortalEnv>, draft: Draft, caseId: string, deps: Deps) {
  const reader = c.get('reader')
  const { say } = reader
  const { case: filed } = await readCase(caseId, c.get('actor'), deps)
  const address = `${deps.publicUrl}/me/cases/${caseId}`
  return view(c, {
    title: say('提交回执', 'Receipt'),
    nav: 'me',
    scripts: ['print.js'],
    // What the drawing holds is an address of ours and nothing of anybody.
    body: html`<h1>${filed.caseNumber ? say('已提交', 'Filed') : say('已收下, 正在送往办理地区', 'Taken in, on its way to the region')}</h1>${whoseWords(draft, reader)}
${filed.caseNumber ? '' : html`<p>${say('办理地区现在没有应答。我们会自动再送, 您不用再提交一次。', 'The region does not answer now. We send it again by ourselves; do not file again.')}</p>`}
${facts(filed, draft, reader)}
<div class="code">${raw(renderSVG(address, { border: 2 }))}</div><p class="quiet">${say('扫码看进度, 需要登录', 'Scan to see the progress; you log in for it')}</p>
<p class="row"><a class="button" href="/me/cases/${caseId}">${say('看进度', 'See the progress')}</a><button type="button" class="plain" id="print" hidden>${say('打印回执', 'Print the receipt')}</button></p>`,
  })
}

function facts(filed: Case, { matter, subject }: Draft, reader: Reader): Html {
  const { say, name } = reader
  return html`<dl class="big"><dt>${say('办件编号', 'Case number')}</dt><dd class="anywhere">${filed.caseNumber ?? filed.id}</dd></dl>
<dl><dt>${say('事项', 'Matter')}</dt><dd>${name(matter.name)}</dd><dt>${say('申请人', 'Applicant')}</dt><dd lang="zh-CN">${subject.name}</dd><dt>${say('办理城市', 'City')}</dt><dd>${cityWords(filed.division, reader)}</dd><dt>${say('提交时间', 'Filed at')}</dt><dd>${filed.appliedAt.slice(0, 16).replace('T', ' ')}</dd>${filed.dueOn ? html`<dt>${say('预计办结', 'Due')}</dt><dd>${filed.dueOn}</dd>` : ''}<dt>${say('下一步', 'Next')}</dt><dd>${say('等办理部门受理, 进度随时可查', 'Wait until the office accepts it; look at its progress whenever you like')}</dd></dl>`
}
