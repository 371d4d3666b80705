/** Case query, process, a person's cases, documents (contract 4.3, 4.10, 4.13). */

import { ANY_NO, checkMembers, form, Refused, text, word, wrong } from './checks.ts'
import { isCertificate, wallClock } from './formats.ts'
import { anyWord, extras, numberOrText, oneOrMany } from './freedoms.ts'
import { isArea, PAGE, pageOf } from './matters.ts'
import { nowOf, type Office, personKey, savedApply } from './office.ts'
import { Bytes, type Route } from './routes.ts'
import { ONLINE, WORDS } from './rules.ts'
import { unknownApply } from './saving.ts'
import { type Apply, matterOf, type Plain } from './state.ts'

function found(office: Office, body: Plain): Apply {
  const apply = savedApply(office, String(body['applyNo']))
  if (!apply) throw unknownApply()
  return apply
}

const onLineStatus = ({ status }: Apply): string => ONLINE[status] ?? '办理中'
const sizeOf = (base64: string): number => Buffer.byteLength(base64, 'base64')

const SAVED = [
  'targetType',
  'targetName',
  'targetNo',
  'username',
  'licenseType',
  'licenseNo',
  'mobile',
] as const

function base(office: Office, body: Plain): unknown {
  checkMembers(body, [['applyNo', 'R', form(ANY_NO)]])
  const apply = found(office, body)
  const matter = matterOf(apply.itemCode)
  const last = apply.steps.at(-1)
  const complaint = (stuffId: string) =>
    apply.correction?.stuffs.find((one) => one.stuffId === stuffId)?.suggestion ?? ''
  const end = apply.finishTime === '' ? wallClock(nowOf(office)) : apply.finishTime
  return {
    applyNo: apply.applyNo,
    itemCode: apply.itemCode,
    itemName: matter?.itemName ?? '',
    taskHandleItem: String(apply.body['taskHandleItem'] ?? ''),
    ...Object.fromEntries(SAVED.map((name) => [name, apply.body[name] ?? ''])),
    sbTime: apply.sbTime,
    status: apply.status,
    onLineStatus: onLineStatus(apply),
    opTime: last?.opTime ?? '',
    opDepartCode: last?.opDepartCode ?? '',
    opDepartName: last?.opDepartName ?? '',
    acceptTime: apply.acceptTime,
    finishTime: apply.finishTime,
    commitmentDays: numberOrText(office, apply.commitmentDays),
    commitmentTime: apply.commitmentTime,
    result: apply.result,
    resultView: apply.resultView,
    isOvertime: apply.commitmentTime !== '' && end > apply.commitmentTime ? '1' : '0',
    stuffs: apply.stuffs.map(({ stuffId, stuffCode, stuffName, fileName, base64 }) => ({
      stuffId,
      stuffCode,
      stuffName,
      fileName,
      fileSize: numberOrText(office, sizeOf(base64)),
      suggestion: complaint(stuffId),
    })),
    correction: apply.correction,
    documents: apply.documents.map(({ documentType, fileName, base64, sm3 }) => ({
      documentType,
      fileName,
      fileSize: numberOrText(office, sizeOf(base64)),
      sm3,
    })),
    ...extras(office),
  }
}

function process(office: Office, body: Plain): unknown {
  checkMembers(body, [['applyNo', 'R', form(ANY_NO)]])
  const apply = found(office, body)
  const steps = apply.steps.map((step) => ({ ...step, status: anyWord(office, step.status) }))
  return { applyNo: apply.applyNo, processes: oneOrMany(steps) }
}

const CERTS = [
  '居民身份证',
  '统一社会信用代码',
  '护照',
  '港澳居民来往内地通行证',
  '台湾居民来往大陆通行证',
  '军官证',
  '其他',
]

function list(office: Office, body: Plain): unknown {
  checkMembers(body, [
    ['certificateType', 'R', word(...CERTS)],
    ['certificateNo', 'R', text(30)],
    ['areaCode', 'R', isArea],
    [
      'itemCodes',
      'R',
      (value) =>
        Array.isArray(value) && value.every((one) => typeof one === 'string' && /^\d{12}$/.test(one)),
    ],
    ['status', 'R', word('', ...Object.values(WORDS))],
    ['subApply', 'R', word('1')],
    ...PAGE,
  ])
  const { certificateType, certificateNo, areaCode, status } = body as Record<string, string>
  if (!isCertificate(certificateType ?? '', certificateNo ?? '')) throw wrong('certificateNo')
  const codes = body['itemCodes'] as readonly string[]
  const rows = (office.state.byPerson[personKey(certificateType ?? '', certificateNo ?? '')] ?? [])
    .flatMap((applyNo) => office.state.applies[applyNo] ?? [])
    .filter(
      (apply) =>
        apply.status !== '暂存' &&
        (areaCode === 'SH00SH' || apply.areaCode === areaCode) &&
        (codes.length === 0 || codes.includes(apply.itemCode)) &&
        (status === '' || apply.status === status),
    )
    .toSorted((a, b) => `${b.sbTime} ${b.applyNo}`.localeCompare(`${a.sbTime} ${a.applyNo}`))
    .map((apply) => ({
      applyNo: apply.applyNo,
      itemCode: apply.itemCode,
      itemName: matterOf(apply.itemCode)?.itemName ?? '',
      targetName: apply.body['targetName'],
      targetNo: apply.body['targetNo'],
      status: apply.status,
      onLineStatus: onLineStatus(apply),
      sbTime: apply.sbTime,
      opTime: apply.steps.at(-1)?.opTime ?? '',
      areaCode: apply.areaCode,
    }))
  return pageOf(office, rows, body, 'items')
}

function document(office: Office, body: Plain): unknown {
  checkMembers(body, [
    ['applyNo', 'R', form(ANY_NO)],
    ['documentType', 'R', word('1', '2', '3', '4')],
  ])
  const made = found(office, body).documents.find((one) => one.documentType === body['documentType'])
  if (!made) throw new Refused('DOCUMENT_NOT_FOUND', '结果文书不存在')
  return new Bytes(made.fileName, 'application/pdf', Buffer.from(made.base64, 'base64'))
}

export const queryRoutes: readonly Route[] = [
  { operation: 'case-query', path: '/uapply/getApplyBase', handle: base },
  { operation: 'case-process', path: '/uapply/getApplyProcess', handle: process },
  { operation: 'case-list', path: '/uapply/queryItemsApplyList', handle: list },
  { operation: 'document-download', path: '/uapply/downloadDocument', handle: document },
]
