/** 预检 as a page: what decides is asked, then every city says can, needs or cannot. Answers are posted and kept nowhere. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { preflight } from '../../federation/preflight/preflight.ts'
import { isCity } from '../../schemas/division.ts'
import type { Matter } from '../../schemas/matter.ts'
import { type CityPreflight, VERDICTS } from '../../schemas/preflight.ts'
import type { PortalEnv } from '../env.ts'
import { bounded } from '../frame/bounds.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { cityMap, type Shade } from '../map/city-map.ts'
import { cityChoices, cityWords, searchForm } from './parts.ts'

interface Answers {
  readonly kind: 'person' | 'organisation' | undefined
  readonly to: string | undefined
  /** Documents whose licence somebody says to have. */
  readonly licences: readonly string[]
}

export function preflightRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const { catalogue, finder } = deps
  const title = (c: Context<PortalEnv>) => c.get('reader').say('我能不能办', 'Can I apply?')
  /** Without a matter, one is searched for first. */
  const matterOf = async (id: string | undefined) => (id ? catalogue.read(id) : undefined)

  app.use('/preflight', bounded)
  app.get('/preflight', async (c) => {
    const reader = c.get('reader')
    const matter = await matterOf(c.req.query('matter'))
    const english = matter && (await finder.serviceOf(matter.name.zh))?.name
    const body = matter
      ? html`<h1>${title(c)}: ${reader.name(english ?? matter.name)}</h1>${questions(matter, { kind: undefined, to: matter.divisions[0], licences: [] }, reader)}`
      : html`<h1>${title(c)}</h1><p>${reader.say('先找到要办的事, 再看哪座城市能办。', 'Find the matter first, then see which city can do it.')}</p>${searchForm({ q: '', from: undefined, to: undefined }, reader)}`
    return view(c, { title: title(c), body, scripts: matter ? [] : ['suggest.js'] })
  })

  app.post('/preflight', async (c) => {
    const reader = c.get('reader')
    const form = await c.req.parseBody({ all: true })
    const matter = await catalogue.read(String(form['matter'] ?? ''))
    const english = (await finder.serviceOf(matter.name.zh))?.name ?? matter.name
    const answers = answersIn(form)
    const items = await preflight(
      {
        matter: matter.id,
        ...(answers.kind ? { applicant: { kind: answers.kind } } : {}),
        documents: matter.documents
          .filter(({ id, exemptedBy }) => exemptedBy.length > 0 && answers.licences.includes(id))
          .map(({ id }) => ({ id, mode: 'licence' as const, licence: 'held' })),
      },
      undefined,
      deps,
    )
    c.header('cache-control', 'no-store')
    return view(c, {
      title: title(c),
      body: html`<h1>${title(c)}: ${reader.name(english)}</h1>${results(items, answers, reader)}<h2>${reader.say('改一改再看', 'Change and look again')}</h2>${questions(matter, answers, reader)}`,
    })
  })
  return app
}

function answersIn(form: Readonly<Record<string, unknown>>): Answers {
  const { kind, to } = form
  return {
    kind: kind === 'person' || kind === 'organisation' ? kind : undefined,
    to: typeof to === 'string' && isCity(to) ? to : undefined,
    licences: [form['licence']].flat().filter((one): one is string => typeof one === 'string'),
  }
}

function questions(matter: Matter, { kind, to, licences }: Answers, reader: Reader): Html {
  const { say } = reader
  const radio = (value: 'person' | 'organisation', words: string) =>
    html`<label class="choice"><input type="radio" name="kind" value="${value}" required${kind === value ? html` checked` : ''}> ${words}</label>`
  const exempted = matter.documents.filter(({ exemptedBy }) => exemptedBy.length > 0)
  return html`<form method="post" action="/preflight"><input type="hidden" name="matter" value="${matter.id}">
<fieldset><legend>${say('替谁办?', 'For whom?')}</legend>${radio('person', say('个人', 'A person'))}${radio('organisation', say('单位', 'An organisation'))}</fieldset>
<label for="to">${say('想在哪里办?', 'Where?')}</label><select id="to" name="to"><option value="">${say('哪里都行', 'Anywhere')}</option>${cityChoices(to, reader)}</select>
${exempted.length === 0 ? '' : html`<fieldset><legend>${say('手机里有这些电子证照吗?', 'Which of these do you have as electronic licences?')}</legend>${exempted.map(({ id, name }) => html`<label class="choice"><input type="checkbox" name="licence" value="${id}"${licences.includes(id) ? html` checked` : ''}> ${reader.name(name)}</label>`)}</fieldset>`}
<p><button>${say('看结果', 'Show')}</button></p></form>`
}

const SIGNS: Readonly<
  Record<CityPreflight['verdict'], readonly [sign: string, style: string, zh: string, en: string]>
> = {
  can: ['✓', 'good', '可以办', 'can be done'],
  needs: ['▲', 'wait', '补齐就能办', 'can be done once complete'],
  cannot: ['✕', 'bad', '不能网上办', 'cannot be done online'],
  unknown: ['?', 'quiet', '现在不知道', 'not known now'],
}

const SHADES: Readonly<Record<CityPreflight['verdict'], Shade>> = {
  can: 'good',
  needs: 'part',
  cannot: 'none',
  unknown: 'unknown',
}

/** Where the next step is taken; nothing where the city has no such matter. */
const linkOf = ({ division, matter, next }: CityPreflight): string | undefined =>
  matter === null
    ? undefined
    : next.step === 'window'
      ? `/map?matter=${encodeURIComponent(matter)}&city=${division}`
      : `/matters/${encodeURIComponent(matter)}`

/** The same as the list, for whoever knows where a city lies. */
function resultMap(items: readonly CityPreflight[], reader: Reader): Html {
  const { say } = reader
  const at = new Map(items.map((item) => [item.division, item]))
  const found = new Set(items.map(({ verdict }) => verdict))
  const words = VERDICTS.filter((verdict) => found.has(verdict)).map((verdict) => {
    const [, , zh, en] = SIGNS[verdict]
    return [SHADES[verdict], say(zh, en)]
  })
  return cityMap(reader, {
    title: say('41 座城市能不能办', 'Which of the 41 cities can do it'),
    colourOf: (division) => SHADES[at.get(division)?.verdict ?? 'unknown'],
    words: Object.fromEntries(words),
    link: (division) => {
      const item = at.get(division)
      return (item && linkOf(item)) ?? '#map-list'
    },
  })
}

/** What an applicant is asked for in any case is said by the form itself; here papers are named, and the rest is counted. */
function rowOf(item: CityPreflight, reader: Reader): Html {
  const { division, verdict, rule, missing, next } = item
  const { say } = reader
  const papers = missing.filter(({ pointer }) => pointer.startsWith('/documents'))
  const fields = missing.length - papers.length
  const link = linkOf(item)
  return html`<li><strong>${cityWords(division, reader)}</strong> <span class="${SIGNS[verdict][1]}">${SIGNS[verdict][0]} ${say(SIGNS[verdict][2], SIGNS[verdict][3])}</span>${rule ? html`<br>${say(rule.zh, rule.en)}` : ''}${papers.map(({ zh, en, document }) => html`<br>${document ? html`${say('要交', 'To be handed in')}: ${reader.name(document.name)}` : say(zh, en)}`)}${fields > 0 ? html`<br><span class="quiet">${say(`申请时要回答 ${fields} 个问题`, `${fields} questions when you apply`)}</span>` : ''}<br>${link ? html`<a href="${link}">${say(next.zh, next.en)}</a>` : html`<span class="quiet">${say(next.zh, next.en)}</span>`}</li>`
}

function results(items: readonly CityPreflight[], { to }: Answers, reader: Reader): Html {
  const { say } = reader
  const chosen = items.find(({ division }) => division === to)
  const by = Map.groupBy(items, ({ verdict }) => verdict)
  const able = (by.get('can')?.length ?? 0) + (by.get('needs')?.length ?? 0)
  return html`<div role="status">${chosen ? html`<ul class="plainlist">${rowOf(chosen, reader)}</ul>` : ''}<p class="big">${say(`41 座城市中, ${able} 座可以网上办。`, `It can be done online in ${able} of 41 cities.`)}</p></div>
${resultMap(items, reader)}<div id="map-list" tabindex="-1">${(
    ['can', 'needs', 'unknown', 'cannot'] as const
  ).map((verdict) => {
    const rows = by.get(verdict) ?? []
    return rows.length === 0
      ? ''
      : html`<details${verdict === 'can' ? html` open` : ''}><summary>${SIGNS[verdict][0]} ${say(SIGNS[verdict][2], SIGNS[verdict][3])}: ${rows.length}</summary><ul class="plainlist">${rows.map((row) => rowOf(row, reader))}</ul></details>`
  })}</div>`
}
