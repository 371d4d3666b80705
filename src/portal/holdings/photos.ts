/** 照片: which photos of me the regions hold, asked all at once. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { listPhotos } from '../../federation/photos/photos.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Photo } from '../../schemas/photo.ts'
import { both } from '../counter/counter-words.ts'
import type { PortalEnv } from '../env.ts'
import { CAPTURE } from '../frame/bounds.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { completenessWords, minuteOf, placeWords, scopeLinks, TAKEN_FOR_WORDS } from './holding-words.ts'

/** Routes for somebody who is logged in. */
export function photoRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/photos', async (c) => {
    const cities = c.req.query('cities')
    const { items, completeness } = await listPhotos({ scope: scopeIn(cities, 'all') }, c.get('actor'), deps)
    const now = formatInstant(deps.now())
    return c.html(
      page(
        '照片',
        html`<h1>我的照片 ${en('My photos')}</h1>
<p>各地办证时拍的照片, 办别的事可以接着用, 不用再拍。<br>${en('Photos that were taken for one document can serve for another.')}</p>
<p><a class="button" href="${CAPTURE}">拍一张新的 Take a new one</a></p>
${scopeLinks('/me/photos', cities)}
${completenessWords(completeness, ['照片', 'photo'])}
${items.length === 0 ? html`<p class="card">没有查到照片。可以现在拍一张。<br>${en('None was found. You can take one now.')}</p>` : items.map((photo) => card(photo, now))}`,
        true,
      ),
    )
  })
  return app
}

/** The picture itself is behind the link: whoever stands beside sees nothing. */
const card = (photo: Photo, now: string): Html =>
  html`<section class="card"><h2>${both(TAKEN_FOR_WORDS[photo.takenFor])}</h2>${photoTerms(photo, now)}
<a class="button plain" href="/me/photos/${photo.id}">看照片 ${en('Look')}</a></section>`

/** What is known of a photo without its picture. @param now an instant as the gateway writes it */
export const photoTerms = (
  { takenFor, rawSource, takenOn, validUntil, source, asOf }: Photo,
  now: string,
): Html =>
  html`<dl>${takenFor === 'unknown' && rawSource.label !== '' ? html`<dt>种类</dt><dd>${rawSource.label}</dd>` : ''}<dt>拍摄</dt><dd>${takenOn ?? '日期不详'}</dd><dt>来源</dt><dd>${placeWords(source)}</dd>${validUntil === null ? '' : html`<dt>使用期</dt><dd>至 ${validUntil.slice(0, 10)}${validUntil < now ? html` <strong>已过</strong>` : ''}</dd>`}<dt>查询</dt><dd>${minuteOf(asOf)}</dd></dl>`
