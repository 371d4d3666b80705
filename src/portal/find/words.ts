/** What pages call the words of a matter. */
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { Reader } from '../frame/reader.ts'

type Words = readonly [zh: string, en: string]

export const MODE_WORDS: Readonly<Record<NonNullable<Matter['mode']>, Words>> = {
  online: ['全程网上办, 不用跑', 'wholly online, no visit'],
  onBehalf: ['就近窗口代收, 转给办理地', 'a window near you takes the papers and sends them on'],
  joint: ['两地部门一起办, 您只申请一次', 'offices of both places work together; you apply once'],
  authorisedLocal: ['在居住地窗口办, 当场办理', 'at a window where you live, decided there'],
}

const SUBJECT_WORDS: Readonly<Record<Matter['subjects'][number], Words>> = {
  person: ['个人', 'persons'],
  organisation: ['单位', 'organisations'],
  enterprise: ['企业', 'firms'],
  institution: ['事业单位', 'public institutions'],
  agency: ['机关', 'public bodies'],
  otherOrganisation: ['其他组织', 'other organisations'],
}

const UNIT_WORDS: Readonly<Record<NonNullable<Matter['statutory']>['unit'], Words>> = {
  working: ['个工作日', 'working days'],
  calendar: ['天', 'days'],
  hour: ['小时', 'hours'],
}

export const NECESSITY_WORDS: Readonly<Record<MatterDocument['necessity'], Words>> = {
  required: ['必须交', 'required'],
  optional: ['可以不交', 'optional'],
  deferrable: ['可以以后补', 'may follow later'],
  creditDeferrable: ['信用好的可以以后补', 'may follow later on good credit'],
}

const DELIVERY_WORDS: Readonly<Record<NonNullable<Matter['deliveryModes']>[number], Words>> = {
  pickup: ['窗口领取', 'at the window'],
  post: ['邮寄', 'by post'],
  download: ['网上下载', 'download'],
  licence: ['电子证照', 'electronic licence'],
}

const listed = (items: readonly Words[], { say, language }: Reader): string =>
  items.map((item) => say(...item)).join(language === 'zh' ? '、' : ', ')

export const subjectWords = ({ subjects }: Matter, reader: Reader): string =>
  listed(
    subjects.map((one) => SUBJECT_WORDS[one]),
    reader,
  )

export const deliveryWords = ({ deliveryModes = [] }: Matter, reader: Reader): string =>
  listed(
    deliveryModes.map((one) => DELIVERY_WORDS[one]),
    reader,
  )

/** How long it takes: the promise first, since that is what one waits for. */
export function daysWords({ commitment, statutory, handling }: Matter, { say }: Reader): string {
  const told = (limit: NonNullable<Matter['statutory']>) =>
    say(`${limit.days} ${UNIT_WORDS[limit.unit][0]}`, `${limit.days} ${UNIT_WORDS[limit.unit][1]}`)
  if (handling === 'instant' || commitment?.days === 0) return say('当场办结', 'at once')
  if (!commitment)
    return statutory
      ? say(`法定 ${told(statutory)}`, `${told(statutory)} by law`)
      : say('未公布', 'not published')
  const promised = say(`承诺 ${told(commitment)}`, `${told(commitment)} promised`)
  return statutory
    ? say(`${promised} (法定 ${told(statutory)})`, `${promised} (${told(statutory)} by law)`)
    : promised
}

export const feeWords = ({ hasFee }: Matter, { say }: Reader): string =>
  hasFee === undefined
    ? say('未公布', 'not published')
    : hasFee
      ? say('收费', 'there is a fee')
      : say('不收费', 'free')
