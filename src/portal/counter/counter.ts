/** The page for a counter: typed digits or the camera, and what the purpose lets it learn. It acts for the client of its desk. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Desk, deskOf } from '../../federation/identity/desks.ts'
import { isPurpose, type Purpose } from '../../federation/identity/purposes.ts'
import { type Learned, scanCode } from '../../federation/identity/scan.ts'
import { ID_DOCUMENT_TYPES } from '../../schemas/identifiers/index.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { deskSecret, ensureBrowser, setDesk } from '../frame/cookies.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { clock, PURPOSE_WORDS } from './counter-words.ts'

/** After so long a guest's data is no longer on the screen. */
const SHOWN_SECONDS = 120
/** A token of a QR code is shorter, and digits are ten. */
const MOST_CHARACTERS = 1_024

export function counterRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  // Opening a link only shows what it does: previews of links open them too.
  app.get('/counter/link/:secret', async (c) => {
    c.header('cache-control', 'no-store')
    const { client } = await deskBehind(c.req.param('secret'), deps)
    const { say } = c.get('reader')
    return view(c, {
      title: say('前台', 'Desk'),
      body: html`<h1>${client.name}</h1><p>${say('把这台设备设为前台, 用来核验客人出示的身份码。', 'Let this browser scan codes for this counter.')}</p>
<p>${say('只在贵单位自己的设备上这样做。', 'Only on a device of your own.')}</p>
<form method="post"><input type="hidden" name="token" value="${formTokenOf(ensureBrowser(c))}"><p><button>${say('设为前台', 'Use as desk')}</button></p></form>`,
    })
  })
  app.post('/counter/link/:secret', async (c) => {
    c.header('cache-control', 'no-store')
    const secret = c.req.param('secret')
    const { row } = await deskBehind(secret, deps)
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    setDesk(c, secret, row.until)
    return c.redirect('/counter', 303)
  })

  app.get('/counter', async (c) => {
    c.header('cache-control', 'no-store')
    const desk = await deskOf(deskSecret(c), deps)
    if (!desk) return closed(c)
    return showForm(c, desk)
  })

  app.post('/counter', async (c) => {
    c.header('cache-control', 'no-store')
    const secret = deskSecret(c)
    const desk = await deskBehind(secret, deps)
    await checkForm(c, formTokenOf(secret ?? ''))
    const { code, purpose } = await c.req.parseBody()
    try {
      if (!isPurpose(purpose)) throw new GatewayError('PURPOSE_NOT_ALLOWED')
      const actor = { clientId: desk.row.clientId, requestId: c.get('requestId') }
      const learned = await scanCode(
        { code: String(code ?? '').slice(0, MOST_CHARACTERS), purpose },
        actor,
        deps,
      )
      const away = { seconds: SHOWN_SECONDS, path: '/counter' }
      const reader = c.get('reader')
      const body = result(learned, c.get('requestId'), reader)
      return view(c, { title: reader.say('核验结果', 'Result'), body, away })
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return showForm(c, desk, error)
    }
  })
  return app
}

/** @throws GatewayError `DESK_LINK_INVALID` */
async function deskBehind(secret: string | undefined, deps: Deps): Promise<Desk> {
  const desk = await deskOf(secret, deps)
  if (!desk) throw new GatewayError('DESK_LINK_INVALID')
  return desk
}

const TITLE = ['核验身份码', 'Scan an identity code'] as const

function closed(c: Context<PortalEnv>) {
  const { say } = c.get('reader')
  return view(c, {
    title: say(...TITLE),
    status: 403,
    body: html`<h1>${say(...TITLE)}</h1>
<p>${say('这台设备还不是前台, 或者链接已到期、已撤销。请向网关运维索取前台链接, 在这里打开。', 'This browser is no desk, or its link has ended. Ask the operators of the gateway for a link and open it here.')}</p>`,
  })
}

const showForm = (c: Context<PortalEnv>, desk: Desk, error?: GatewayError) =>
  view(c, {
    title: c.get('reader').say(...TITLE),
    body: form(desk, c, error),
    scripts: ['scan.js'],
    status: error ? (PROBLEMS[error.code].status as 400) : 200,
  })

/** The field for digits; the script adds a camera where the browser can read codes by itself. */
function form({ client }: Desk, c: Context<PortalEnv>, error?: GatewayError): Html {
  const reader = c.get('reader')
  const { say } = reader
  return html`<h1>${say(...TITLE)}</h1><p class="quiet">${client.name}</p>
${error ? refusal(error, reader) : ''}
<form method="post" action="/counter" id="scan"><input type="hidden" name="token" value="${formTokenOf(deskSecret(c) ?? '')}">
${purposeField([...client.purposes], reader)}
<label for="code">${say('客人手机上的十位数字', 'The ten digits on the guest’s phone')}</label>
<input id="code" name="code" class="big" inputmode="numeric" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${MOST_CHARACTERS}" required autofocus aria-describedby="scanner">
<p class="quiet" id="scanner">${say('扫码枪可以直接扫入此栏。', 'A hand-held scanner may type into this field.')}</p>
<div class="row"><button>${say('核验', 'Verify')}</button><button type="button" id="camera" class="plain" hidden>${say('用摄像头扫', 'Use the camera')}</button></div></form>
<div id="view" hidden><video id="video" muted playsinline></video><p role="status" id="told" data-failed="${say('摄像头不可用, 请输入数字。', 'The camera cannot be used; type the digits.')}">${say('对准二维码', 'Point it at the code')}</p></div>`
}

/** What the scan is for: said where the client has one purpose, chosen where it has more. */
function purposeField(purposes: readonly Purpose[], { say }: Reader): Html {
  const [only] = purposes
  return purposes.length === 1 && only
    ? html`<input type="hidden" name="purpose" value="${only}"><p>${say('用途', 'Purpose')}: <strong>${say(...PURPOSE_WORDS[only])}</strong></p>`
    : html`<label for="purpose">${say('用途', 'Purpose')}</label><select id="purpose" name="purpose">${purposes.map((one) => html`<option value="${one}">${say(...PURPOSE_WORDS[one])}</option>`)}</select>`
}

/** What is wrong and what to do; the form stands below it. */
function refusal({ code, errors }: GatewayError, { say }: Reader): Html {
  const { title, fix } = PROBLEMS[code]
  const [first] = errors
  if (first) return html`<div class="problems" role="alert"><h2>${say(first.zh, first.en)}</h2></div>`
  return html`<div class="problems" role="alert"><h2>${say(title.zh, title.en)}</h2><p>${say(`${fix.zh}。`, `${fix.en}.`)}</p></div>`
}

function result(learned: Learned, requestId: string, { say, name }: Reader): Html {
  const { idDocument, validity, photoMatch, loa, region, purpose } = learned
  const type = ID_DOCUMENT_TYPES[idDocument.type]
  const home = REGIONS.find(({ id }) => id === region)
  return html`<h1>${say('已核验', 'Verified')}</h1><section class="card"><dl class="big"><dt>${say('姓名', 'Name')}</dt><dd>${learned.name}</dd><dt>${say('证件类型', 'Type of document')}</dt><dd>${type ? name(type) : idDocument.type}</dd><dt>${say('证件号码', 'Number')}</dt><dd>${idDocument.number}</dd>
${validity ? html`<dt>${say('身份码', 'Code')}</dt><dd>${clock(validity.from)}–${clock(validity.until)}</dd>` : ''}${loa === undefined ? '' : html`<dt>${say('实名等级', 'Assurance level')}</dt><dd>${loa} / 4</dd>`}${home ? html`<dt>${say('登录地区', 'Region of the log-in')}</dt><dd>${name(home)}</dd>` : ''}</dl></section>
${photoMatch ? html`<p role="status"><strong>${say('请您当面核对: 本人与证件照片是否一致。网关没有比对面容。', 'Compare the face with the document yourself: the gateway has not.')}</strong></p>` : ''}
<p class="quiet">${say('用途', 'Purpose')}: ${say(...PURPOSE_WORDS[purpose])} · ${say('本次核验客人可见', 'the guest sees this scan')} · ${requestId}<br>${say('两分钟后此页自动清空。', 'The page clears itself after two minutes.')}</p>
<p><a class="button" href="/counter">${say('下一位', 'Next guest')}</a></p>`
}
