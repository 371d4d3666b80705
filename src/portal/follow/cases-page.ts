/** 我的办件: all cases of a person in 41 cities, as far as they are known now; the cities are asked when the reader says so. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import {
  type Asked,
  type FollowedCases,
  followCases,
  STAGES,
  type Stage,
} from '../../federation/cases/follow-cases.ts'
import { listMyCases } from '../../federation/cases/my-cases.ts'
import type { Deps } from '../../federation/deps.ts'
import { CITIES, isCity } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { caseCard } from './case-card.ts'
import { completenessOf } from './completeness.ts'
import { cityWords } from './words.ts'

const PATH = '/me/cases'
/** Cases on one page: more than people have, and few enough for an old phone. */
const OF_PAGE = 20

const STAGE_WORDS: Readonly<Record<Stage, readonly [zh: string, en: string]>> = {
  mine: ['要我办', 'Needs me'],
  underWay: ['办理中', 'Under way'],
  ended: ['已办完', 'Ended'],
}

/** What the address asks for. */
interface Wanted {
  readonly stage: Stage | undefined
  readonly city: string | undefined
  readonly before: Asked['before']
  /** How the question to the cities ended that has just been put. */
  readonly asked: string | undefined
}

function wantedIn(c: Context<PortalEnv>): Wanted {
  const { stage, city, after, asked } = c.req.query()
  const [at = '', id = ''] = (after ?? '').split('_case_')
  const changedAt = new Date(Number.parseInt(at, 36))
  return {
    stage: STAGES.find((one) => one === stage),
    city: city !== undefined && isCity(city) ? city : undefined,
    before: id !== '' && !Number.isNaN(changedAt.getTime()) ? { changedAt, id: `case_${id}` } : undefined,
    asked,
  }
}

/** Routes for somebody who is logged in. */
export function casesPageRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(PATH, async (c) => {
    const { say } = c.get('reader')
    const wanted = wantedIn(c)
    const found = await followCases({ ...wanted, limit: OF_PAGE }, c.get('actor'), deps)
    return view(c, {
      title: say('我的办件', 'My cases'),
      nav: 'me',
      scripts: ['live.js'],
      body: body(c, wanted, found, formatInstant(deps.now()).slice(0, 10)),
    })
  })

  // Puts a question to sixteen places: it is asked by a button, never by an address.
  app.post(PATH, async (c) => {
    const form = await c.req.parseBody()
    const back = addressOf({ stage: STAGES.find((one) => one === form['stage']), city: text(form['city']) })
    return c.redirect(`${back}${back === PATH ? '?' : '&'}asked=${await ask(c, deps)}`, 303)
  })
  return app
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && isCity(value) ? value : undefined

/** Asks all cities, for as long as their bound allows. @returns how it ended, for the page that follows */
async function ask(c: Context<PortalEnv>, deps: Deps): Promise<'yes' | 'often'> {
  try {
    await listMyCases({ scope: 'all', limit: 1 }, c.get('actor'), deps)
    return 'yes'
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'RATE_LIMITED') return 'often'
    throw error
  }
}

function addressOf({ stage, city }: { stage?: Stage | undefined; city?: string | undefined }): string {
  const query = new URLSearchParams({ ...(stage ? { stage } : {}), ...(city ? { city } : {}) }).toString()
  return query === '' ? PATH : `${PATH}?${query}`
}

function body(c: Context<PortalEnv>, wanted: Wanted, found: FollowedCases, today: string): Html {
  const reader = c.get('reader')
  const { say } = reader
  return html`<h1>${say('我的办件', 'My cases')}</h1>
<p role="status" aria-live="polite" class="unseen" id="told"></p>
<div data-part="list">${filters(wanted, found, reader)}
${found.items.length === 0 ? nothing(wanted, found, reader) : html`<ul class="plainlist cases">${mineFirst(found).map((one) => caseCard(one, reader))}</ul>`}
${nextPage(wanted, found, reader)}
<section class="card" aria-labelledby="complete"><h2 id="complete">${say('是不是全部', 'Is this all?')}</h2>
${whole(wanted, found, today, reader)}</section></div>
${found.completeness === null ? '' : askForm(c, wanted, isDue(found, today))}`
}

/** What waits for the reader stands first on its page. */
const mineFirst = ({ items }: FollowedCases) =>
  items.toSorted((a, b) => Number(b.case.ball === 'applicant') - Number(a.case.ball === 'applicant'))

function whole({ asked }: Wanted, { completeness }: FollowedCases, today: string, reader: Reader): Html {
  const { say } = reader
  const often =
    asked === 'often'
      ? html`<p class="note" role="status">${say('刚才问得太勤了, 请过一分钟再问。', 'The cities were asked too often; try again in a minute.')}</p>`
      : ''
  if (completeness === null)
    return html`<p>${say('您这次登录的实名等级不够, 不能向各城市查询, 这里只有在本网站办的事。', 'This log-in is not assured enough to ask the cities: here is what was filed on this site.')} <a href="/log-in">${say('换一种方式登录', 'Log in another way')}</a></p>`
  return html`${often}${completenessOf(completeness, today, asked !== undefined, reader)}`
}

/**
 * By a button, since each question is a look that sixteen places write down. Where nobody has answered today a script presses it once, so
 * that a reader who knows nothing of it sees all there is.
 */
function askForm(c: Context<PortalEnv>, { stage, city, asked }: Wanted, isDue: boolean): Html {
  const { say } = c.get('reader')
  return html`<form method="post" action="${PATH}" data-busy="${say('正在问, 请稍等…', 'Asking, please wait…')}"${isDue && asked === undefined ? html` data-once` : ''}>${tokenField(c)}<input type="hidden" name="stage" value="${stage ?? ''}"><input type="hidden" name="city" value="${city ?? ''}">
<p><button>${say(`向 ${CITIES.length} 座城市查询`, `Ask the ${CITIES.length} cities`)}</button></p><p class="hint">${say('很快就好; 答得慢的城市, 下次打开就有。', 'It takes a moment; what comes later is there next time.')}</p></form>`
}

/** Whether no city has answered on this day. */
const isDue = ({ completeness }: FollowedCases, today: string): boolean =>
  completeness?.cities.every(({ asOf }) => (asOf ?? '') < today) ?? false

function filters({ stage, city }: Wanted, { tally }: FollowedCases, reader: Reader): Html {
  const { say } = reader
  const all = tally.mine + tally.underWay + tally.ended
  const link = (one: Stage | undefined, words: string, count: number) =>
    html`<a href="${addressOf({ stage: one, city })}"${one === stage ? html` aria-current="page"` : ''}>${words} ${count}</a>`
  return html`<nav class="scopes" aria-label="${say('按进展看', 'By progress')}">${link(undefined, say('全部', 'All'), all)}${STAGES.map((one) => link(one, say(...STAGE_WORDS[one]), tally[one]))}</nav>
<form method="get" action="${PATH}" class="row foot extra">${stage ? html`<input type="hidden" name="stage" value="${stage}">` : ''}<div class="grow"><label for="city">${say('城市', 'City')}</label><select id="city" name="city"><option value="">${say('全部城市', 'All cities')}</option>${CITIES.map(({ division }) => html`<option value="${division}"${division === city ? html` selected` : ''}>${cityWords(division, reader)}</option>`)}</select></div><button class="plain">${say('只看这座城市', 'Show this city')}</button></form>`
}

function nothing({ stage, city }: Wanted, { tally }: FollowedCases, { say }: Reader): Html {
  if (stage === undefined && city === undefined && tally.mine + tally.underWay + tally.ended === 0)
    return html`<p class="card">${say('现在没有已知的办件。', 'No case is known here yet.')} <a href="/">${say('去办一件事', 'Start one')}</a></p>`
  return html`<p class="card">${say('这里没有已知的办件。', 'No case is known here.')} <a href="${PATH}">${say('看全部办件', 'Show all')}</a></p>`
}

function nextPage({ stage, city }: Wanted, { next }: FollowedCases, { say }: Reader): Html | '' {
  if (!next) return ''
  const here = addressOf({ stage, city })
  const after = `${next.changedAt.getTime().toString(36)}_${next.id}`
  return html`<p><a class="button plain" href="${here}${here === PATH ? '?' : '&'}after=${after}">${say('更早的办件', 'Earlier cases')}</a></p>`
}
