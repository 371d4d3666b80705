/** What a resident is told about a photo: what is wrong and what to do, in short sentences. No value of a person stands in them but the photo's own day. */
import type { Upright } from './examine.ts'
import type { PhotoRule } from './rules.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

const say = (zh: string, en: string): Words => ({ zh, en })

/** Added to what we only believe. */
const NOT_OFFICIAL = say(
  '（这一条没有查到官方文件, 只供参考, 以受理窗口的要求为准。）',
  ' (We found no official text for this; take it as advice, the window decides.)',
)

/** The words, with the remark that they are advice where no official text stands behind them. */
export const remarked = (words: Words, isOfficial: boolean): Words =>
  isOfficial ? words : say(words.zh + NOT_OFFICIAL.zh, words.en + NOT_OFFICIAL.en)

const kilobytes = (bytes: number) => Math.round(bytes / 1000)
const sizeOf = ({ width, height }: Upright) => `${width}×${height}`
const smallest = ({ pixels }: PhotoRule) => {
  const sides = pixels.value.map(({ width, height }) => ({ width: width[0], height: height[0] }))
  return sizeOf(sides.reduce((a, b) => (b.width < a.width ? b : a)))
}

export const sayFormat = {
  fits: say('照片是 JPG 格式, 可以用。', 'The photo is a JPEG, as it should be.'),
  canBeMadeToFit: say(
    '照片是 PNG 格式, 系统会替您转成 JPG。',
    'The photo is a PNG; it is turned into a JPEG for you.',
  ),
}

export const sayPixels = {
  fits: (size: Upright) =>
    say(`照片大小合适（${sizeOf(size)} 像素）。`, `The photo has the right size (${sizeOf(size)} pixels).`),
  canBeMadeToFit: (size: Upright, to: Upright) =>
    say(
      `照片是 ${sizeOf(size)} 像素, 系统会替您裁剪成 ${sizeOf(to)} 像素, 您不用做什么。`,
      `The photo has ${sizeOf(size)} pixels; it is cut to ${sizeOf(to)} for you, you need do nothing.`,
    ),
}

/** Too small for the rule. */
export const sayTooSmall = (rule: PhotoRule, size: Upright): Words =>
  say(
    `照片太小（${sizeOf(size)} 像素）, ${rule.names.zh}至少要 ${smallest(rule)} 像素。请用手机重新拍一张, 不要用聊天软件里压缩过的图。`,
    `The photo is too small (${sizeOf(size)} pixels); it needs ${smallest(rule)} at least. Take it again with a phone; do not use a picture that a chat has made smaller.`,
  )

export const sayTooRich = (): Words =>
  say(
    '照片杂点太多, 文件缩不到规定的大小。请在亮处重新拍一张。',
    'The photo is so grainy that its file cannot be made small enough. Take it again in good light.',
  )

export const sayTooPlain = (): Words =>
  say(
    '照片上几乎什么都没有, 文件达不到规定的大小。请换一张照片。',
    'There is hardly anything in the picture, so its file is smaller than it may be. Choose another photo.',
  )

export const sayDpi = {
  fits: (dpi: number) =>
    say(`打印精度合适（${dpi} dpi）。`, `The resolution for printing is right (${dpi} dpi).`),
  canBeMadeToFit: (dpi: number) =>
    say(
      `打印精度会替您写成 ${dpi} dpi, 您不用做什么。`,
      `The resolution for printing is set to ${dpi} dpi for you; you need do nothing.`,
    ),
}

export const sayBytes = {
  fits: (bytes: number) =>
    say(`文件大小合适（${kilobytes(bytes)} kB）。`, `The file has the right size (${kilobytes(bytes)} kB).`),
  canBeMadeToFit: (bytes: number, min: number | null, max: number | null) =>
    say(
      `文件有 ${kilobytes(bytes)} kB, 要求${between(min, max).zh}, 系统会替您调整, 您不用做什么。`,
      `The file has ${kilobytes(bytes)} kB and should have ${between(min, max).en}; this is done for you, you need do nothing.`,
    ),
}

/** Bounds are rounded down: 30 kB are 30,720 bytes to be on the safe side, and are told as 30. */
function between(min: number | null, max: number | null): Words {
  const [least, most] = [Math.floor((min ?? 0) / 1000), Math.floor((max ?? 0) / 1000)]
  if (max === null) return say(`不少于 ${least} kB`, `at least ${least} kB`)
  if (min === null) return say(`不超过 ${most} kB`, `at most ${most} kB`)
  return say(` ${least} 到 ${most} kB`, `${least} to ${most} kB`)
}

export const sayBackground = {
  white: say('背景是白色, 可以用。', 'The background is white, as it should be.'),
  paleTaken: say(
    '背景颜色很浅, 但不是纯白。有的地方收, 有的地方不收。最好站在白墙前重新拍一张。',
    'The background is pale but not white. Some places take it, some do not. Best take the photo again before a white wall.',
  ),
  pale: say(
    '背景要白色, 这张偏灰或带颜色。请站在白墙前、光线亮的地方重新拍一张。',
    'The background must be white, and this one is greyish or coloured. Take the photo again before a white wall, in good light.',
  ),
  dark: say(
    '背景要白色, 这张背景太深。请站在白墙前重新拍一张。',
    'The background must be white, and this one is dark. Take the photo again before a white wall.',
  ),
  mixed: say(
    '背景要干净的白色, 这张背景里有别的东西或阴影。请站在空白的白墙前重新拍一张。',
    'The background must be plain white, and there are things or shadows in this one. Take the photo again before an empty white wall.',
  ),
}

export const sayColour = {
  fits: say('照片是彩色的, 可以用。', 'The photo is in colour, as it should be.'),
  doesNotFit: say('照片是黑白的。请拍一张彩色照片。', 'The photo is black and white. Take one in colour.'),
}

export const sayLight = {
  fits: say('照片明暗合适。', 'The photo is neither too dark nor too bright.'),
  dark: say(
    '照片太暗, 看不清脸。请在亮处重新拍一张。',
    'The photo is too dark to see the face. Take it again in good light.',
  ),
  bright: say(
    '照片太亮, 看不清脸。请避开强光重新拍一张。',
    'The photo is too bright to see the face. Take it again without glare.',
  ),
  flat: say(
    '照片灰蒙蒙的, 看不清脸。请擦一擦镜头, 重新拍一张。',
    'The photo is hazy. Wipe the lens and take it again.',
  ),
}

export const saySharpness = {
  fits: say('照片清楚。', 'The photo is sharp.'),
  doesNotFit: say(
    '照片有点模糊。请拿稳手机, 对准脸重新拍一张。',
    'The photo is blurred. Hold the phone still, aim at the face and take it again.',
  ),
}

/** How an age is said: a year and a half is 18 months. */
const spell = (months: number): Words =>
  months % 12 === 0
    ? say(`${months / 12} 年`, months === 12 ? 'one year' : `${months / 12} years`)
    : say(`${months} 个月`, `${months} months`)

/** Whose limit of age it is: other places may have another. */
const whose = (source: PhotoRule['pixels']['source']): Words =>
  source === 'shanghaiLibrary'
    ? say('按上海统一照片库的规定, ', 'By the rule of Shanghai’s photo library, ')
    : say('', '')

export const sayAge = {
  fits: (takenOn: string) =>
    say(`照片是 ${takenOn} 拍的, 时间合适。`, `The photo was taken on ${takenOn}, which is recent enough.`),
  doesNotFit: (takenOn: string, { names, maxAge }: PhotoRule) => {
    const [by, span] = [whose(maxAge?.source ?? 'ours'), spell(maxAge?.value.months ?? 0)]
    return say(
      `照片是 ${takenOn} 拍的。${by.zh}${names.zh}要用 ${span.zh}以内的照片。请重新拍一张。`,
      `The photo was taken on ${takenOn}. ${by.en}this document needs one of the last ${span.en}. Take a new one.`,
    )
  },
  unknown: (months: number) =>
    say(
      `不知道照片是哪天拍的。请用 ${spell(months).zh}以内拍的照片。`,
      `We do not know when the photo was taken. Use one of the last ${spell(months).en}.`,
    ),
  ahead: say(
    '照片的拍摄日期在今天以后, 可能登记错了, 没法核对。',
    'The day on which the photo was taken lies ahead; it may be recorded wrongly, so it cannot be checked.',
  ),
}

export const sayNoRule = (what: Words): Words =>
  say(`没有查到对${what.zh}的要求, 没有核对。`, `We found no rule about the ${what.en}; it was not checked.`)

/** What needs somebody who sees the face. */
export const FACE_WORDS: Readonly<Record<'oneFace' | 'headSize' | 'eyesOpen' | 'bareHead', Words>> = {
  oneFace: say(
    '系统不看脸。请您自己确认: 照片里只有您一个人, 正面朝前。',
    'Nothing here looks at the face. Check yourself: you alone are in the picture, facing the camera.',
  ),
  headSize: say(
    '系统不量头的大小。请您自己确认: 头和肩膀都在照片里, 头顶上面留一点空。',
    'Nothing here measures the head. Check yourself: head and shoulders are in the picture, with a little room above the head.',
  ),
  eyesOpen: say(
    '系统不看眼睛。请您自己确认: 眼睛睁开, 没有反光, 头发不遮眉毛。',
    'Nothing here looks at the eyes. Check yourself: they are open, without glare, and no hair hangs over the brows.',
  ),
  bareHead: say(
    '系统不看头饰。请您自己确认: 不戴帽子, 不戴墨镜。',
    'Nothing here looks for hats. Check yourself: no hat and no dark glasses.',
  ),
}
