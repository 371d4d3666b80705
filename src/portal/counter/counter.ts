/** The page for a counter: typed digits or the camera, and what the purpose lets it learn. It acts for the client of its desk. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Desk, deskOf } from '../../federation/identity/desks.ts'
import { isPurpose } from '../../federation/identity/purposes.ts'
import { type Learned, scanCode } from '../../federation/identity/scan.ts'
import { REGIONS } from '../../schemas/division.ts'
import { ID_DOCUMENT_TYPES } from '../../schemas/identifiers/index.ts'
import type { PortalEnv } from '../env.ts'
import { assetPath } from '../frame/assets.ts'
import { deskSecret, ensureBrowser, setDesk } from '../frame/cookies.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import { both, clock, PURPOSE_WORDS } from './counter-words.ts'

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
    return c.html(
      page(
        '前台',
        html`<h1>${client.name}</h1><p>把这台设备设为前台, 用来核验客人出示的身份码。 ${en('Let this browser scan codes for this counter.')}</p>
<p>只在贵单位自己的设备上这样做。 ${en('Only on a device of your own.')}</p>
<form method="post"><input type="hidden" name="token" value="${formTokenOf(ensureBrowser(c))}"><button>设为前台 Use as desk</button></form>`,
      ),
    )
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
    if (!desk) return c.html(page('前台', closed), 403)
    return c.html(page('核验身份码', form(desk, c), false, { script: assetPath('scan.js') }))
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
      const then = { seconds: SHOWN_SECONDS, path: '/counter' }
      return c.html(page('核验结果', result(learned, c.get('requestId')), false, { then }))
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      const body = form(desk, c, error)
      return c.html(
        page('核验身份码', body, false, { script: assetPath('scan.js') }),
        PROBLEMS[error.code].status as 400,
      )
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

const closed = html`<h1>核验身份码 ${en('Scan an identity code')}</h1>
<p>这台设备还不是前台, 或者链接已到期、已撤销。请向网关运维索取前台链接, 在这里打开。</p>
<p>${en('This browser is no desk, or its link has ended. Ask the operators of the gateway for a link and open it here.')}</p>`

/** The field for digits; the script adds a camera where the browser can read codes by itself. */
function form({ client }: Desk, c: Context<PortalEnv>, error?: GatewayError): Html {
  const purposes = [...client.purposes]
  const [only] = purposes
  return html`<h1>核验身份码 ${en('Scan an identity code')}</h1><p class="quiet">${client.name}</p>
${error ? refusal(error) : ''}
<form method="post" action="/counter" id="scan"><input type="hidden" name="token" value="${formTokenOf(deskSecret(c) ?? '')}">
${
  purposes.length === 1 && only
    ? html`<input type="hidden" name="purpose" value="${only}"><p>用途: <strong>${both(PURPOSE_WORDS[only])}</strong></p>`
    : html`<label for="purpose">用途 ${en('Purpose')}</label><select id="purpose" name="purpose">${purposes.map((one) => html`<option value="${one}">${PURPOSE_WORDS[one].join(' ')}</option>`)}</select>`
}
<label for="code">客人手机上的十位数字 ${en('The ten digits on the guest’s phone')}</label>
<input id="code" name="code" class="big" inputmode="numeric" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${MOST_CHARACTERS}" required autofocus>
<p class="quiet">扫码枪可以直接扫入此栏。 <span lang="en">A hand-held scanner may type into this field.</span></p>
<div class="row"><button>核验 Verify</button><button type="button" id="camera" class="plain" hidden>用摄像头扫 Camera</button></div></form>
<div id="view" hidden><video id="video" muted playsinline></video><p role="status" id="told" data-failed="摄像头不可用, 请输入数字。 The camera cannot be used; type the digits.">对准二维码 ${en('Point it at the code')}</p></div>`
}

/** What is wrong and what to do; the form stands below it. */
function refusal({ code, errors }: GatewayError): Html {
  const { title, fix } = PROBLEMS[code]
  const [first] = errors
  return html`<div class="card" role="alert"><h2>${first ? first.zh : title.zh}</h2><p>${en(first ? first.en : title.en)}</p>${first ? '' : html`<p>${fix.zh}。<br>${en(`${fix.en}.`)}</p>`}</div>`
}

function result(learned: Learned, requestId: string): Html {
  const { name, idDocument, validity, photoMatch, loa, region, purpose } = learned
  const type = ID_DOCUMENT_TYPES[idDocument.type]
  const home = REGIONS.find(({ id }) => id === region)
  return html`<h1>已核验 ${en('Verified')}</h1><section class="card"><dl class="big"><dt>姓名 Name</dt><dd>${name}</dd><dt>证件类型 Type</dt><dd>${type ? html`${type.zh} ${en(type.en)}` : idDocument.type}</dd><dt>证件号码 Number</dt><dd>${idDocument.number}</dd>
${validity ? html`<dt>身份码 Code</dt><dd>${clock(validity.from)}–${clock(validity.until)}</dd>` : ''}${loa === undefined ? '' : html`<dt>实名等级 Level</dt><dd>${loa} / 4</dd>`}${home ? html`<dt>登录地区 Region</dt><dd>${home.zh} ${en(home.en)}</dd>` : ''}</dl></section>
${photoMatch ? html`<p role="status"><strong>请您当面核对: 本人与证件照片是否一致。网关没有比对面容。</strong><br>${en('Compare the face yourself: the gateway has not.')}</p>` : ''}
<p class="quiet">用途: ${both(PURPOSE_WORDS[purpose])} · 本次核验客人可见 · ${requestId}<br>两分钟后此页自动清空。 <span lang="en">The page clears itself after two minutes.</span></p>
<p><a class="button" href="/counter">下一位 ${en('Next guest')}</a></p>`
}
