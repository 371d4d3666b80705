/** The parts of a case's page, in the order in which a clerk walks them. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DeskCase } from '../../federation/desk/content.ts'
import { flowOf, isMode, modesOf } from '../../federation/desk/flows.ts'
import { masked } from '../../federation/identity/me.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Html } from '../frame/view.ts'
import type { CaseView } from './case-view.ts'
import { custodyList, custodyPart, deliverPart } from './custody-part.ts'
import { formPart } from './form-part.ts'
import { paperForm, paperList, papersPart } from './papers-part.ts'
import { ratingPart } from './rating-part.ts'
import { cityOptions, cityWord, dayAndMinute, statusWord } from './words.ts'

export function casePage(c: Context<PortalEnv>, seen: CaseView): Html {
  const { desk, matter } = seen
  const { row } = desk
  return html`${personPart(c, seen)}${
    row.caseId !== null
      ? html`${filedPart(c, seen)}${deliverPart(c, seen)}${ratingPart(c, seen)}${custodyPart(c, seen)}`
      : html`${matterPart(c, seen)}${matter ? consentPart(c, seen) : ''}${
          matter && row.consent !== null
            ? html`${formPart(c, seen, matter)}${papersPart(c, seen, matter)}${custodyPart(c, seen)}${handOverPart(c, seen)}`
            : ''
        }`
  }<p class="hint">${c.get('reader').say('五分钟无人操作, 此页自动收起; 离开前请先保存。', 'The page clears itself when nobody touches it for five minutes; save before you go.')}</p>`
}

function personPart(c: Context<PortalEnv>, { desk: { content } }: CaseView): Html {
  const { say } = c.get('reader')
  const { name, idDocument } = content.person
  return html`<section class="card"><h2>${say('本人', 'The person')}</h2><dl><dt>${say('姓名', 'Name')}</dt><dd lang="zh-CN">${name}</dd><dt>${say('证件号码', 'Document')}</dt><dd>${masked(idDocument.number)}</dd></dl></section>`
}

/** The matter, to be found by the city that decides; once the person has agreed it stands. */
function matterPart(c: Context<PortalEnv>, seen: CaseView): Html {
  const { say } = c.get('reader')
  const { desk, matter } = seen
  const chosen = matter
    ? html`<p><strong lang="zh-CN">${matter.name.zh}</strong> · ${cityWord(desk.row.division, c.get('reader'))}</p>${modeNote(c, desk)}`
    : ''
  if (desk.row.consent !== null)
    return html`<section class="card"><h2>${say('事项', 'Matter')}</h2>${chosen}</section>`
  return html`<section class="card"><h2>${say('事项', 'Matter')}</h2>${chosen}${searchForm(c, seen)}${foundList(c, seen)}</section>`
}

const modeNote = (c: Context<PortalEnv>, { row }: DeskCase): Html => {
  const { say } = c.get('reader')
  const { zh, en, told } = flowOf(row.mode)
  return html`<p class="note">${say(zh, en)}: ${say(told.zh, told.en)}</p>`
}

function searchForm(c: Context<PortalEnv>, { desk, search }: CaseView): Html {
  const reader = c.get('reader')
  const { say } = reader
  return html`<form method="get" action="/desk/cases/${desk.row.id}"><label for="city">${say('办理地', 'City that decides')}</label><select id="city" name="city" required><option value="">${say('请选择', 'Choose')}</option>${cityOptions(search.city, reader)}</select>
<label for="q">${say('事项名称', 'Name of the matter')}</label><input id="q" name="q" value="${search.q}" maxlength="100" required>
<p><button class="plain">${say('查找事项', 'Search')}</button></p></form>`
}

function foundList(c: Context<PortalEnv>, { desk, search }: CaseView): Html {
  const { say } = c.get('reader')
  if (search.q === '') return html``
  if (search.found.length === 0)
    return html`<p role="status">${say('这个城市没有名称相符、可以申请的事项。', 'This city has no such matter that can be applied for.')}</p>`
  return html`<ul class="plainlist">${search.found.map((row) => {
    // The catalogue holds matters that their schema let in.
    const modes = modesOf(row.document as Matter)
    return html`<li><form method="post" action="/desk/cases/${desk.row.id}/matter">${tokenField(c)}<input type="hidden" name="matter" value="${row.id}"><input type="hidden" name="division" value="${search.city}"><span lang="zh-CN">${row.name}</span>${
      modes.length > 1
        ? html` <label for="mode-${row.id}">${say('办理方式', 'Way')}</label><select id="mode-${row.id}" name="mode">${modes.map((mode) => html`<option value="${mode}">${say(flowOf(mode).zh, flowOf(mode).en)}</option>`)}</select>`
        : html` <span class="tag">${modes.map((mode) => say(flowOf(mode).zh, flowOf(mode).en))}</span>`
    } <button class="plain">${say('选择', 'Choose')}<span class="unseen"> ${row.name}</span></button></form></li>`
  })}</ul>`
}

/** The person's word: on their phone, or on paper with a second clerk. */
function consentPart(c: Context<PortalEnv>, seen: CaseView): Html {
  const { say } = c.get('reader')
  const { desk, papers } = seen
  const { row } = desk
  const head = html`<h2>${say('本人同意', 'The person’s consent')}</h2>`
  if (row.consent !== null && row.consentAt)
    return html`<section class="card" id="consent">${head}<p>✓ ${row.consent === 'phone' ? say('本人已在自己的手机上同意', 'Given on their own phone') : say('本人已签字, 另一名工作人员已核对原件', 'Signed, and compared by a second clerk')} · ${dayAndMinute(row.consentAt)}</p></section>`
  const signed = papers.filter(({ documentId }) => documentId === 'consent')
  return html`<section class="card" id="consent">${head}
<p>${say('在本人同意之前, 不查询、不填写、不提交。两种办法任选一种:', 'Before it nothing is looked up, filled in or filed. Either way will do:')}</p>
<h3>${say('在手机上', 'On the phone')}</h3><p>${say('请本人在自己的手机上打开“我的 → 窗口待我确认”, 看过后确认。', 'Ask them to open “Me → waiting at the window” on their own phone, and to confirm.')}</p>
<form method="get" action="/desk/cases/${row.id}"><button class="plain">${say('看看同意了没有', 'Look again')}</button></form>
<h3>${say('在纸上', 'On paper')}</h3><p><a class="button plain" href="/desk/cases/${row.id}/consent.pdf">${say('打印授权同意书', 'Print the form of consent')}</a></p>
${paperList(c, seen, signed)}${signed.length === 0 ? paperForm(c, seen, { id: 'consent', label: say('签好的授权同意书', 'The signed form') }) : ''}</section>`
}

function handOverPart(c: Context<PortalEnv>, { desk, missing }: CaseView): Html {
  const { say } = c.get('reader')
  const { row } = desk
  const isReady = missing.length === 0
  const words: Readonly<Record<string, string>> = {
    form: say('补填信息', 'the form'),
    scan: say('必要材料', 'required documents'),
    certify: say('原件核对', 'comparing with the originals'),
  }
  return html`<section class="card" id="hand-over"><h2>${say('提交办理地', 'Hand over')}</h2>
<p><a class="button plain" href="/desk/cases/${row.id}/notice.pdf">${say('打印收件告知单', 'Print the notice of receipt')}</a></p>
${isReady ? '' : html`<p class="wait">${say('还差: ', 'Still to do: ')}${missing.map((one) => words[one] ?? one).join(say('、', ', '))}</p>`}
<form method="post" action="/desk/cases/${row.id}/hand-over">${tokenField(c)}<button${isReady ? '' : html` disabled`}>${say('以本人名义提交', 'File it in the person’s name')}</button></form></section>`
}

function filedPart(c: Context<PortalEnv>, { desk, filed, papers, matter, custody }: CaseView): Html {
  const reader = c.get('reader')
  const { say } = reader
  const { row } = desk
  return html`<section class="card" role="status"><h2>${say('已提交', 'Handed over')}</h2><dl><dt>${say('事项', 'Matter')}</dt><dd lang="zh-CN">${matter?.name.zh ?? ''}</dd><dt>${say('办理地', 'City')}</dt><dd>${cityWord(row.division, reader)}</dd><dt>${say('办件编号', 'Number')}</dt><dd>${filed?.caseNumber ?? filed?.sourceNumber ?? ''}</dd><dt>${say('状态', 'Status')}</dt><dd>${statusWord(filed, reader)}</dd><dt>${say('材料', 'Papers')}</dt><dd>${papers.filter(({ documentId }) => documentId !== 'consent').length}</dd><dt>${say('重复填写的项', 'Fields typed again')}</dt><dd>${row.retyped}</dd>${row.corrected === 0 ? '' : html`<dt>${say('更正的已知项', 'Known values corrected')}</dt><dd>${row.corrected}</dd>`}</dl>
${isMode(row.mode) ? modeNote(c, desk) : ''}${custody.length > 0 ? custodyList(c, custody) : ''}
<p><a class="button plain" href="/desk/cases/${row.id}/notice.pdf">${say('打印收件告知单', 'Print the notice of receipt')}</a> <a class="button" href="/desk">${say('下一位', 'Next')}</a></p></section>`
}
