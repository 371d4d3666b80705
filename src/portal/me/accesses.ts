/** 谁看了我的材料: every look, refusal and handing over, one card each, with a question to whoever it was. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { listAccesses } from '../../federation/audit/list.ts'
import { chooseNotice, markSeen, noticeWord } from '../../federation/audit/notices.ts'
import { askWhy } from '../../federation/audit/questions.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Access, NOTICE_WORDS, type NoticeWord, type QuestionState } from '../../schemas/access.ts'
import { instantIn } from '../../schemas/instants.ts'
import { both, dayAndMinute } from '../counter/counter-words.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
import {
  actWords,
  BASIS_WORDS,
  CHANNEL_WORDS,
  fieldWords,
  NOTICE_CHOICES,
  outcomeWords,
  purposeWords,
  ROLE_WORDS,
  type Words,
} from './access-words.ts'

const ON_A_PAGE = 20

/** What a page's address says. */
interface Shown {
  readonly own: boolean
  readonly outcome: 'granted' | 'refused' | undefined
  readonly body: string | undefined
}

export function accessRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/accesses', async (c) => {
    const [actor, opened] = [c.get('actor'), deps.now()]
    const shown = shownIn(c)
    const before = placeOf(c.req.query('before'))
    const { items, next } = await listAccesses(
      { limit: ON_A_PAGE, before, outcome: shown.outcome, body: shown.body, hidesOwn: !shown.own },
      actor,
      deps,
    )
    const word = await noticeWord(actor, deps)
    // A part of the list, or an older page, does not show what is new.
    if (!before && !shown.outcome && !shown.body) await markSeen(opened, actor, deps)
    const older = next && addressOf(shown, `${next.at.toISOString()} ${next.id}`)
    return c.html(
      page(
        '谁看了我的材料',
        html`<h1>谁看了我的材料 ${en('Who looked at what is mine')}</h1>
<p>每次查看、调取和被拒绝的尝试都记在这里, 至少保存一年; 删改会被查出。 ${en('Every look, handing over and refused attempt stands here for at least a year; a record that is removed or changed is found out.')}</p>
${filters(shown)}
${items.length === 0 ? html`<p>这里还没有记录。 ${en('Nothing here yet.')}</p>` : items.map((one) => card(one, c.get('formToken')))}
${older === undefined ? '' : html`<p><a class="button plain" href="${older}">更早的 ${en('Earlier')}</a></p>`}
${notice(word, c.get('formToken'))}`,
        true,
      ),
    )
  })

  app.post('/me/accesses/notice', async (c) => {
    const { word } = await c.req.parseBody()
    const chosen = NOTICE_WORDS.find((one) => one === word)
    if (!chosen) throw new GatewayError('PARAMETER_INVALID', { parameter: 'word', known: NOTICE_WORDS })
    await chooseNotice(chosen, c.get('actor'), deps)
    return c.redirect('/me/accesses', 303)
  })

  app.post('/me/accesses/:id/question', async (c) => {
    const { text } = await c.req.parseBody()
    const id = c.req.param('id')
    // Browsers send a line break as two characters, and the field counts it as one.
    await askWhy(id, String(text ?? '').replaceAll('\r\n', '\n'), c.get('actor'), deps)
    return c.redirect(`/me/accesses#${encodeURIComponent(id)}`, 303)
  })
  return app
}

function shownIn(c: Context<PortalEnv>): Shown {
  const [outcome, body] = [c.req.query('outcome'), c.req.query('body')]
  return {
    own: c.req.query('own') === 'show',
    outcome: outcome === 'granted' || outcome === 'refused' ? outcome : undefined,
    body: body || undefined,
  }
}

function addressOf({ own, outcome, body }: Shown, before?: string): string {
  const asked = new URLSearchParams({
    ...(own ? { own: 'show' } : {}),
    ...(outcome ? { outcome } : {}),
    ...(body ? { body } : {}),
    ...(before === undefined ? {} : { before }),
  })
  return asked.size === 0 ? '/me/accesses' : `/me/accesses?${asked}`
}

/** @throws GatewayError `PARAMETER_INVALID` for a place that is none */
function placeOf(text: string | undefined): { at: Date; id: string } | undefined {
  if (text === undefined) return undefined
  const [instant = '', id = ''] = text.split(' ')
  const at = instantIn(instant)
  if (!at || id === '') throw new GatewayError('PARAMETER_INVALID', { parameter: 'before' })
  return { at, id }
}

/** Links to other parts of the list. */
function filters(shown: Shown): Html {
  const { own, outcome, body } = shown
  const whose = own
    ? html`<a href="${addressOf({ ...shown, own: false })}">只看他人的 Others only</a>`
    : html`<a href="${addressOf({ ...shown, own: true })}">也看本人的 With my own</a>`
  const which = outcome
    ? html`<a href="${addressOf({ ...shown, outcome: undefined })}">全部结果 All outcomes</a>`
    : html`<a href="${addressOf({ ...shown, outcome: 'refused' })}">只看已拒绝的 Refused only</a>`
  return html`<p class="row">${whose}${which}${body ? html`<a href="${addressOf({ ...shown, body: undefined })}">全部单位 All bodies</a>` : ''}</p>`
}

const line = (zh: string, english: string, words: Words): Html =>
  html`<dt>${zh} <span lang="en">${english}</span></dt><dd>${both(words)}</dd>`

/** One record in plain words: who, when, on which way, for what, on which ground, what they saw, and how it ended. */
function card(one: Access, formToken: string): Html {
  const { body, role, channel, matter, caseIds, purpose, basis, fields, outcome, number } = one
  return html`<section class="card" id="${one.id}"><h2>${body.name}</h2><p>${both(actWords(one.act))}<br><strong>${both(outcomeWords(outcome))}</strong></p>
<dl><dt>时间 <span lang="en">When</span></dt><dd>${dayAndMinute(one.at)}</dd>
${line('身份', 'As', ROLE_WORDS[role])}${line('途径', 'Through', CHANNEL_WORDS[channel])}
${matter ? html`<dt>事项 <span lang="en">Matter</span></dt><dd>${matter.name}</dd>` : ''}${caseIds.length > 0 ? html`<dt>办件 <span lang="en">Case</span></dt><dd>${caseIds.join(' ')}</dd>` : ''}
${line('用途', 'For', purposeWords(purpose))}${line('依据', 'Basis', BASIS_WORDS[basis])}
<dt>所见 <span lang="en">Saw</span></dt><dd>${fields.length > 0 ? both(fieldWords(fields)) : both(['无', 'nothing'])}</dd></dl>
<p class="quiet" style="overflow-wrap:anywhere">编号 ${one.requestId}${number ? html` · ${number}` : ''} · <a href="/me/accesses?own=show&body=${encodeURIComponent(body.id)}">此单位的全部 All of this body</a></p>
${one.question ? asked(one.question) : role === 'holder' ? '' : ask(one.id, formToken)}</section>`
}

const ask = (id: string, formToken: string): Html =>
  html`<details><summary>为什么查我 <span lang="en">Ask why</span></summary><form method="post" action="/me/accesses/${id}/question"><input type="hidden" name="token" value="${formToken}"><label for="text-${id}">您的问题, 对方应在五个工作日内答复 ${en('Your question; it is to be answered within five working days')}</label><input id="text-${id}" name="text" maxlength="${LIMITS.questionCharacters}" required autocomplete="off"><p><button>提问 Ask</button></p></form></details>`

function asked({ askedAt, text, dueOn, isProvisional, isOverdue, answer, answeredAt }: QuestionState): Html {
  const due = isProvisional
    ? both([
        `${dueOn} 前答复 (暂定: 该年放假安排尚未公布)`,
        `due on ${dueOn}, provisionally: that year’s calendar is not announced`,
      ])
    : both([`${dueOn} 前答复`, `due on ${dueOn}`])
  return html`<dl><dt>您问 <span lang="en">You asked</span></dt><dd>${text}<br><span class="quiet">${dayAndMinute(askedAt)}</span></dd>
<dt>答复 <span lang="en">Answer</span></dt><dd>${
    answer !== null && answeredAt !== null
      ? html`${answer}<br><span class="quiet">${dayAndMinute(answeredAt)}</span>`
      : html`${due}${isOverdue ? html`<br><strong>${both(['已逾期未答复', 'overdue'])}</strong>` : ''}`
  }</dd></dl>`
}

/** How the person wants to be told. */
const notice = (chosen: NoticeWord, formToken: string): Html =>
  html`<form class="card" method="post" action="/me/accesses/notice"><input type="hidden" name="token" value="${formToken}"><h2>有新的查看时 ${en('When there is a new look')}</h2>
<label for="word">在网页上提示我 ${en('tell me on these pages')}</label><select id="word" name="word">${NOTICE_WORDS.map((word) => html`<option value="${word}"${word === chosen ? ' selected' : ''}>${NOTICE_CHOICES[word].join(' · ')}</option>`)}</select><p><button>保存 Save</button></p></form>`
