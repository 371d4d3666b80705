/** Number, save, submit, correct, withdraw (contract 4.2, 4.12). */
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
import { eventTime, nowOf, type Office, openKey, personKey, savedApply } from './office.ts'
import { LICENCES } from './persons.ts'
import type { Route } from './routes.ts'
import { ENDED, WITHDRAWABLE } from './rules.ts'
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

// --- generateApplyNo

function number(office: Office, body: Plain): unknown {
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

// --- saveApply

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

function save(office: Office, body: Plain): unknown {
  checkMembers(body, SAVE)
  const matter = openMatter(String(body['itemCode']))
  const apply = office.state.applies[String(body['applyNo'])]
  if (!apply || apply.itemCode !== matter.itemCode) throw unknownApply()
  if (!SAVABLE.has(apply.status)) throw conflict(apply)
  checkAgainstMatter(office, body, matter, apply)
  checkCerts(body, matter)
  apply.body = body
  const { applyNo } = apply
  // The first save is an event; a repeated one is none.
  if (apply.status !== '') return { applyNo, status: apply.status, opTime: wallClock(nowOf(office)) }
  const opTime = eventTime(office, apply)
  addStep(office, apply, '暂存', { who: office.config.options.opUsername, remark: '' }, opTime)
  return { applyNo, status: '暂存', opTime }
}

const extOf = (body: Plain): Plain => (isPlain(body['extInfo']) ? body['extInfo'] : {})

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

function checkCerts(body: Plain, matter: Matter): void {
  const certs = extOf(body)['certs']
  for (const cert of (Array.isArray(certs) ? certs : []) as readonly Plain[]) {
    const material = matter.materials.find(({ stuffCode }) => stuffCode === cert['stuffCode'])
    const licence = LICENCES.get(String(cert['certUuid']))
    const fits =
      licence?.certStatus === '有效' &&
      licence.catMainCode === material?.catMainCode &&
      (licence.holderCode === body['targetNo'] || licence.holderCode === body['licenseNo'])
    if (!fits) throw new Refused('CERT_NOT_FOUND', '证照不存在')
  }
}

// --- submitApply

const hasCert = ({ body }: Apply, stuffCode: string): boolean => {
  const certs = extOf(body)['certs']
  return Array.isArray(certs) && certs.some((one) => isPlain(one) && one['stuffCode'] === stuffCode)
}

function submit(office: Office, body: Plain): unknown {
  checkMembers(body, [['applyNo', 'R', form(APPLY_NO)]])
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  if (apply.status === '待预审') return submitted(apply)
  if (apply.status !== '暂存' && apply.status !== '预审不通过') throw conflict(apply)
  const missing = (matterOf(apply.itemCode)?.materials ?? []).filter(
    ({ required, stuffCode }) =>
      required === '必要' &&
      !hasCert(apply, stuffCode) &&
      !apply.stuffs.some((stuff) => stuff.stuffCode === stuffCode),
  )
  if (missing.length > 0) throw lacking(missing.map(({ stuffCode }) => stuffCode))
  const key = openKey(apply.itemCode, String(apply.body['targetNo']))
  const other = office.state.applies[office.state.open[key] ?? '']
  if (other && other.applyNo !== apply.applyNo && !ENDED.has(other.status))
    throw new Refused('DUPLICATE_APPLY', '存在未办结的相同办件', { applyNo: other.applyNo })
  office.state.open[key] = apply.applyNo
  apply.submitTime = eventTime(office, apply)
  if (apply.sbTime === '') {
    apply.sbTime = apply.submitTime
    const person = personKey(targetCert(apply.body), String(apply.body['targetNo']))
    office.state.byPerson[person] = [...(office.state.byPerson[person] ?? []), apply.applyNo]
  }
  addStep(office, apply, '待预审', { who: office.config.options.opUsername, remark: '' }, apply.submitTime)
  return submitted(apply)
}

const submitted = ({ applyNo, submitTime }: Apply) => ({ applyNo, status: '待预审', submitTime })

const lacking = (codes: readonly string[]): Refused =>
  new Refused('STUFF_MISSING', `缺少必要材料:${codes.join(',')}`)

// --- corretApply

const CORRECT: Shape = [
  ['applyNo', 'R', form(APPLY_NO)],
  ['suggestion', 'R', text(500)],
  ['opDepartCode', 'R', text()],
  ['opDepartName', 'R', text()],
  ['opUserId', 'R', text()],
  ['opUsername', 'R', text()],
  ['opTime', 'R', dateTime],
  ['stuffs', 'R', (value) => Array.isArray(value) && value.every(isAnsweredStuff)],
]

const isAnsweredStuff = (value: unknown): boolean =>
  isPlain(value) &&
  Object.keys(value).length === 2 &&
  typeof value['stuffId'] === 'string' &&
  /^[0-9a-f]{32}$/.test(value['stuffId']) &&
  typeof value['suggestion'] === 'string' &&
  lengthOf(value['suggestion']) <= 200

function correct(office: Office, body: Plain): unknown {
  checkMembers(body, CORRECT)
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  const done = (opTime: string) => ({ applyNo: apply.applyNo, status: '收件', opTime })
  if (apply.status === '收件' && apply.lastCorrectOpTime === body['opTime'])
    return done(apply.steps.findLast(({ status }) => status === '收件')?.opTime ?? '')
  if (apply.status !== '补正' || !apply.correction) throw conflict(apply)
  const named = (body['stuffs'] as readonly { stuffId: string }[]).map(({ stuffId }) => stuffId)
  const noticed = apply.correction.stuffs
  const own = named.every((id) => apply.stuffs.some(({ stuffId }) => stuffId === id))
  if (!own || !noticed.every(({ stuffId }) => named.includes(stuffId))) throw wrong('stuffs')
  const stale = noticed.filter(
    ({ stuffId }) =>
      (apply.stuffs.find((one) => one.stuffId === stuffId)?.replacedAfter ?? 0) < apply.steps.length,
  )
  if (stale.length > 0) throw lacking([...new Set(stale.map(({ stuffCode }) => stuffCode))])
  apply.correction = null
  apply.lastCorrectOpTime = String(body['opTime'])
  const opTime = eventTime(office, apply)
  addStep(
    office,
    apply,
    '收件',
    { who: String(body['opUsername']), remark: String(body['suggestion']) },
    opTime,
  )
  return done(opTime)
}

// --- withdrawApply

function withdraw(office: Office, body: Plain): unknown {
  checkMembers(body, [
    ['applyNo', 'R', form(APPLY_NO)],
    ['reason', 'R', text(200)],
    ['opUserId', 'R', text()],
    ['opUsername', 'R', text()],
    ['opTime', 'R', dateTime],
  ])
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  const done = () => ({ applyNo: apply.applyNo, status: '撤回', opTime: apply.finishTime })
  if (apply.status === '撤回') return done()
  if (!WITHDRAWABLE.has(apply.status)) throw conflict(apply)
  apply.correction = null
  addStep(
    office,
    apply,
    '撤回',
    { who: String(body['opUsername']), remark: String(body['reason']) },
    eventTime(office, apply),
  )
  return done()
}

export const applicationRoutes: readonly Route[] = [
  { operation: 'apply-no', path: '/uapply/generateApplyNo', handle: number },
  { operation: 'apply-save', path: '/uapply/saveApply', handle: save },
  { operation: 'apply-submit', path: '/uapply/submitApply', handle: submit },
  { operation: 'apply-correct', path: '/uapply/corretApply', handle: correct },
  { operation: 'withdraw', path: '/uapply/withdrawApply', handle: withdraw },
]
