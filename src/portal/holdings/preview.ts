/** 一次预览: everything that would be released for one matter, decided on one page. */
import { type Context, Hono } from 'hono'
import { type Given, giveConsent } from '../../federation/consent/consents.ts'
import type { Deps } from '../../federation/deps.ts'
import { previewRelease } from '../../federation/preview/preview.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import { guardianCodes } from './guardian.ts'
import { chooseMatter } from './matter-search.ts'
import { type Ask, asksFor, type Pick, picksIn, proposed } from './preview-choice.ts'
import { preparePicks } from './preview-done.ts'
import { type Notice, previewForm, type Shown } from './preview-form.ts'
import { doneAddress } from './preview-parts.ts'

const CHANGED: Notice = {
  zh: '选择变了, 同意书的文字也随之改变。请把下面的文字再看一遍, 重新勾选。',
  en: 'Your choice changed, and the words with it. Read them again and tick again.',
}
const GONE: Notice = {
  zh: '刚才选的一项现在用不了了。请看看现在的选择。',
  en: 'Something that you chose cannot be used any more. Look at what can.',
}
const NOT_TICKED: Notice = {
  zh: '没有勾选任何一项同意, 没有交出任何东西。',
  en: 'Nothing was ticked: nothing was handed over.',
}

/** Routes for somebody who is logged in. */
export function previewRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/preview', async (c) => {
    const { matter, division = '', cities = '', words = '' } = c.req.query()
    const reader = c.get('reader')
    if (!matter)
      return view(c, {
        title: reader.say('一次预览', 'Preview'),
        body: await chooseMatter(words, division, reader, deps),
        nav: 'me',
      })
    const previewed = await previewRelease(requestOf(matter, division, cities), c.get('actor'), deps)
    const picks = proposed(previewed.preview)
    const asks = await asksFor(previewed.preview, picks, c.get('actor'), deps)
    return show(c, { ...previewed, cities, picks, asks }, 200)
  })

  app.post('/me/preview', async (c) => {
    const form = await c.req.formData()
    const text = (name: string) => String(form.get(name) ?? '')
    const cities = text('cities')
    // Asked again: what is agreed to is what is there now.
    const request = requestOf(text('matter'), text('division'), cities)
    const previewed = await previewRelease(request, c.get('actor'), deps)
    const { picks, isGone } = picksIn(previewed.preview, form)
    const asks = await asksFor(previewed.preview, picks, c.get('actor'), deps)
    const again = (notice: Notice, status: 409 | 422) =>
      show(c, { ...previewed, cities, picks, asks, notice }, status)
    if (isGone) return again(GONE, 409)
    if (form.get('do') !== 'agree') return show(c, { ...previewed, cities, picks, asks }, 200)
    const ticked = asks.filter(({ request: { kind } }) => form.get(`agree.${kind}`) === 'yes')
    if (ticked.some((ask) => form.get(`digest.${ask.request.kind}`) !== ask.text.wording.digest))
      return again(CHANGED, 409)
    if (ticked.length === 0) return again(NOT_TICKED, 422)
    return agree(c, ticked, picks, deps)
  })
  return app
}

/** All cities are asked unless the person chose fewer: what nobody is asked for cannot spare a paper. */
const requestOf = (matter: string, division: string, cities: string) => ({
  matter,
  ...(division === '' ? {} : { division }),
  cities: cities === '' ? '*' : cities,
})

const show = (c: Context<PortalEnv>, shown: Shown, status: 200 | 409 | 422) =>
  view(c, {
    title: c.get('reader').say('一次预览', 'Preview'),
    body: previewForm(shown, tokenField(c), c.get('reader')),
    nav: 'me',
    status,
  })

/** Gives what was ticked, prepares the photos, and shows the result; for a child the guardian's codes, which are told this once. */
async function agree(c: Context<PortalEnv>, ticked: readonly Ask[], picks: readonly Pick[], deps: Deps) {
  const given: Given[] = []
  for (const { request, text } of ticked)
    given.push(await giveConsent({ ...request, digest: text.wording.digest }, c.get('actor'), deps))
  const agreed = picks.filter(({ kind }) => ticked.some(({ request }) => request.kind === kind))
  const consents = given.map(({ consent }) => consent)
  const ids = consents.map(({ id }) => id)
  if (given.some(({ guardian }) => guardian)) {
    const reader = c.get('reader')
    const body = guardianCodes(given, doneAddress(ids, agreed, []), reader)
    return view(c, { title: reader.say('请监护人同意', 'Ask the guardian'), body, nav: 'me' })
  }
  const prepared = await preparePicks(consents, agreed, c.get('actor'), deps)
  return c.redirect(doneAddress(ids, agreed, prepared), 303)
}
