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
import { dayAndMinute } from '../counter/counter-words.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import {
  actWords,
  BASIS_WORDS,
  CHANNEL_WORDS,
  fieldWords,
  NOTICE_CHOICES,
  outcomeWords,
  purposeWords,
  ROLE_WORDS,
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
    const reader = c.get('reader')
    const { say } = reader
    const title = say('谁看了我的材料', 'Who looked at what is mine')
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${title}</h1>
<p>${say('每次查看、调取和被拒绝的尝试都记在这里, 至少保存一年; 删改会被查出。', 'Every look, handing over and refused attempt stands here for at least a year; a record that is removed or changed is found out.')}</p>
${filters(shown, reader)}
${items.length === 0 ? html`<p>${say('这里还没有记录。', 'Nothing here yet.')}</p>` : items.map((one) => card(one, c))}
${older === undefined ? '' : html`<p><a class="button plain" href="${older}">${say('更早的', 'Earlier')}</a></p>`}
${notice(word, c)}`,
    })
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
function filters(shown: Shown, { say }: Reader): Html {
  const { own, outcome, body } = shown
  const link = (other: Partial<Shown>, words: string) =>
    html`<a href="${addressOf({ ...shown, ...other })}">${words}</a>`
  return html`<p class="row extra">${own ? link({ own: false }, say('只看他人的', 'Others only')) : link({ own: true }, say('也看本人的', 'With my own'))}${
    outcome
      ? link({ outcome: undefined }, say('全部结果', 'All outcomes'))
      : link({ outcome: 'refused' }, say('只看已拒绝的', 'Refused only'))
  }${body ? link({ body: undefined }, say('全部单位', 'All bodies')) : ''}</p>`
}

/** One record in plain words: who, when, on which way, for what, on which ground, what they saw, and how it ended. */
function card(one: Access, c: Context<PortalEnv>): Html {
  const { body, role, matter, caseIds, fields, requestId, number } = one
  const { say, name } = c.get('reader')
  const line = (label: string, words: string | Html, extra = false) =>
    html`<dt${extra ? html` class="extra"` : ''}>${label}</dt><dd${extra ? html` class="extra"` : ''}>${words}</dd>`
  return html`<section class="card" id="${one.id}"><h2>${name({ zh: body.name })}</h2><p>${say(...actWords(one.act))}<br><strong>${say(...outcomeWords(one.outcome))}</strong></p>
<dl>${line(say('时间', 'When'), dayAndMinute(one.at))}${line(say('身份', 'As'), say(...ROLE_WORDS[role]))}
${line(say('途径', 'Through'), say(...CHANNEL_WORDS[one.channel]), true)}${matter ? line(say('事项', 'Matter'), name({ zh: matter.name })) : ''}
${caseIds.length > 0 ? line(say('办件', 'Case'), caseIds.join(' '), true) : ''}${line(say('用途', 'For'), say(...purposeWords(one.purpose)))}
${line(say('依据', 'Basis'), say(...BASIS_WORDS[one.basis]))}${line(say('所见', 'Saw'), fields.length > 0 ? say(...fieldWords(fields)) : say('无', 'nothing'))}</dl>
<p class="quiet extra">${say('编号', 'Number')} ${requestId}${number ? html` · ${number}` : ''} · <a href="/me/accesses?own=show&body=${encodeURIComponent(body.id)}">${say('此单位的全部', 'All of this body')}</a></p>
${one.question ? asked(one.question, c.get('reader')) : role === 'holder' ? '' : ask(one.id, c)}</section>`
}

function ask(id: string, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  return html`<details><summary>${say('为什么查我', 'Ask why')}</summary><form method="post" action="/me/accesses/${id}/question">${tokenField(c)}<label for="text-${id}">${say('您的问题, 对方应在五个工作日内答复', 'Your question; it is to be answered within five working days')}</label><input id="text-${id}" name="text" maxlength="${LIMITS.questionCharacters}" required autocomplete="off"><p><button>${say('提问', 'Ask')}</button></p></form></details>`
}

function asked(question: QuestionState, { say }: Reader): Html {
  const { askedAt, text, dueOn, isProvisional, isOverdue, answer, answeredAt } = question
  const due = isProvisional
    ? say(
        `${dueOn} 前答复 (暂定: 该年放假安排尚未公布)`,
        `due on ${dueOn}, provisionally: that year’s calendar is not announced`,
      )
    : say(`${dueOn} 前答复`, `due on ${dueOn}`)
  return html`<dl><dt>${say('您问', 'You asked')}</dt><dd>${text}<br><span class="quiet">${dayAndMinute(askedAt)}</span></dd>
<dt>${say('答复', 'Answer')}</dt><dd>${
    answer !== null && answeredAt !== null
      ? html`${answer}<br><span class="quiet">${dayAndMinute(answeredAt)}</span>`
      : html`${due}${isOverdue ? html`<br><strong>${say('已逾期未答复', 'overdue')}</strong>` : ''}`
  }</dd></dl>`
}

/** How the person wants to be told. */
function notice(chosen: NoticeWord, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  return html`<form class="card" method="post" action="/me/accesses/notice">${tokenField(c)}<h2>${say('有新的查看时', 'When there is a new look')}</h2>
<label for="word">${say('在网页上提示我', 'Tell me on these pages')}</label><select id="word" name="word">${NOTICE_WORDS.map((word) => html`<option value="${word}"${word === chosen ? ' selected' : ''}>${say(...NOTICE_CHOICES[word])}</option>`)}</select><p><button>${say('保存', 'Save')}</button></p></form>`
}
