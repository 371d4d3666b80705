import { createHash } from 'node:crypto'
import { DAY_MS, pdf, wallClock } from './formats.ts'
import type { Office } from './office.ts'
import { FINISHING, STEP_NAMES } from './rules.ts'
import { type Apply, type Document, type Matter, matterOf } from './state.ts'

const instantOf = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}+08:00`)

/** Lower-case hex SM3. */
export const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex')

/** The promised end: working days are Monday to Friday, no day at all is the end of this one (contract 4.3). */
function promisedEnd(at: string, { promiseDays, dayUnit }: Matter): string {
  if (promiseDays === 0) return `${at.slice(0, 10)} 23:59:59`
  let ms = instantOf(at)
  for (let left = promiseDays; left > 0; ) {
    ms += DAY_MS
    const weekday = new Date(`${wallClock(ms).slice(0, 10)}T00:00:00Z`).getUTCDay()
    if (dayUnit !== '工作日' || (weekday !== 0 && weekday !== 6)) left -= 1
  }
  return wallClock(ms)
}

/** Document that comes into being with a word, by its type. */
const DOCUMENTS: Readonly<Record<string, readonly [type: string, name: string]>> = {
  办结: ['1', '结果证明文书.pdf'],
  不通过: ['2', '不予办理告知书.pdf'],
  补正: ['3', '补正告知书.pdf'],
  不予受理: ['4', '不予受理通知书.pdf'],
}

/** Makes the document of a word, replacing an older one of its type. */
function makeDocument(apply: Apply, word: string): Document | undefined {
  const made = DOCUMENTS[word]
  if (!made) return undefined
  const [documentType, fileName] = made
  const bytes = pdf(`FAKE DOCUMENT ${documentType} ${apply.applyNo}`)
  const document = { documentType, fileName, base64: bytes.toString('base64'), sm3: sm3(bytes) }
  apply.documents = [...apply.documents.filter((one) => one.documentType !== documentType), document]
  return document
}

/** Moves a case to a word: its step, and the times and documents that go with it. Gives the document, if one was made. */
export function addStep(
  office: Office,
  apply: Apply,
  word: string,
  by: { readonly who: string; readonly remark: string },
  opTime: string,
): Document | undefined {
  const matter = matterOf(apply.itemCode)
  const own = word === '待预审' || by.who === office.config.options.opUsername
  apply.status = word
  apply.steps.push({
    stepName: STEP_NAMES[word] ?? word,
    status: word,
    opDepartCode: own ? office.config.options.opDepartCode : (matter?.departCode ?? ''),
    opDepartName: own ? office.config.options.opDepartName : (matter?.departName ?? ''),
    opUserId: own ? office.config.options.opUserId : 'sh-clerk-01',
    opUsername: by.who,
    opTime,
    suggestion: by.remark,
  })
  if (word === '受理' && matter) {
    apply.acceptTime = opTime
    apply.commitmentDays = matter.promiseDays
    apply.commitmentTime = promisedEnd(opTime, matter)
  }
  if (FINISHING.has(word)) apply.finishTime = opTime
  if (word === '通过') apply.result = '通过'
  if (word === '不通过' || word === '不予受理') apply.result = '不通过'
  if (word === '作废' || word === '撤回') apply.result = ''
  if (word === '通过' || word === '不通过' || word === '不予受理') apply.resultView = by.remark
  return makeDocument(apply, word)
}
