/** Taking a photo: a file input that opens a phone's camera; with script a preview with hints. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { capturePhoto } from '../../federation/photos/capture.ts'
import type { PortalEnv } from '../env.ts'
import { CAPTURE } from '../frame/bounds.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'

/** What is wrong with the picture, as opposed to with the log-in: said at the field. */
const AT_THE_FIELD: ReadonlySet<ProblemCode> = new Set([
  'PICTURE_UNUSABLE',
  'FILE_EMPTY',
  'BODY_TOO_LARGE',
  'PICTURES_BUSY',
  'PHOTOS_TOO_MANY',
])

/** Routes for somebody who is logged in. */
export function captureRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const show = (c: Context<PortalEnv>, fault?: Fault) =>
    view(c, {
      title: c.get('reader').say('拍照片', 'Take a photo'),
      body: form(c, fault),
      nav: 'me',
      scripts: ['capture.js'],
      status: fault ? 422 : 200,
    })

  app.get(CAPTURE, (c) =>
    show(
      c,
      c.req.query('error') === 'BODY_TOO_LARGE' ? faultOf(new GatewayError('BODY_TOO_LARGE')) : undefined,
    ),
  )

  app.post(CAPTURE, async (c) => {
    const { file } = await c.req.parseBody()
    // A browser sends an empty part without a name where nothing was chosen.
    if (!(file instanceof File) || (file.size === 0 && file.name === '')) return show(c, NOTHING)
    try {
      const bytes = Buffer.from(await file.arrayBuffer())
      const { photo } = await capturePhoto(bytes, c.get('actor'), deps)
      return c.redirect(`/me/photos/${photo.id}`, 303)
    } catch (error) {
      if (!(error instanceof GatewayError) || !AT_THE_FIELD.has(error.code)) throw error
      return show(c, faultOf(error))
    }
  })
  return app
}

interface Fault {
  readonly zh: string
  readonly en: string
}

const NOTHING: Fault = { zh: '请先选择或拍一张照片', en: 'Choose or take a photo first' }

function faultOf({ code, errors }: GatewayError): Fault {
  const [first] = errors
  if (first) return { zh: first.zh, en: first.en }
  const { title, fix } = PROBLEMS[code]
  return { zh: `${title.zh}。${fix.zh}`, en: `${title.en}. ${fix.en}` }
}

/** The camera's part is hidden until the script has found a camera. */
function form(c: Context<PortalEnv>, fault: Fault | undefined): Html {
  const { say } = c.get('reader')
  return html`<h1>${say('拍一张照片', 'Take a photo')}</h1>
<ul><li>${say('站在白墙前, 光线均匀, 脸上没有影子', 'A white wall, even light, no shadow on the face')}</li><li>${say('正对镜头, 露出眉毛和耳朵, 不戴帽子和有色眼镜', 'Face the camera; brows and ears are seen; no hat, no tinted glasses')}</li><li>${say('用手机的普通模式, 不要美颜', 'The phone’s plain mode, no beauty filter')}</li></ul>
${camera(c.get('reader'))}
<form class="card" method="post" action="${CAPTURE}" enctype="multipart/form-data" id="capture">${tokenField(c)}
<label for="file">${say('选择照片, 或用手机拍', 'Choose a photo, or take one with the phone')}</label>
${fault ? html`<p class="fault" role="alert" id="fault">${say(fault.zh, fault.en)}</p>` : ''}
<input id="file" name="file" type="file" accept="image/jpeg,image/png" capture="user" required aria-describedby="${fault ? 'fault ' : ''}limits"${fault ? html` aria-invalid="true"` : ''}>
<p class="quiet" id="limits">${say('JPG 或 PNG, 不超过 20 MB。照片只用于您自己的申请, 拍摄地点等信息不保留, 随时可以删除。', 'JPEG or PNG, 20 MB at most. It serves your own applications alone; where it was taken is not kept; you can delete it.')}</p>
<p><button>${say('上传并核对', 'Upload and check')}</button></p></form>
<p><a href="/me/photos">${say('返回照片', 'Back to the photos')}</a></p>`
}

const camera = ({ say }: Reader): Html =>
  html`<section class="card" id="camera" hidden data-denied="${say('打不开摄像头, 请用下面的“选择照片”。', 'The camera cannot be opened; choose a file below.')}">
<h2>${say('用摄像头拍', 'With the camera')}</h2>
<div class="viewfinder" id="view" hidden><video id="video" muted playsinline></video><canvas id="still" hidden aria-label="${say('拍下的照片', 'The photo that was taken')}" role="img"></canvas><svg id="guide" viewBox="0 0 80 100" aria-hidden="true"><ellipse cx="40" cy="44" rx="20" ry="27"></ellipse></svg></div>
<p class="quiet">${say('椭圆只帮您对准, 系统不识别人脸。', 'The oval is only a guide; nothing here looks for a face.')}</p>
<p role="status" id="told" data-ready="${say('把脸放进椭圆里', 'Put your face into the oval')}" data-dark="${say('太暗了, 请到亮处', 'Too dark')}" data-bright="${say('太亮了, 请避开强光', 'Too bright')}" data-blurred="${say('有些模糊, 请拿稳', 'Blurred, hold still')}" data-good="${say('可以拍了', 'Ready')}" data-taken="${say('看清楚了再用; 不满意就重拍。', 'Use it, or take it again.')}"></p>
<div class="row"><button type="button" id="open">${say('打开摄像头', 'Open the camera')}</button><button type="button" id="take" hidden>${say('拍', 'Take')}</button><button type="button" id="use" hidden>${say('用这张', 'Use it')}</button><button type="button" id="again" class="plain" hidden>${say('重拍', 'Again')}</button></div></section>`
