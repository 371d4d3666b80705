/** 照片: which photos of me the regions hold, asked all at once. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { listPhotos } from '../../federation/photos/photos.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Photo } from '../../schemas/photo.ts'
import type { PortalEnv } from '../env.ts'
import { CAPTURE } from '../frame/bounds.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { completenessWords, minuteOf, placeWords, scopeLinks, TAKEN_FOR_WORDS } from './holding-words.ts'

/** Routes for somebody who is logged in. */
export function photoRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/photos', async (c) => {
    const cities = c.req.query('cities')
    const { items, completeness } = await listPhotos({ scope: scopeIn(cities, 'all') }, c.get('actor'), deps)
    const now = formatInstant(deps.now())
    const reader = c.get('reader')
    const { say } = reader
    return view(c, {
      title: say('照片', 'Photos'),
      nav: 'me',
      body: html`<h1>${say('我的照片', 'My photos')}</h1>
<p>${say('各地办证时拍的照片, 办别的事可以接着用, 不用再拍。', 'Photos that were taken for one document can serve for another.')}</p>
<p><a class="button" href="${CAPTURE}">${say('拍一张新的', 'Take a new one')}</a></p>
${scopeLinks('/me/photos', cities, reader)}
${completenessWords(completeness, ['照片', 'photo'], reader)}
${items.length === 0 ? html`<p class="card">${say('没有查到照片。可以现在拍一张。', 'None was found. You can take one now.')}</p>` : items.map((photo) => card(photo, now, reader))}`,
    })
  })
  return app
}

/** The picture itself is behind the link: whoever stands beside sees nothing. */
const card = (photo: Photo, now: string, reader: Reader): Html =>
  html`<section class="card"><h2>${reader.say(...TAKEN_FOR_WORDS[photo.takenFor])}</h2>${photoTerms(photo, now, reader)}
<p><a class="button plain" href="/me/photos/${photo.id}">${reader.say('看照片', 'Look')}</a></p></section>`

/** What is known of a photo without its picture. @param now an instant as the gateway writes it */
export function photoTerms(photo: Photo, now: string, reader: Reader): Html {
  const { takenFor, rawSource, takenOn, validUntil, source, asOf } = photo
  const { say, name } = reader
  const isRaw = takenFor === 'unknown' && rawSource.label !== ''
  const until = validUntil?.slice(0, 10)
  return html`<dl>${isRaw ? html`<dt>${say('种类', 'Kind')}</dt><dd>${name({ zh: rawSource.label })}</dd>` : ''}<dt>${say('拍摄', 'Taken')}</dt><dd>${takenOn ?? say('日期不详', 'date not known')}</dd><dt>${say('来源', 'From')}</dt><dd>${placeWords(source, reader)}</dd>${validUntil === null ? '' : html`<dt>${say('使用期', 'Serves')}</dt><dd>${say(`至 ${until}`, `until ${until}`)}${validUntil < now ? html` <strong>${say('已过', 'over')}</strong>` : ''}</dd>`}<dt class="extra">${say('查询', 'Asked')}</dt><dd class="extra">${minuteOf(asOf)}</dd></dl>`
}
