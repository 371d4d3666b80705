/** Withdraws an application: why, then "are you sure", then once. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { withdrawCase } from '../../federation/cases/correct-case.ts'
import { type FollowedCase, followOneCase } from '../../federation/cases/follow-case.ts'
import type { Deps } from '../../federation/deps.ts'
import { formOnce, newFormKey } from '../../federation/form-once.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { problemsOf } from '../forms/field.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { whoseOf } from './case-card.ts'
import { cityWords, inWords } from './words.ts'

const PATH = '/me/cases/:id/withdrawal'
/** Characters of a reason, as the verb takes them. */
const MOST = 200

/** Reasons that most people have, so that nobody must type. They go to the department in Chinese. */
const REASONS: readonly (readonly [zh: string, en: string])[] = [
  ['填错了, 要重新申请', 'Something was filled in wrongly; I shall apply again'],
  ['不需要办了', 'It is not needed any more'],
  ['改到别处或窗口办理', 'I shall do it elsewhere or at a window'],
]

/** Routes for somebody who is logged in. */
export function withdrawalRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => {
    const found = await followOneCase(c.req.param('id'), c.get('actor'), deps)
    return found.may.withdraw ? ask(c, found, { reason: '', own: '' }) : over(c, found)
  })

  app.post(PATH, async (c) => {
    const id = c.req.param('id')
    const form = await c.req.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    if (text('step') === 'sure') {
      const again = await formOnce(text('key'), c.req.path, c.get('actor'), deps, () =>
        withdraw(id, text('reason'), text('etag'), c, deps),
      )
      return again ?? c.redirect(`/me/cases/${id}?done=withdrawal`, 303)
    }
    const found = await followOneCase(id, c.get('actor'), deps)
    if (!found.may.withdraw) return over(c, found)
    const [reason, own] = [text('reason'), text('own').trim()]
    const whole = reason === 'own' ? own : reason
    const error = whyNot(whole, c.get('reader'))
    return error ? ask(c, found, { reason, own, error }) : sure(c, found, whole)
  })
  return app
}

function whyNot(reason: string, { say }: Reader): string | undefined {
  if (reason === '') return say('请选一个原因, 或自己写', 'Choose a reason, or write one')
  return [...reason].length > MOST ? say(`原因至多 ${MOST} 个字`, `At most ${MOST} characters`) : undefined
}

/** @returns the page to show instead, when the case is not as it was when the reader was sure */
async function withdraw(
  id: string,
  reason: string,
  etag: string,
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Response | undefined> {
  const actor = c.get('actor')
  try {
    const { attempted } = await withdrawCase(id, { reason }, { ifMatch: etag, dryRun: false }, actor, deps)
    if (attempted?.state !== 'refused') return undefined
    return refused(c, await followOneCase(id, actor, deps), attempted.error)
  } catch (error) {
    const isMoved =
      error instanceof GatewayError && ['PRECONDITION_FAILED', 'STATE_CONFLICT'].includes(error.code)
    if (!isMoved) throw error
    const found = await followOneCase(id, actor, deps)
    return found.may.withdraw ? sure(c, found, reason, true) : over(c, found)
  }
}

const head = ({ case: one, of }: FollowedCase, reader: Reader): Html =>
  html`<p><a href="/me/cases/${one.id}">${reader.say('← 返回办件', '← Back to the case')}</a></p>
<h1>${reader.say('撤回申请', 'Withdraw the application')}</h1><p>${whoseOf(of, reader)}${reader.name(one.matter.name)} · ${cityWords(one.division, reader)}</p>`

interface Given {
  /** One of the reasons, or `own`. */
  readonly reason: string
  readonly own: string
  readonly error?: string
}

function ask(c: Context<PortalEnv>, found: FollowedCase, { reason, own, error }: Given) {
  const reader = c.get('reader')
  const { say } = reader
  const wrong = error ? html` aria-invalid="true"` : ''
  const choice = (value: string, words: string) =>
    html`<label class="choice"><input type="radio" name="reason" value="${value}"${value === reason ? html` checked` : ''}><span>${words}</span></label>`
  return view(c, {
    title: say('撤回申请', 'Withdraw'),
    nav: 'me',
    status: error ? 422 : 200,
    body: html`${head(found, reader)}
${problemsOf(error ? [{ at: 'reasons', text: error }] : [], reader)}
<p>${say('撤回以后这次申请就结束了; 以后还可以重新申请。', 'The application then ends; another one can be made later.')}</p>
<form method="post" action="/me/cases/${found.case.id}/withdrawal">${tokenField(c)}<input type="hidden" name="step" value="ask">
<fieldset id="reasons" tabindex="-1"${wrong}${error ? html` aria-describedby="reasons-error"` : ''}><legend>${say('为什么撤回', 'Why')}</legend>${error ? html`<p class="fault" id="reasons-error">${error}</p>` : ''}
${REASONS.map(([zh, en]) => choice(zh, say(zh, en)))}${choice('own', say('其他原因', 'Another reason'))}
<label for="own">${say('其他原因请写在这里', 'Another reason, in your words')} <span class="quiet">${say(`(至多 ${MOST} 个字)`, `(at most ${MOST} characters)`)}</span></label><textarea id="own" name="own" rows="3">${own}</textarea></fieldset>
<p><button>${say('下一步', 'Next')}</button></p></form>`,
  })
}

/** What is going to happen, before it does. */
function sure(c: Context<PortalEnv>, found: FollowedCase, reason: string, isMoved = false) {
  const reader = c.get('reader')
  const { say } = reader
  const { id, caseNumber, sentence } = found.case
  return view(c, {
    title: say('确认撤回', 'Confirm'),
    nav: 'me',
    status: isMoved ? 409 : 200,
    body: html`${head(found, reader)}
${isMoved ? html`<p class="note" role="alert">${say('这件办件刚刚有了变化, 请看一看再决定。', 'The case has just moved; please look before you decide.')}</p>` : ''}
<section class="card"><h2>${say('真的要撤回吗?', 'Are you sure?')}</h2><dl>${caseNumber ? html`<dt>${say('办件编号', 'Case number')}</dt><dd>${caseNumber}</dd>` : ''}<dt>${say('现在', 'Now')}</dt><dd>${inWords(sentence, reader)}</dd><dt>${say('撤回原因', 'Reason')}</dt><dd class="words">${reason}</dd></dl></section>
<form method="post" action="/me/cases/${id}/withdrawal">${tokenField(c)}<input type="hidden" name="step" value="sure"><input type="hidden" name="key" value="${newFormKey()}"><input type="hidden" name="etag" value="${found.etag}"><input type="hidden" name="reason" value="${reason}">
<p class="row"><button class="danger">${say('确认撤回', 'Yes, withdraw it')}</button><a class="button plain" href="/me/cases/${id}">${say('不撤回', 'No, keep it')}</a></p></form>`,
  })
}

/** The region did not take it: its reason in words, and its own code for whoever calls them. */
function refused(c: Context<PortalEnv>, found: FollowedCase, error: GatewayError) {
  const reader = c.get('reader')
  const { say, name } = reader
  const { title, fix } = PROBLEMS[error.code]
  const region = name(REGIONS.find(({ id }) => id === found.case.region) ?? { zh: found.case.region })
  const code = error.facts['code'] ?? error.code
  return view(c, {
    title: say('没有撤回', 'Not withdrawn'),
    nav: 'me',
    status: 409,
    body: html`${head(found, reader)}<section class="card" role="alert" aria-labelledby="refused"><h2 id="refused">${say(html`没有撤回: ${region}没有接受`, html`Not withdrawn: ${region} did not take it`)}</h2>
<p>${say('申请还在办理, 您交的材料没有变。', 'The application goes on, and what you handed in is unchanged.')}</p>
<dl><dt>${say('地区的理由', 'The region’s reason')}</dt><dd>${say(title.zh, title.en)}${error.errors.map(({ zh, en }) => html`<br>${say(zh, en)}`)}</dd><dt>${say('怎么办', 'What to do')}</dt><dd>${say(`${fix.zh}。也可以拨打 12345。`, `${fix.en}. You may also call 12345.`)}</dd><dt class="extra">${say('地区的代码', 'The region’s code')}</dt><dd class="extra"><code>${String(code)}</code></dd></dl></section>
<p class="row"><a class="button" href="/me/cases/${found.case.id}">${say('看办件进展', 'See the case')}</a>${found.may.withdraw ? html`<a class="button plain" href="/me/cases/${found.case.id}/withdrawal">${say('再试一次', 'Try again')}</a>` : ''}</p>`,
  })
}

/** Too late, or not ours to withdraw. */
function over(c: Context<PortalEnv>, found: FollowedCase) {
  const reader = c.get('reader')
  const { say } = reader
  return view(c, {
    title: say('撤回申请', 'Withdraw'),
    nav: 'me',
    status: 409,
    body: html`${head(found, reader)}<p class="card">${say('现在不能撤回了。', 'It cannot be withdrawn now.')} ${inWords(found.case.sentence, reader)}</p>`,
  })
}
