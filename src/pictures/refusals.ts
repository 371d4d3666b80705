/** Why a file is not opened, in words for whoever sent it: what is wrong, and what to do. */
import { fault, GatewayError } from '../errors.ts'
import type { Kind } from './sniff.ts'

/** Reasons by their code. A code is never renamed. */
const REASONS = {
  EMPTY: ['文件是空的, 请重新选择照片', 'The file is empty; choose the photo again'],
  TOO_MANY_BYTES: [
    '照片文件太大, 不能超过 20 MB, 请换一张小一些的',
    'The file is too large; a photo may have 20 MB at most',
  ],
  TOO_MANY_PIXELS: [
    '照片的尺寸太大, 请用手机的普通模式重拍',
    'The picture is too large; take it in the phone’s normal mode',
  ],
  TOO_FEW_PIXELS: [
    '照片太小, 看不清楚, 请换一张大一些的',
    'The picture is too small to be seen; choose a larger one',
  ],
  TOO_LONG: [
    '图片又细又长, 不是一张人像照片, 请重新选择',
    'The picture is a mere strip; choose a photo of a person',
  ],
  TRUNCATED: ['照片文件不完整, 可能没有传完, 请重新上传', 'The file is not complete; upload it again'],
  BROKEN: ['照片文件已损坏, 请重新拍一张', 'The file is damaged; take the photo again'],
  ANIMATED: ['这是会动的图片, 请上传一张普通照片', 'This picture moves; upload a plain photo'],
  UNUSUAL: [
    '这种图片编码很少见, 请用手机重拍一张',
    'The picture is coded in an unusual way; take the photo with a phone',
  ],
  TOO_SLOW: [
    '这张图片处理不了, 请用手机重拍一张',
    'This picture takes too long; take the photo with a phone',
  ],
  IS_GIF: ['这是 GIF 图片, 请上传 JPG 或 PNG 照片', 'This is a GIF; upload a photo as JPEG or PNG'],
  IS_WEBP: [
    '这是 WebP 图片, 请上传 JPG 或 PNG 照片',
    'This is a WebP picture; upload a photo as JPEG or PNG',
  ],
  IS_TIFF: ['这是 TIFF 图片, 请另存为 JPG 再上传', 'This is a TIFF; save it as JPEG and upload that'],
  IS_HEIC: [
    '这是 HEIC 照片, 请在手机“设置 → 相机 → 格式”里选“兼容性最佳”后重拍, 或另存为 JPG 再上传',
    'This is a HEIC photo; let the camera save “most compatible” pictures, or save it as JPEG',
  ],
  IS_VIDEO: ['这是视频, 请上传一张照片', 'This is a film; upload a photo'],
  IS_PDF: ['这是 PDF 文件, 请上传 JPG 或 PNG 照片', 'This is a PDF; upload a photo as JPEG or PNG'],
  IS_BMP: ['这是 BMP 图片, 请另存为 JPG 再上传', 'This is a BMP; save it as JPEG and upload that'],
  IS_ICON: ['这是图标文件, 请上传一张照片', 'This is an icon; upload a photo'],
  IS_ARCHIVE: ['这是压缩包或文档, 请上传一张照片', 'This is an archive or a document; upload a photo'],
  IS_OFFICE: ['这是文档, 请上传一张照片', 'This is a document; upload a photo'],
  IS_PROGRAM: ['这是程序文件, 请上传一张照片', 'This is a program; upload a photo'],
  IS_SVG: [
    '这是 SVG 图形, 不是照片, 请上传 JPG 或 PNG 照片',
    'This is an SVG drawing, not a photo; upload a JPEG or PNG',
  ],
  IS_HTML: ['这是网页文件, 请上传一张照片', 'This is a web page; upload a photo'],
  IS_TEXT: ['这是文字文件, 请上传一张照片', 'This is a text; upload a photo'],
  IS_OTHERPICTURE: [
    '这种图片格式不支持, 请另存为 JPG 再上传',
    'This format is not taken; save the picture as JPEG',
  ],
  IS_UNKNOWN: [
    '认不出这是什么文件, 请上传 JPG 或 PNG 照片',
    'This file is of no known kind; upload a photo as JPEG or PNG',
  ],
} as const satisfies Readonly<Record<string, readonly [zh: string, en: string]>>

/** A stable word for a reason. */
export type Reason = keyof typeof REASONS

/** The error of a file that is not opened: `facts.reason`, and the sentences in `errors`. */
export function unusable(reason: Reason, cause?: unknown): GatewayError {
  const [zh, en] = REASONS[reason]
  return new GatewayError('PICTURE_UNUSABLE', { reason }, { errors: [fault('', reason, zh, en)], cause })
}

/** The reason for a file that is neither JPEG nor PNG. */
export const reasonFor = (kind: Exclude<Kind, 'jpeg' | 'png'>): Reason => `IS_${upper(kind)}`

// `toUpperCase` forgets which word it was given.
const upper = <const K extends string>(kind: K) => kind.toUpperCase() as Uppercase<K>

/** What libvips says of a picture that it gave up; a fault of our own stays what it is. */
export function gaveUp(cause: unknown): unknown {
  const isForeign = cause instanceof Error && Object.getPrototypeOf(cause) === Error.prototype
  if (!isForeign) return cause
  if (/timeout/i.test(cause.message)) return unusable('TOO_SLOW', cause)
  return unusable(
    /premature end|truncated|end of file|not enough/i.test(cause.message) ? 'TRUNCATED' : 'BROKEN',
    cause,
  )
}
