/** How a requirement is tested: judgements of what the tour brought home, and of requests that are made again a little wrong. */
import type { Bench } from './bench.ts'
import { Breach, type Exchange, NotApplicable, type Requirement } from './model.ts'
import type { Parts } from './parts.ts'

type Test = Requirement['test']

/** Follows a path of names; a list stands for its first element, since one element may come without its list. */
export function memberOf(data: unknown, path: string): unknown {
  let value: unknown = data
  for (const name of path.split('.')) {
    if (Array.isArray(value)) value = value[0]
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  }
  return value
}

/** What each named member of a good answer's data looks like. */
export type Forms = Readonly<Record<string, RegExp>>

/** Any text or number that is not empty. */
export const SOME = /^[\s\S]+$/

function checkForms(bench: Bench, exchange: Exchange, forms: Forms): void {
  const data = exchange.answer && bench.speech.outcomeOf(exchange.answer).data
  for (const [path, form] of Object.entries(forms)) {
    const value = memberOf(data, path)
    if (value === undefined || value === null)
      throw new Breach(`${exchange.operation}: ${path} is missing`, exchange)
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    if (!form.test(text))
      throw new Breach(`${exchange.operation}: ${path} has another form than ${form.source}`, exchange)
  }
}

/** The operation was answered well, and its answer has the members of the contract. */
export const answers =
  (step: string, operation: string, forms: Forms = {}): Test =>
  async (bench) => {
    const ending = bench.endings.get(step)
    if (ending?.kind === 'notOffered') throw new NotApplicable(ending.reason)
    const made = bench.exchanges.filter((one) => one.operation === operation && one.step !== 'requirement')
    if (made.length === 0)
      throw new Breach(
        `${operation} was not reached: ${ending?.kind === 'failed' ? ending.reason : `${step} did not begin`}`,
      )
    checkForms(bench, bench.good(operation), forms)
  }

/** A whole part of the tour went to its end: what was answered can be read, and agrees with itself. */
export const completes =
  (step: string): Test =>
  async ({ endings, exchanges }) => {
    const ending = endings.get(step)
    if (ending === undefined) throw new Breach(`${step} was not reached`)
    if (ending.kind === 'notOffered') throw new NotApplicable(ending.reason)
    if (ending.kind === 'failed')
      throw new Breach(
        `${step}: ${ending.reason}`,
        exchanges.findLast((one) => one.step === step),
      )
  }

/** The platform's refusal: one of these codes with this HTTP status. */
export interface Refusal {
  readonly codes: readonly string[]
  readonly status?: number
}

async function refusedWith(
  bench: Bench,
  operation: string,
  { codes, status = 200 }: Refusal,
  change?: (parts: Parts) => void,
  unsigned?: (parts: Parts) => void,
): Promise<void> {
  const { exchange, answer, outcome } = await bench.again(bench.good(operation), change, unsigned)
  if (outcome.ok) throw new Breach(`${operation}: was accepted; ${codes.join(' or ')} is due`, exchange)
  if (!codes.includes(outcome.code))
    throw new Breach(`${operation}: was refused with ${outcome.code}; ${codes.join(' or ')} is due`, exchange)
  if (answer.status !== status)
    throw new Breach(`${operation}: was refused with HTTP ${answer.status}; ${status} is due`, exchange)
}

/** The operation is refused when one thing in it is wrong and everything else is right. */
export const refuses =
  (operation: string, refusal: Refusal, change: (parts: Parts) => void): Test =>
  (bench) =>
    refusedWith(bench, operation, refusal, change)

/** The operation is refused when something is changed after it was signed. */
export const refusesUnsigned =
  (operation: string, refusal: Refusal, change: (parts: Parts) => void): Test =>
  (bench) =>
    refusedWith(bench, operation, refusal, undefined, change)

/** The same request again: the same answer in these members, and no second case. */
export const repeats =
  (operation: string, ...members: readonly string[]): Test =>
  async (bench) => {
    const first = bench.good(operation)
    const { exchange, outcome } = await bench.again(first)
    if (!outcome.ok) throw new Breach(`${operation}: a repetition was refused with ${outcome.code}`, exchange)
    const before = first.answer && bench.speech.outcomeOf(first.answer).data
    for (const path of members)
      if (String(memberOf(outcome.data, path)) !== String(memberOf(before, path)))
        throw new Breach(`${operation}: a repetition has another ${path}`, exchange)
  }

/** Every answer with a JSON envelope says that it is JSON in UTF-8, as the contract writes it, and is UTF-8. */
export const speaksUtf8: Test = async ({ exchanges, speech }) => {
  if (exchanges.every(({ answer }) => answer === undefined)) throw new NotApplicable('nothing was answered')
  for (const exchange of exchanges) {
    const { answer } = exchange
    if (!answer || !speech.outcomeOf(answer).envelope) continue
    const type = answer.headers['content-type'] ?? ''
    // What is sealed or a page has a type of its own: a JSON envelope under it is nobody's business here.
    if (!speech.json.test(type))
      throw new Breach(`${exchange.operation}: content type ${type || 'is missing'}`, exchange)
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(answer.body)
    } catch {
      throw new Breach(`${exchange.operation}: the answer is not UTF-8`, exchange)
    }
  }
}

/** One line of a region's table of operations. */
export type OperationRow = readonly [
  operation: string,
  step: string,
  clause: string,
  zh: string,
  en: string,
  forms?: Forms,
]

/** "The operation answers with what its clause lists", for every line. */
export const answering = (prefix: string, rows: readonly OperationRow[]): readonly Requirement[] =>
  rows.map(([operation, step, clause, zh, en, forms]) => ({
    id: `${prefix}-${clause}-${operation}`,
    clause,
    zh: `${zh}：正常请求按契约应答，成员齐全、格式正确。`,
    en: `${en}: a right request is answered as the contract says, with all members in their form.`,
    test: answers(step, operation, forms),
  }))

/** "A wrong signature or token is refused", for every operation. */
export const guarded = (
  prefix: string,
  clause: string,
  operations: readonly string[],
  refusal: Refusal,
  spoil: (parts: Parts) => void,
): readonly Requirement[] =>
  operations.map((operation) => ({
    id: `${prefix}-${clause}-signature-${operation}`,
    clause,
    zh: `${operation}：签名或令牌错误的请求必须拒绝（${refusal.codes.join('、')}）。`,
    en: `Operation ${operation}: a request with a wrong signature or token is refused (${refusal.codes.join(', ')}).`,
    test: refusesUnsigned(operation, refusal, spoil),
  }))

/** The parts of the tour that a region's adapter must have been able to read from one end to the other. */
const PARTS: readonly (readonly [step: string, clause: string, zh: string, en: string])[] = [
  ['catalogue', 'a', '事项目录', 'the catalogue'],
  ['matter', 'a', '一个事项的全部要素', 'one matter whole'],
  ['submit', 'b', '取号、上传、申报', 'number, upload and submission'],
  ['status', 'c', '办件状态', 'the state of a case'],
  ['correction', 'b', '补正：通知、材料、应答、状态', 'a correction: request, material, answer, state'],
  ['result', 'm', '办结、结果文书及其摘要', 'the end, its document and the document’s digest'],
  [
    'log-in-page',
    'e',
    '登录页：正确地址应答页面，错误回跳地址应答 400',
    'the log-in page, and 400 for an address that is none',
  ],
  ['log-in', 'e', '登录票据与用户信息', 'log-in ticket and what is told of the person'],
  ['log-in-legal', 'e', '法人登录与经办人信息', 'log-in of an organisation and what is told of its agent'],
  ['photo', 'f', '照片查询和下载、照片摘要', 'photo found and fetched, with its digest'],
  ['licence', 'g', '证照查询、下载、核验', 'licence found, fetched and verified'],
  ['rating', 'h', '好差评', 'the rating'],
  ['health', 'i', '健康检查', 'health'],
  ['case-list', 'j', '个人办件列表', 'a person’s cases'],
  ['windows', 'k', '专窗列表', 'the list of windows'],
  ['withdraw', 'l', '撤回', 'the withdrawal'],
]

/** Parts that some regions have. */
const MORE = {
  files: [
    'files',
    'd',
    '暂存办件的附件：上传、查看、下载、删除',
    'files of a draft: sent, seen, fetched, deleted',
  ],
  'licence-more': ['licence-more', 'g', '证照的其他查询', 'further questions about a licence'],
  'log-in-app': ['log-in-app', 'e', '应用内令牌登录', 'log-in by a token of the region’s app'],
} as const

/** "The whole part can be read": codes that are in the tables, dates that are dates, digests that agree. */
export const readable = (prefix: string, ...more: readonly (keyof typeof MORE)[]): readonly Requirement[] =>
  [...PARTS, ...more.map((name) => MORE[name])].map(([step, clause, zh, en]) => ({
    id: `${prefix}-${clause}-${step}-whole`,
    clause,
    zh: `${zh}：全程可读，代码在码表内，前后一致。`,
    en: `Of ${en}: readable from one end to the other, with codes of the tables, and agreeing with itself.`,
    test: completes(step),
  }))

/** A requirement in one line. */
export const must = (id: string, clause: string, zh: string, en: string, test: Test): Requirement => ({
  id,
  clause,
  zh,
  en,
  test,
})
