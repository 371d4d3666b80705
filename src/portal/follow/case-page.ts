/** One case: how it stands, what comes next and by when, the promise, what happened; and what may be done with it. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { type FollowedCase, followOneCase } from '../../federation/cases/follow-case.ts'
import { remindCase } from '../../federation/cases/remind-case.ts'
import { followCase } from '../../federation/cases/timeline.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { whoseOf } from './case-card.ts'
import { clockPart, facts, headPart, timelinePart } from './case-parts.ts'
import { minuteWords } from './words.ts'

const PATH = '/me/cases/:id'

/** What has just been done, told on the page that follows. */
const DONE: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  correction: [
    '补正已记下, 下面可以看到送到哪一步。',
    'The correction was noted; below is how far it has got.',
  ],
  withdrawal: [
    '撤回请求已记下, 以办理地区的答复为准。',
    'The wish to withdraw was noted; the region has the last word.',
  ],
  rating: [
    '谢谢您的评价, 下面可以看到送到哪一步。',
    'Thank you for your rating; below is how far it has got.',
  ],
  reminder: ['催办已记下。', 'The reminder was noted.'],
  moved: [
    '这件办件刚刚有了变化, 现在不用催。',
    'The case has just moved: there is nothing to remind of now.',
  ],
  soon: [
    '刚刚已经催办过, 24 小时内只能催一次。',
    'It was reminded of already; once in 24 hours is possible.',
  ],
}

/** Routes for somebody who is logged in. */
export function casePageRoutes({ deps, live, eventStream }: Needs): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => {
    const found = await followOneCase(c.req.param('id'), c.get('actor'), deps)
    return view(c, {
      title: found.case.matter.name.zh,
      nav: 'me',
      scripts: ['live.js'],
      body: body(c, found),
    })
  })

  app.get(`${PATH}/stream`, async (c) => {
    // A browser that comes again says what it has beside the address with which it first came.
    const after = sequenceIn(c.req.header('last-event-id') || c.req.query('after') || '0')
    const { row } = c.get('session')
    // A session that rests for too long ends without anybody saying so: whoever comes again shows that it has not.
    const idle = deps.now().getTime() + LIMITS.sessionIdleMs
    const token = { id: row.id, until: new Date(Math.min(row.until.getTime(), idle)) }
    const stream = await followCase(c.req.param('id'), { after, token }, c.get('actor'), deps, live)
    return eventStream(c, stream)
  })

  app.post(`${PATH}/reminder`, async (c) => {
    const id = c.req.param('id')
    return c.redirect(`/me/cases/${id}?done=${await remind(id, c, deps)}`, 303)
  })
  return app
}

/** More events than any case will have. */
const MOST = 2_000_000_000

function sequenceIn(text: string): number {
  const after = /^\d{1,10}$/.test(text) ? Number(text) : undefined
  if (after === undefined || after > MOST) throw new GatewayError('PARAMETER_INVALID', { parameter: 'after' })
  return after
}

/** A second click finds that it was reminded of already. */
async function remind(
  id: string,
  c: Context<PortalEnv>,
  deps: Needs['deps'],
): Promise<'reminder' | 'soon' | 'moved'> {
  try {
    await remindCase(id, { isDryRun: false }, c.get('actor'), deps)
    return 'reminder'
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'REMINDER_TOO_EARLY') return 'soon'
    if (error instanceof GatewayError && error.code === 'STATE_CONFLICT') return 'moved'
    throw error
  }
}

function body(c: Context<PortalEnv>, found: FollowedCase): Html {
  const reader = c.get('reader')
  const { say, name } = reader
  const { case: one, of, sequence } = found
  const done = DONE[c.req.query('done') ?? '']
  return html`<p class="screen"><a href="/me/cases">${say('← 我的办件', '← My cases')}</a></p>
<h1>${name(one.matter.name)}</h1>
${of === null ? '' : html`<p>${whoseOf(of, reader)}</p>`}
${done ? html`<p class="note" role="status">${say(...done)}</p>` : ''}
<div id="live" data-stream="/me/cases/${one.id}/stream?after=${sequence}" data-page="/me/cases/${one.id}" data-over="${say('登录已结束, 这一页不再自动更新。', 'The log-in has ended; this page is no longer kept up to date.')}" hidden></div>
<p role="status" aria-live="polite" class="unseen" id="told"></p>
${headPart(found, reader)}${clockPart(found, reader)}${acts(c, found)}${timelinePart(found, reader)}${facts(found, reader)}
<p class="screen"><a href="/me/cases/${one.id}">${say('刷新这一页', 'Refresh this page')}</a></p>`
}

/** What else may be done with it, beside what is to be done now. */
function acts(c: Context<PortalEnv>, { case: { id, origin, rating }, may }: FollowedCase): Html {
  const reader = c.get('reader')
  const { say } = reader
  const { isOpen, againAt } = may.remind
  return html`<div data-part="acts" class="row screen">${
    isOpen && againAt === null
      ? html`<form method="post" action="/me/cases/${id}/reminder">${tokenField(c)}<button class="plain">${say('催办', 'Remind of it')}</button></form>`
      : ''
  }${isOpen && againAt !== null ? html`<p class="quiet">${say(`已经催办过, ${minuteWords(againAt, reader)}以后可以再催。`, `It was reminded of; again from ${minuteWords(againAt, reader)}.`)}</p>` : ''}${
    may.withdraw
      ? html`<a class="button danger" href="/me/cases/${id}/withdrawal">${say('撤回申请', 'Withdraw it')}</a>`
      : ''
  }${
    may.rate === 1
      ? html`<a class="button" href="/me/cases/${id}/rating">${say('评价这次办事', 'Rate how it went')}</a>`
      : ''
  }${
    rating === null
      ? ''
      : html`<a class="button plain" href="/me/cases/${id}/rating">${may.rate === 2 ? say('看评价, 追评', 'Your rating, and a follow-up') : say('看评价', 'The rating')}</a>`
  }${origin === 'listed' ? html`<p class="quiet">${say('这件事是在当地办的, 这里只能看进展; 要补正或撤回, 请到当初办理的地方。', 'It was filed elsewhere: here it can be followed; to correct or withdraw it, go where it was filed.')}</p>` : ''}</div>`
}
