/** One photo: its picture behind a link, what it is good for in words, and, where it was taken here, letting it go. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { dropPhoto } from '../../federation/photos/capture.ts'
import { type PhotoFitness, readFitness, showPicture } from '../../federation/photos/photos.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { TAKEN_FOR_WORDS, VERDICT_WORDS, type Verdict } from './holding-words.ts'
import { photoTerms } from './photos.ts'

/** Routes for somebody who is logged in; they come after the page that takes a new photo, whose path they would read as an id. */
export function photoPageRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/photos/:id', async (c) => {
    const fitness = await readFitness(c.req.param('id'), c.get('actor'), deps)
    const isOpen = c.req.query('picture') === 'shown'
    const title = c.get('reader').say('照片', 'Photo')
    return view(c, { title, body: whole(fitness, isOpen, c, deps), nav: 'me' })
  })

  app.get('/me/photos/:id/picture', async (c) => {
    const picture = await showPicture(c.req.param('id'), c.get('actor'), deps)
    return c.body(new Uint8Array(picture), 200, { 'content-type': 'image/jpeg' })
  })

  app.post('/me/photos/:id/delete', async (c) => {
    await dropPhoto(c.req.param('id'), c.get('actor'), deps)
    return c.redirect('/me/photos', 303)
  })
  return app
}

function whole(
  { photo, documents, goodFor }: PhotoFitness,
  isOpen: boolean,
  c: Context<PortalEnv>,
  deps: Deps,
): Html {
  const path = `/me/photos/${photo.id}`
  const reader = c.get('reader')
  const { say } = reader
  return html`<h1>${say(...TAKEN_FOR_WORDS[photo.takenFor])}</h1>
${picture(path, isOpen, reader)}
${photoTerms(photo, formatInstant(deps.now()), reader)}
<h2>${say('能用来办什么证件', 'For which documents it can serve')}</h2>
<p class="quiet">${say('按每种证件的要求核对, 点开看理由。照片上是不是您、表情和姿势, 系统没有核对。', 'Judged by each document’s rule; open one for the reasons. Nobody here looks at the face.')}</p>
${documents.toSorted((one, other) => RANK[one.verdict] - RANK[other.verdict]).map((one) => verdictOf(one, reader))}
${matters(goodFor, reader)}
${photo.source.region === null ? deletion(path, c) : ''}
<p><a href="/me/photos">${say('返回照片', 'Back to the photos')}</a></p>`
}

/** The picture, or what hides it until it is asked for. */
const picture = (path: string, isOpen: boolean, { say }: Reader): Html =>
  isOpen
    ? html`<figure class="picture" id="picture"><img src="${path}/picture" alt="${say('我的照片, 印有“仅供本人查看”字样', 'My photo, marked for my eyes only')}"><figcaption class="quiet">${say('这次查看已经记录。照片上印有“仅供本人查看”, 办事时交出的没有。', 'This look was recorded. The mark is on what you see here, not on what is handed over.')}</figcaption></figure><p><a class="button plain" href="${path}">${say('遮住', 'Hide')}</a></p>`
    : html`<div class="picture masked"><p>${say('照片已遮住', 'The picture is hidden')}</p><a class="button" href="${path}?picture=shown#picture">${say('打开照片', 'Show it')}</a></div>`

const RANK: Readonly<Record<Verdict, number>> = { fits: 0, canBeMadeToFit: 1, unchecked: 2, doesNotFit: 3 }
/** A sign beside the words, for the eye that runs over the list. */
const SIGNS: Readonly<Record<Verdict, string>> = {
  fits: '✓',
  canBeMadeToFit: '✓',
  unchecked: '?',
  doesNotFit: '✕',
}

/** One document, with the reasons that speak against it before those that speak for it. */
function verdictOf({ name, verdict, findings }: PhotoFitness['documents'][number], reader: Reader): Html {
  const rank = (one: Verdict) => (one === verdict ? -1 : RANK[one])
  const sorted = findings.toSorted((one, other) => rank(one.verdict) - rank(other.verdict))
  const { say } = reader
  return html`<details class="verdict"><summary><span class="sign ${verdict}" aria-hidden="true">${SIGNS[verdict]}</span> <strong>${reader.name(name)}</strong>: ${say(...VERDICT_WORDS[verdict])}</summary>
<ul>${sorted.map(({ zh, en, verdict: one }) => html`<li><span class="sign ${one}" aria-hidden="true">${SIGNS[one]}</span> ${say(zh, en)}</li>`)}</ul></details>`
}

const regionOf = ({ region }: { readonly region: string }) =>
  REGIONS.find(({ id }) => id === region) ?? { zh: region, en: region }

/** One line a name: a matter of one name is handled in many cities, and the next page asks in which. */
function matters(goodFor: PhotoFitness['goodFor'], { say, name }: Reader): Html {
  const names = [...new Set(goodFor.map((one) => one.name))]
  const regions = (matter: string) => [...new Set(goodFor.filter((one) => one.name === matter).map(regionOf))]
  const line = (matter: string) =>
    html`<li><a href="/me/preview?words=${encodeURIComponent(matter)}">${name({ zh: matter })}</a> <span class="quiet">${say(
      regions(matter)
        .map(({ zh }) => zh)
        .join('、'),
      regions(matter)
        .map(({ en }) => en)
        .join(', '),
    )}</span></li>`
  return html`<h2>${say('可以用在这些事项', 'Matters for which it is good')}</h2>
${names.length === 0 ? html`<p>${say('没有查到用得上这张照片的事项。', 'None was found.')}</p>` : html`<ul>${names.map(line)}</ul>`}`
}

function deletion(path: string, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  return html`<details><summary>${say('删除这张照片', 'Delete this photo')}</summary><p>${say('删除后不能恢复。已经交给受理部门的不受影响。', 'It cannot be brought back. What a department already has stays there.')}</p>
<form method="post" action="${path}/delete">${tokenField(c)}<button class="danger">${say('确定删除', 'Delete it')}</button></form></details>`
}
