/** Numbers and saved content (contract 4.2): `generateApplyNo` and `saveApply`. */
import {
  APPLY_NO,
  checkMembers,
  dateTime,
  form,
  isPlain,
  Refused,
  type Shape,
  text,
  word,
  wrong,
} from './checks.ts'
import { isCertificate, isDate, isIdCard, isUscc, lengthOf, wallClock } from './formats.ts'
import { licenceOf } from './holdings.ts'
import { eventTime, nowOf, type Office } from './office.ts'
import { type Apply, type Field, type Matter, matterOf, type Plain } from './state.ts'
import { addStep } from './steps.ts'

export const conflict = (apply: Apply): Refused =>
  new Refused('STATUS_CONFLICT', `当前状态不允许该操作:${apply.status}`)
export const unknownApply = (): Refused => new Refused('APPLY_NOT_FOUND', '办件不存在')
const unknownItem = () => new Refused('ITEM_NOT_FOUND', '事项不存在或已停用')

/** A matter that takes new cases. */
function openMatter(code: string): Matter {
  const matter = matterOf(code)
  if (matter?.itemStatus !== '在用') throw unknownItem()
  return matter
}

/** `generateApplyNo`: each call gives a new number. */
export function number(office: Office, body: Plain): unknown {
  checkMembers(body, [['itemCode', 'R', form(/^CSJ\d{12}$/)]])
  const itemCode = String(body['itemCode']).slice(3)
  openMatter(itemCode)
  office.state.serial += 1
  const day = wallClock(nowOf(office)).slice(0, 10).replaceAll('-', '')
  const applyNo = `CSJ${day}${String(office.state.serial).padStart(7, '0')}`
  office.state.applies[applyNo] = newApply(applyNo, itemCode)
  return { applyNo }
}

/** A number that was assigned and not saved yet. */
export const newApply = (applyNo: string, itemCode: string): Apply => ({
  applyNo,
  itemCode,
  status: '',
  body: {},
  stuffs: [],
  steps: [],
  documents: [],
  correction: null,
  sbTime: '',
  submitTime: '',
  acceptTime: '',
  finishTime: '',
  commitmentDays: '',
  commitmentTime: '',
  result: '',
  resultView: '',
  lastCorrectOpTime: '',
  lastEventMs: 0,
  areaCode: 'SH00SH',
})

const KINDS = ['个人', '企业', '事业', '机关', '其他']
const CERTS = [
  '居民身份证',
  '统一社会信用代码',
  '护照',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '军官证',
  '其他',
]
const MODES = ['全程网办', '异地代收代办', '多地联办', '异地授权本地办理']
const DELIVERY = ['窗口领取', '邮寄', '网上下载', '电子证照']
const SUBMIT_TYPES = ['新办', '变更', '延续', '补正', '注销', '转让', '撤销', '其它']
const MOBILE = /^1\d{10}$/

const SAVE: Shape = [
  ['applyNo', 'R', form(APPLY_NO)],
  ['itemCode', 'R', form(/^\d{12}$/)],
  ['taskHandleItem', 'R', text(100, 0)],
  ['itemName', 'R', text(200)],
  ['targetType', 'R', word(...KINDS)],
  ['targetName', 'R', text(100)],
  ['targetNo', 'R', text()],
  ['userId', 'R', text(64)],
  ['username', 'R', text(50)],
  ['licenseType', 'R', word(...CERTS.filter((one) => one !== '统一社会信用代码'))],
  ['licenseNo', 'R', text()],
  ['mobile', 'R', form(MOBILE)],
  ['departCode', 'R', text()],
  ['departName', 'R', text()],
  ['source', 'R', text()],
  ['opTime', 'R', dateTime],
  ['submitType', 'R', word(...SUBMIT_TYPES)],
  ['info', 'R', (value) => typeof value === 'string' && isPlain(parsed(value))],
  ['districtCode', 'R', form(/^\d{6}000$/)],
  ['extInfo', 'O', isPlain],
]

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

const SAVABLE = new Set(['', '暂存', '预审不通过', '补正'])

/** `saveApply`: the saved content is overwritten whole. */
export function save(office: Office, body: Plain): unknown {
  checkMembers(body, SAVE)
  const matter = openMatter(String(body['itemCode']))
  const apply = office.state.applies[String(body['applyNo'])]
  if (!apply || apply.itemCode !== matter.itemCode) throw unknownApply()
  if (!SAVABLE.has(apply.status)) throw conflict(apply)
  checkAgainstMatter(office, body, matter, apply)
  checkCerts(office, body, matter)
  apply.body = body
  const { applyNo } = apply
  // The first save is an event; a repeated one is none.
  if (apply.status !== '') return { applyNo, status: apply.status, opTime: wallClock(nowOf(office)) }
  const opTime = eventTime(office, apply)
  addStep(office, apply, '暂存', { who: office.config.options.opUsername, remark: '' }, opTime)
  return { applyNo, status: '暂存', opTime }
}

/** `extInfo`, or nothing in it. */
export const extOf = (body: Plain): Plain => (isPlain(body['extInfo']) ? body['extInfo'] : {})

/** The word of the applicant's certificate. */
export const targetCert = (body: Plain): string =>
  typeof extOf(body)['targetLicenseType'] === 'string'
    ? String(extOf(body)['targetLicenseType'])
    : body['targetType'] === '个人'
      ? '居民身份证'
      : '统一社会信用代码'

/** The rules that need the matter, in the order of the table; a wrong form value is named `info.<field>`. */
function checkAgainstMatter(office: Office, body: Plain, matter: Matter, apply: Apply): void {
  const { taskHandleItem } = body
  const correcting = apply.status === '补正' || apply.status === '预审不通过'
  const rules: readonly (readonly [boolean, string])[] = [
    [taskHandleItem === '' || taskHandleItem === matter.detail.taskHandleItem, 'taskHandleItem'],
    [body['itemName'] === matter.itemName, 'itemName'],
    [matter.serviceObjects.includes(String(body['targetType'])), 'targetType'],
    [isCertificate(targetCert(body), String(body['targetNo'])), 'targetNo'],
    [isCertificate(String(body['licenseType']), String(body['licenseNo'])), 'licenseNo'],
    [body['departCode'] === matter.departCode, 'departCode'],
    [body['departName'] === matter.departName, 'departName'],
    [body['source'] === office.config.options.source, 'source'],
    [(body['submitType'] === '补正') === correcting, 'submitType'],
  ]
  for (const [fits, name] of rules) if (!fits) throw wrong(name)
  checkInfo(parsed(String(body['info'])) as Plain, matter)
  if (body['extInfo'] !== undefined) checkExt(extOf(body), matter)
}

const FIELD_FORMS: Readonly<Record<string, (value: string) => boolean>> = {
  text: () => true,
  textarea: () => true,
  number: (value) => /^-?\d{1,12}(\.\d{1,2})?$/.test(value),
  date: isDate,
  select: () => true,
  area: (value) => /^\d{6}$/.test(value),
  idcard: isIdCard,
  uscc: isUscc,
  mobile: (value) => MOBILE.test(value),
}

function checkInfo(info: Plain, { form: { fields, codes } }: Matter): void {
  for (const name of Object.keys(info))
    if (!fields.some((field) => field.name === name)) throw wrong(`info.${name}`)
  for (const field of fields) {
    const value = info[field.name]
    if (value === undefined || value === '') {
      if (field.required === '1') throw wrong(`info.${field.name}`)
      continue
    }
    if (typeof value !== 'string' || !fitsField(value, field, codes)) throw wrong(`info.${field.name}`)
  }
}

const fitsField = (value: string, field: Field, codes: Matter['form']['codes']): boolean =>
  lengthOf(value) <= Number(field.maxLength || '200') &&
  FIELD_FORMS[field.type]?.(value) === true &&
  (field.type !== 'select' || codes[field.code]?.some((one) => one.value === value) === true)

const EXT: Shape = [
  ['sourceRegion', 'O', form(/^\d{6}$/)],
  ['sourceCaseNo', 'O', text(50, 0)],
  ['handleMode', 'O', word(...MODES)],
  ['targetLicenseType', 'O', word(...CERTS)],
  ['lawPerson', 'O', text(100, 0)],
  ['address', 'O', text(200, 0)],
  ['delivery', 'O', isPlain],
  ['certs', 'O', Array.isArray],
]

function checkExt(ext: Plain, matter: Matter): void {
  // Further members are kept and ignored here.
  const known = Object.fromEntries(
    EXT.flatMap(([name]) => (ext[name] === undefined ? [] : [[name, ext[name]]])),
  )
  checkMembers(known, EXT, 'extInfo.')
  if (isPlain(ext['delivery'])) checkDelivery(ext['delivery'])
  for (const cert of Array.isArray(ext['certs']) ? ext['certs'] : []) {
    const whole =
      isPlain(cert) &&
      Object.keys(cert).length === 2 &&
      matter.materials.some(({ stuffCode }) => stuffCode === cert['stuffCode']) &&
      typeof cert['certUuid'] === 'string' &&
      /^[0-9a-f]{32}$/.test(cert['certUuid'])
    if (!whole) throw wrong('extInfo.certs')
  }
}

function checkDelivery(delivery: Plain): void {
  const posted = delivery['lqfs'] === '邮寄'
  const need = posted ? 'R' : 'O'
  const least = posted ? 1 : 0
  checkMembers(
    delivery,
    [
      ['lqfs', 'R', word(...DELIVERY)],
      ['sjrusername', need, text(50, least)],
      ['sjrmobile', need, (value) => (!posted && value === '') || form(MOBILE)(value)],
      ['sjraddress', need, text(200, least)],
    ],
    'extInfo.delivery.',
  )
}

function checkCerts(office: Office, body: Plain, matter: Matter): void {
  const certs = extOf(body)['certs']
  for (const cert of (Array.isArray(certs) ? certs : []) as readonly Plain[]) {
    const material = matter.materials.find(({ stuffCode }) => stuffCode === cert['stuffCode'])
    const licence = licenceOf(office, String(cert['certUuid']))
    const fits =
      licence?.certStatus === '有效' &&
      licence.catMainCode === material?.catMainCode &&
      (licence.holderCode === body['targetNo'] || licence.holderCode === body['licenseNo'])
    if (!fits) throw new Refused('CERT_NOT_FOUND', '证照不存在')
  }
}
