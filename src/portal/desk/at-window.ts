/** 窗口待我确认: on their own phone the person sees what a window wants to do for them, and says whether it may. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { giveConsent } from '../../federation/consent/consents.ts'
import type { Deps } from '../../federation/deps.ts'
import { agreeOnPhone, myDeskCase, previewAt, takeBack, waitingForMe } from '../../federation/desk/agree.ts'
import type { DeskCase, Spared } from '../../federation/desk/content.ts'
import type { Previewed } from '../../federation/preview/preview.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { type Ask, asksFor, type Pick, proposed } from '../holdings/preview-choice.ts'
import { cityWord } from './words.ts'

/** Routes for somebody who is logged in. */
export function atWindowRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/at-window', async (c) => {
    const { say } = c.get('reader')
    const waiting = await waitingForMe(c.get('actor'), deps)
    const title = say('窗口待我确认', 'Waiting at the window')
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${title}</h1>${waiting.length === 0 ? html`<p role="status">${say('没有窗口在等您确认。', 'No window waits for you.')}</p>` : html`<ul class="plainlist">${waiting.map(({ row }) => html`<li><a href="/me/at-window/${row.id}"><span lang="zh-CN">${deps.clients(row.clientId)?.name ?? ''}</span></a> ${row.consent === null ? html`<span class="tag">${say('等您确认', 'waits')}</span>` : html`<span class="tag">${say('已同意', 'agreed')}</span>`}</li>`)}</ul>`}`,
    })
  })

  app.get('/me/at-window/:id', async (c) => show(c, deps))
  app.post('/me/at-window/:id', async (c) => {
    const desk = await myDeskCase(c.req.param('id'), c.get('actor'), deps)
    const at = `/me/at-window/${desk.row.id}`
    const form = await c.req.parseBody()
    if (form['do'] === 'takeBack') {
      await takeBack(desk, c.get('actor'), deps)
      return c.redirect('/me/at-window', 303)
    }
    if (desk.row.consent !== null) return c.redirect(at, 303)
    const seen = await wordsFor(desk, c, deps)
    const ticked = seen.asks.filter((ask) => form[kindOf(ask)] === 'yes')
    // The words changed since the page was shown: they are read again before anybody agrees to them.
    if (ticked.some((ask) => form[`${kindOf(ask)}.digest`] !== digestOf(ask))) return show(c, deps)
    const agreed = new Set<Pick['kind']>()
    for (const ask of ticked) {
      const { guardian } = await giveConsent({ ...ask.request, digest: digestOf(ask) }, c.get('actor'), deps)
      // A child's word needs a guardian's, who is not at this window: the paper is brought.
      if (!guardian) agreed.add(kindOf(ask))
    }
    await agreeOnPhone(desk, seen.previewed, sparedBy(seen, agreed), c.get('actor'), deps)
    return c.redirect(at, 303)
  })
  return app
}

interface Seen {
  readonly previewed: Previewed
  readonly picks: readonly Pick[]
  readonly asks: readonly Ask[]
}

/** What would be looked up and used, and the words of the consents that photos and licences take. */
async function wordsFor(desk: DeskCase, c: Context<PortalEnv>, deps: Deps): Promise<Seen> {
  const previewed = await previewAt(desk, c.get('actor'), deps)
  const picks = proposed(previewed.preview)
  return { previewed, picks, asks: await asksFor(previewed.preview, picks, c.get('actor'), deps) }
}

const kindOf = ({ request }: Ask): Pick['kind'] => request.kind
const digestOf = ({ text }: Ask): string => text.wording.digest

/** @param agreed to which of them the person has agreed */
function sparedBy({ previewed, picks }: Seen, agreed: ReadonlySet<Pick['kind']>): Spared[] {
  const candidates = previewed.preview.documents.flatMap((document) => document.candidates)
  return picks
    .filter(({ kind }) => agreed.has(kind))
    .map(({ document, kind, holding }) => ({
      document,
      name: candidates.find(({ id }) => id === holding)?.name ?? holding,
      ...(kind === 'photo' ? { photo: holding } : { licence: holding }),
    }))
}

async function show(c: Context<PortalEnv>, deps: Deps) {
  const { say } = c.get('reader')
  const desk = await myDeskCase(c.req.param('id') ?? '', c.get('actor'), deps)
  const { row } = desk
  const window = deps.clients(row.clientId)?.name ?? row.clientId
  const { matter } = (await deps.catalogue.current(row.matterId ?? '')) ?? {}
  const title = say('窗口办事确认', 'Confirm for the window')
  const head = html`<h1>${title}</h1><dl class="fields"><dt>${say('窗口', 'Window')}</dt><dd lang="zh-CN">${window}</dd><dt>${say('事项', 'Matter')}</dt><dd lang="zh-CN">${matter?.name.zh ?? ''}</dd><dt>${say('办理地', 'City that decides')}</dt><dd>${cityWord(row.division, c.get('reader'))}</dd></dl>`
  const body =
    row.consent === null
      ? html`${head}${agreeForm(c, await wordsFor(desk, c, deps))}`
      : html`${head}<p role="status" class="big">✓ ${say('您已同意, 请窗口继续。', 'You have agreed; the window can go on.')}</p>${row.state === 'open' ? html`<form method="post">${tokenField(c)}<button name="do" value="takeBack" class="danger">${say('撤回同意', 'Take it back')}</button></form>` : ''}`
  return view(c, { title, nav: 'me', body })
}

function agreeForm(c: Context<PortalEnv>, { previewed, asks }: Seen): Html {
  const { say } = c.get('reader')
  const known = previewed.preview.fields.filter(({ value }) => value !== null)
  return html`<section class="card"><h2>${say('您同意后', 'If you agree')}</h2><ul><li>${say('窗口用您的证照和以前的办件填写申请; 窗口人员看到的是遮盖后的内容。', 'The window fills the application in from your licences and earlier cases; the clerk sees them masked.')}</li><li>${say('窗口以您的名义提交这一个事项。', 'The window files this one matter in your name.')}</li><li>${say('每次查看都记在“谁看了”。', 'Every look is noted under “Who looked”.')}</li></ul></section>
${known.length === 0 ? '' : html`<section class="card"><h2>${say('不用再填的内容', 'What need not be filled in')}</h2><dl>${known.map(({ label, value }) => html`<dt>${c.get('reader').name(label)}</dt><dd>${value}</dd>`)}</dl></section>`}
<form method="post">${tokenField(c)}${asks.map((ask) => askPart(ask, c))}<p><button>${say('同意, 让窗口继续', 'Agree: let the window go on')}</button> <a class="button plain" href="/me">${say('不同意', 'No')}</a></p></form>`
}

/** A consent of its own for each kind: a face is sensitive, and agreed to separately. */
const ASKED: Readonly<Record<Pick['kind'], Readonly<Record<'title' | 'agree', readonly [string, string]>>>> =
  {
    licence: {
      title: ['用证照代替材料', 'Licences instead of papers'],
      agree: ['我同意用这些证照代替材料', 'I agree that these licences stand for papers'],
    },
    photo: {
      title: ['用照片库里的照片, 不重拍', 'A photo of the library instead of a new one'],
      agree: ['我同意用这张照片', 'I agree that this photo is used'],
    },
  }

function askPart(ask: Ask, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const kind = kindOf(ask)
  const { zh, en } = ask.text.wording
  return html`<section class="card"><h2>${say(...ASKED[kind].title)}</h2><div class="words">${say(zh, en)}</div><input type="hidden" name="${kind}.digest" value="${digestOf(ask)}"><p class="choice"><label><input type="checkbox" name="${kind}" value="yes"> ${say(...ASKED[kind].agree)}</label></p></section>`
}
