/** 好差评: one page to rate a case, to rate it once more, and to see what was given and whether the region has it. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import { type FollowedCase, followOneCase } from '../../federation/cases/follow-case.ts'
import { rateCase } from '../../federation/cases/rate-case.ts'
import { readRatings } from '../../federation/cases/read-ratings.ts'
import type { Deps } from '../../federation/deps.ts'
import { formOnce, newFormKey } from '../../federation/form-once.ts'
import { type CaseRatings, GRADES, TAGS } from '../../schemas/rating.ts'
import type { PortalEnv } from '../env.ts'
import { type Problem, problemsOf } from '../forms/field.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { whoseOf } from './case-card.ts'
import { GRADE_WORDS, givenPart, noReply, TAG_WORDS } from './rating-words.ts'
import { cityWords } from './words.ts'

const PATH = '/me/cases/:id/rating'
/** Characters of a comment, as the contracts take them. */
const MOST = 500

/** What stands in the form. */
interface Filled {
  readonly grade: string
  readonly tags: readonly string[]
  readonly comment: string
  readonly round: 1 | 2
}

/** Routes for somebody who is logged in. */
export function ratingRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => page(c, await pageOf(c, deps)))

  app.post(PATH, async (c) => {
    const form = await c.req.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    const filled: Filled = {
      grade: text('grade'),
      tags: form.getAll('tags').map(String),
      // Browsers end the lines of a text as mail does.
      comment: text('comment').replaceAll('\r\n', '\n'),
      round: text('round') === '2' ? 2 : 1,
    }
    const again = await formOnce(text('key'), c.req.path, c.get('actor'), deps, () => rate(c, filled, deps))
    return again ?? c.redirect(`/me/cases/${c.req.param('id')}?done=rating`, 303)
  })
  return app
}

/** What is told, and where. */
function faultsOf({ code, errors }: GatewayError, { say }: Reader): readonly Problem[] {
  if (code === 'RATING_REASON_REQUIRED')
    return [
      {
        at: 'reasons',
        text: say(
          '不满意时请勾选一项原因, 或者写一句话',
          'When you are not satisfied, tick a reason or write a sentence',
        ),
      },
    ]
  return errors.map(({ pointer, zh, en }) => {
    if (pointer.startsWith('/comment')) return { at: 'comment', text: say(zh, en) }
    if (pointer.startsWith('/tags')) return { at: 'reasons', text: say(zh, en) }
    return { at: 'grades', text: say('请选一个等级', 'Choose a grade') }
  })
}

/** @returns the page to show instead, when it was not taken */
async function rate(c: Context<PortalEnv>, filled: Filled, deps: Deps): Promise<Response | undefined> {
  const { comment, ...rest } = filled
  const isPhone = /Mobi/.test(c.req.header('user-agent') ?? '')
  const content = { ...rest, comment: comment === '' ? null : comment, channel: isPhone ? 'mobile' : 'pc' }
  try {
    // Whether the region took it stands on the page that follows.
    await rateCase(c.req.param('id') ?? '', content, { isDryRun: false }, c.get('actor'), deps)
    return undefined
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'BODY_INVALID' || error.code === 'RATING_REASON_REQUIRED') {
      const problems = faultsOf(error, c.get('reader'))
      return page(c, { ...(await pageOf(c, deps)), filled, problems, status: 422 })
    }
    // Another window was faster, or the case is not where it was: what stands is shown.
    if (['RATED_ALREADY', 'STATE_CONFLICT', 'RATING_FIRST_MISSING'].includes(error.code))
      return page(c, { ...(await pageOf(c, deps)), isMoved: true, status: 409 })
    throw error
  }
}

interface Shown {
  readonly found: FollowedCase
  readonly ratings: CaseRatings
  readonly filled?: Filled
  readonly problems?: readonly Problem[]
  readonly isMoved?: true
  readonly status?: 409 | 422
}

async function pageOf(c: Context<PortalEnv>, deps: Deps): Promise<Shown> {
  const id = c.req.param('id') ?? ''
  const found = await followOneCase(id, c.get('actor'), deps)
  return { found, ratings: await readRatings(id, c.get('actor'), deps) }
}

function page(c: Context<PortalEnv>, shown: Shown) {
  const reader = c.get('reader')
  const { say } = reader
  const { found, ratings, problems = [], isMoved, status } = shown
  const { case: one, of, phone } = found
  const { items, next } = ratings
  const title = say('评价这次办事', 'Rate how it went')
  return view(c, {
    title,
    nav: 'me',
    status: status ?? 200,
    body: html`<p><a href="/me/cases/${one.id}">${say('← 返回办件', '← Back to the case')}</a></p>
<h1>${title}</h1><p>${whoseOf(of, reader)}${reader.name(one.matter.name)} · ${cityWords(one.division, reader)}</p>
${isMoved ? html`<p class="note" role="alert">${say('没有再记一次: 这件事已经评价过, 或者刚刚有了变化。下面是现在的情况。', 'Nothing more was noted: it was rated already, or has just moved. Below is how it stands.')}</p>` : ''}
${problemsOf(problems, reader)}${items.map((given) => givenPart(given, reader))}
${items.length > 0 ? noReply(phone, reader) : ''}
${next === null ? closed(found, items.length > 0, reader) : next === 1 ? form(c, shown, 1) : followUp(c, shown)}`,
  })
}

/** Why nothing can be rated now, where it is not plain to see. */
function closed({ of }: FollowedCase, isRated: boolean, { say }: Reader): Html | '' {
  if (of !== null)
    return html`<p class="card">${say('只有申请人本人可以评价。', 'Only the applicant may rate it.')}</p>`
  return isRated
    ? ''
    : html`<p class="card">${say('现在还不能评价: 这件事有了结果以后, 可以在这里评价。', 'It cannot be rated yet: once it is decided, you can do so here.')}</p>`
}

/** Folded away, so that nobody thinks that they must rate again. */
function followUp(c: Context<PortalEnv>, shown: Shown): Html {
  const { say } = c.get('reader')
  return html`<details${shown.problems ? html` open` : ''}><summary>${say('追评一次 (可以不做)', 'Rate it once more (you need not)')}</summary><p>${say('用了一段时间, 看法有了变化, 可以再评一次。', 'If you see it differently by now, you can rate it once more.')}</p>${form(c, shown, 2)}</details>`
}

const EMPTY = { grade: '', tags: [], comment: '' } as const

function form(c: Context<PortalEnv>, { found, filled, problems = [] }: Shown, round: 1 | 2): Html {
  const reader = c.get('reader')
  const { say } = reader
  const { grade, tags, comment } = filled ?? EMPTY
  const wrong = (at: string) => problems.find((problem) => problem.at === at)?.text
  const said = (at: string, hint = '') => {
    const ids = [hint, wrong(at) ? `${at}-error` : ''].filter((id) => id !== '').join(' ')
    return html`${ids === '' ? '' : html` aria-describedby="${ids}"`}${wrong(at) ? html` aria-invalid="true"` : ''}`
  }
  const fault = (at: string) => (wrong(at) ? html`<p class="fault" id="${at}-error">${wrong(at)}</p>` : '')
  return html`<form method="post" action="/me/cases/${found.case.id}/rating" novalidate>${tokenField(c)}<input type="hidden" name="key" value="${newFormKey()}"><input type="hidden" name="round" value="${round}">
<fieldset id="grades" tabindex="-1"${said('grades')}><legend>${say('您满意吗?', 'Are you satisfied?')}</legend>${fault('grades')}${GRADES.map(
    (one) =>
      html`<label class="choice"><input type="radio" name="grade" value="${one}" required${one === grade ? html` checked` : ''}><span>${say(...GRADE_WORDS[one])}</span></label>`,
  )}</fieldset>
<fieldset id="reasons" tabindex="-1"${said('reasons', 'reasons-hint')}><legend>${say('哪里没做好', 'What was not good')}</legend><p class="hint" id="reasons-hint">${say('可以多选, 满意就不用选。不满意时要选一项, 或者在下面写一句话。', 'Tick any; none if you are satisfied. If you are not, tick one or write a sentence below.')}</p>${fault('reasons')}${TAGS.map(
    (one) =>
      html`<label class="choice"><input type="checkbox" name="tags" value="${one}"${tags.some((tag) => tag === one) ? html` checked` : ''}><span>${say(...TAG_WORDS[one])}</span></label>`,
  )}</fieldset>
<div class="field"><label for="comment">${say('想说的话', 'In your words')} <span class="quiet">${say(`(可以不写, 至多 ${MOST} 个字)`, `(optional, at most ${MOST} characters)`)}</span></label>${fault('comment')}<textarea id="comment" name="comment" rows="4"${said('comment')}>${comment}</textarea></div>
<p class="quiet">${say('评价会连同您的姓名、证件号码和办件编号送给办理地区。', 'It goes to the region with your name, the number of your document and of the case.')} ${round === 1 ? say('只能评一次, 以后还可以追评一次。', 'It can be given once, and followed up once.') : say('追评只能一次。', 'A follow-up can be given once.')}</p>
<p><button>${round === 1 ? say('提交评价', 'Send the rating') : say('提交追评', 'Send the follow-up')}</button></p></form>`
}
