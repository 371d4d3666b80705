/** What the page calls roles, ways, acts, grounds and fields of a look. A word that is not here is shown as it is. */
import { PROBLEMS } from '../../errors.ts'
import type { Basis, Channel, NoticeWord, Role } from '../../schemas/access.ts'

export type Words = readonly [zh: string, en: string]

export const ROLE_WORDS: Readonly<Record<Role, Words>> = {
  holder: ['本人', 'yourself'],
  agent: ['受您或他人委托的人', 'somebody on a mandate'],
  client: ['接入系统', 'a system'],
  clerk: ['工作人员', 'a clerk'],
  operator: ['网关运维人员', 'staff of the gateway'],
  gateway: ['网关自动处理', 'the gateway itself'],
}

export const CHANNEL_WORDS: Readonly<Record<Channel, Words>> = {
  portal: ['本网站', 'this website'],
  api: ['系统接口', 'an interface between systems'],
  counter: ['前台或窗口', 'a counter'],
  command: ['运维命令', 'a command of the staff'],
  dispatch: ['向地区递送', 'sent to a region'],
}

export const BASIS_WORDS: Readonly<Record<Basis, Words>> = {
  holder: ['您本人的要求', 'your own request'],
  consent: ['您的同意', 'your consent'],
  mandate: ['授权委托', 'a mandate'],
  duty: ['依法履行职责', 'a statutory duty'],
  operation: ['网关运行需要', 'running the gateway'],
}

const THINGS: Readonly<Record<string, Words>> = {
  cases: ['办件', 'case'],
  photos: ['照片', 'photo'],
  licences: ['电子证照', 'licence'],
  consents: ['同意', 'consent'],
  codes: ['身份码', 'identity code'],
  preview: ['材料预览', 'preview of documents'],
  desk: ['跨省通办专窗', 'cross-province window'],
  drafts: ['草稿', 'draft'],
  services: ['适合我的服务', 'services that fit'],
  conflicts: ['姓名不一致的账号', 'accounts whose names differ'],
  questions: ['为什么查我', 'a question about a look'],
}

const DEEDS: Readonly<Record<string, Words>> = {
  agree: ['本人同意', 'agreed to'],
  fit: ['按规则挑选', 'chosen by rules'],
  certify: ['与原件核对', 'compared with the original'],
  correctKnown: ['更正已知信息', 'known value corrected'],
  custody: ['登记材料交接', 'custody noted'],
  deliver: ['交付结果', 'result handed over'],
  fillIn: ['补填信息', 'filled in'],
  handOver: ['提交办理地', 'handed over'],
  printConsent: ['打印同意书', 'consent printed'],
  printNotice: ['打印收件告知单', 'notice printed'],
  readIncoming: ['办理地查看', 'read where it is decided'],
  removePaper: ['撤下材料', 'paper taken out'],
  takeBack: ['撤回同意', 'consent taken back'],
  answer: ['答复', 'answered'],
  ask: ['提出', 'asked'],
  capture: ['拍照保存', 'taken'],
  correct: ['补正', 'corrected'],
  drop: ['删除', 'deleted'],
  events: ['查看经过', 'events read'],
  file: ['提交', 'filed'],
  find: ['查找', 'looked for'],
  fitness: ['检查是否合格', 'judged'],
  give: ['给出', 'given'],
  grant: ['生成取件码', 'code made'],
  ledger: ['查看转换账目', 'conversion read'],
  list: ['列出', 'listed'],
  picture: ['看图', 'picture seen'],
  read: ['查看', 'read'],
  readForm: ['查看申请内容', 'form read'],
  save: ['保存', 'saved'],
  start: ['开始填写', 'started'],
  readWhole: ['查看及经过', 'read with its events'],
  redeem: ['凭取件码调取', 'handed over'],
  release: ['作为材料提交', 'handed in'],
  remind: ['催办', 'reminded of'],
  rate: ['评价', 'rated'],
  readRating: ['查看评价', 'looked at the rating'],
  result: ['取结果文书', 'result read'],
  scan: ['扫码核验', 'scanned'],
  verify: ['核验', 'verified'],
  withdraw: ['撤回', 'withdrawn'],
}

const PURPOSES: Readonly<Record<string, Words>> = {
  case: ['办理办件', 'handling a case'],
  crossProvince: ['跨省通办', 'cross-province service'],
  documentMaking: ['制作证件', 'making a document'],
  fittingServices: ['显示适合的服务', 'showing services that fit'],
  hotel: ['入住宾旅馆', 'checking in at a hotel'],
  identityCheck: ['核验身份', 'checking identity'],
  myPage: ['显示我的主页', 'showing my page'],
  nameConflict: ['核对姓名', 'comparing names'],
  question: ['询问和答复', 'question and answer'],
  replaceMaterial: ['代替纸质材料', 'instead of papers'],
  unknown: ['未说明', 'not said'],
  window: ['窗口办事', 'service at a window'],
}

const FIELDS: Readonly<Record<string, Words>> = {
  age: ['年龄', 'age'],
  application: ['申请内容', 'application'],
  caseEvents: ['办理经过', 'events of the case'],
  caseLedger: ['转换账目', 'conversion ledger'],
  caseResult: ['结果文书', 'result'],
  caseStatus: ['办理状态', 'status of the case'],
  caseRating: ['好差评', 'rating of the case'],
  document: ['材料', 'documents'],
  idDocument: ['证件类型和号码', 'document type and number'],
  licence: ['电子证照', 'licence'],
  licenceDetails: ['证照信息', 'details of licences'],
  licenceFace: ['证照照面', 'face of the licence'],
  licenceFile: ['证照文件', 'file of the licence'],
  licenceStatus: ['证照状态', 'status of the licence'],
  loa: ['实名等级', 'assurance level'],
  name: ['姓名', 'name'],
  numberPlace: ['证件登记地', 'where the number was given'],
  photo: ['照片', 'photo'],
  photoDetails: ['照片信息', 'details of photos'],
  photoMatch: ['由店员核对面容', 'face compared by the clerk'],
  question: ['您的提问', 'your question'],
  region: ['登录地区', 'region of the log-in'],
  validity: ['身份码有效期', 'validity of the code'],
}

export const NOTICE_CHOICES: Readonly<Record<NoticeWord, Words>> = {
  each: ['每次都提示', 'Tell me each time'],
  daily: ['每天最多提示一次', 'At most once a day'],
  never: ['不提示', 'Never'],
}

const wordIn = (words: Readonly<Record<string, Words>>, name: string): Words => words[name] ?? [name, name]

/** What was done, e.g. 照片 · 凭取件码调取. */
export function actWords(act: string): Words {
  const [thing = '', deed = ''] = act.split('.')
  const [one, other] = [wordIn(THINGS, thing), wordIn(DEEDS, deed)]
  return [`${one[0]} · ${other[0]}`, `${one[1]}: ${other[1]}`]
}

export const purposeWords = (purpose: string): Words => wordIn(PURPOSES, purpose)

/** What was seen, in one line of each language. */
export function fieldWords(fields: readonly string[]): Words {
  const words = fields.map((field) => wordIn(FIELDS, field))
  return [words.map(([zh]) => zh).join('、'), words.map(([, english]) => english).join(', ')]
}

/** How it ended: a refusal says why, calmly. */
export function outcomeWords(outcome: string): Words {
  if (outcome === 'granted') return ['已提供', 'given']
  const known = Object.entries(PROBLEMS).find(([code]) => code === outcome)?.[1]
  return known ? [`已拒绝: ${known.title.zh}`, `refused: ${known.title.en}`] : ['已拒绝', 'refused']
}
