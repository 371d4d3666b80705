/** Shanghai's calls: catalogue, filing, following (contract section 4). */
import { GatewayError } from '../../errors.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asInteger, asText } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type {
  Correcting,
  Filed,
  FiledCase,
  Filing,
  Handle,
  ListedCase,
  MatterRow,
  RawStatus,
  RecordContext,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireApplication } from './application.wire.ts'
import { division, regionCode } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { certType, documentType, itemStatus, status, submitType } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { matter } from './matter.ts'
import { sm3 } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>

const raw = (word: string): RawStatus => ({ code: word, label: word })
const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(asText(wire), {}, ROOT)
const itemsOf = (page: Plain): readonly Plain[] =>
  Array.isArray(page['items']) ? page['items'].map(objectOf) : []

/** Handles keep uploads by file and material, since one file may stand for several: → Shanghai's `stuffId`. */
const keyOfUpload = (upload: string, stuffCode: string): string => `upload:${upload}@${stuffCode}`

export function link(config: ShanghaiConfig, call: Caller): RegionLink {
  const { options } = config
  const context: RecordContext = { options: options as Record<string, unknown> }
  const actor = { opUserId: options.opUserId, opUsername: options.opUsername }
  const organ = { opDepartCode: options.opDepartCode, opDepartName: options.opDepartName }

  const readMatter: RegionLink['readMatter'] = async ({ code }) => {
    const [row, detail, stuffs, areas] = await Promise.all([
      rowOf(code),
      call.json('matter-detail', '/uapply/getItemAppplyInfo', { itemCode: code }),
      call.json('matter-materials', '/uapply/getItemStuffList', { itemCode: code }),
      call.json('matter-areas', '/portal/getItemAreaList', { itemCodes: code }),
    ])
    return matter.read({ ...row, ...objectOf(detail), stuffs, areas }, context)
  }

  // The detail does not tell what the list tells: the rows of the last listing are kept for it.
  const rows = new Map<string, Plain>()
  const rowOf = async (code: string): Promise<Plain> => {
    for (let page = 1; !rows.has(code) && page <= 100; page += 1) {
      const { items, total } = await list('', page, 100)
      if (items.length === 0 || page * 100 >= total) break
    }
    const row = rows.get(code)
    if (!row)
      throw new GatewayError('REGION_REJECTED', {
        region: 'shanghai',
        operation: 'matter-list',
        code: 'ITEM_NOT_FOUND',
      })
    return row
  }

  const list = async (updateTimeBegin: string, pageNo: number, pageSize: number) => {
    const page = objectOf(
      await call.json('matter-list', '/portal/queryItemPage', {
        regionCode: options.cityRegionCode,
        updateTimeBegin,
        pageNo,
        pageSize,
      }),
    )
    const items = itemsOf(page)
    for (const item of items) rows.set(asText(item['itemCode']), item)
    return { items, total: asInteger(page['total']) }
  }

  const listMatters: RegionLink['listMatters'] = async ({ changedSince, page, pageSize }) => {
    const { items, total } = await list(
      changedSince ? wallClock.encode(changedSince, {}, ROOT) : '',
      page,
      pageSize,
    )
    return {
      total,
      items: items.map(
        (item): MatterRow => ({
          code: asText(item['itemCode']),
          updatedAt: instant(item['updateTime']) ?? '',
          state: itemStatus.find(item['itemStatus']) ?? 'suspended',
        }),
      ),
    }
  }

  const save = (wire: WireApplication, applyNo: string, type: string): Promise<unknown> => {
    const { stuffs: _stuffs, accessToken: _token, ...body } = wire
    return call.json('apply-save', '/uapply/saveApply', { ...body, applyNo, submitType: type })
  }

  /** Uploads what was not uploaded yet. A new upload of the same bytes answers the existing id, so a repetition is harmless. */
  const uploadAll = async (
    filing: Filing,
    applyNo: string,
    handle: Handle,
    replacing: ReadonlyMap<string, string[]> = new Map(),
  ): Promise<Handle> => {
    let kept = handle
    for (const stuff of (filing.wire as WireApplication).stuffs ?? []) {
      const key = keyOfUpload(stuff.stuffId, stuff.stuffCode)
      // What an earlier attempt replaced already has used up its old file.
      const old = replacing.get(stuff.stuffCode)?.shift()
      if (kept[key] !== undefined) continue
      const file = await filing.file(stuff.stuffId)
      const answer = objectOf(
        await call.form('material-upload', '/uapply/uploadStuff', [
          { name: 'applyNo', value: applyNo },
          { name: 'stuffId', value: old ?? '' },
          { name: 'stuffCode', value: stuff.stuffCode },
          { name: 'stuffName', value: stuff.stuffName },
          { name: 'stuffType', value: stuff.stuffType },
          { name: 'stuffStatus', value: old === undefined ? '0' : '2' },
          { name: 'file', filename: file.name, contentType: file.contentType, bytes: file.bytes },
        ]),
      )
      if (asText(answer['sm3']) !== sm3(file.bytes))
        throw new GatewayError('REGION_ANSWER_INVALID', {
          region: 'shanghai',
          operation: 'material-upload',
          reason: 'digest',
        })
      kept = { ...kept, [key]: asText(answer['stuffId']) }
      await filing.keep(kept)
    }
    return kept
  }

  const filedAs = (applyNo: string, handle: Handle, word: string, at: unknown): Filed => {
    const occurredAt = instant(at)
    return {
      caseNumber: applyNo,
      handle,
      status: status.decode(word, context),
      rawStatus: raw(word),
      ...(occurredAt ? { occurredAt } : {}),
    }
  }

  /** The last step, when a repeated write meets a case that has moved on since: it had arrived the first time. */
  const movedOn = async (
    applyNo: string,
    handle: Handle,
    error: unknown,
    from: readonly CaseStatus[],
  ): Promise<Filed> => {
    if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
    const current = objectOf(await call.json('case-query', '/uapply/getApplyBase', { applyNo }))
    const word = asText(current['status'])
    if (from.includes(status.decode(word, context))) throw error
    return filedAs(applyNo, handle, word, current['opTime'])
  }

  const submit: RegionLink['submit'] = async (filing) => {
    let { handle } = filing
    let applyNo = handle['applyNo']
    if (applyNo === undefined) {
      const itemCode = `${options.casePrefix}${(filing.wire as WireApplication).itemCode}`
      applyNo = asText(
        objectOf(await call.json('apply-no', '/uapply/generateApplyNo', { itemCode }))['applyNo'],
      )
      handle = { ...handle, applyNo }
      await filing.keep(handle)
    }
    try {
      // What was saved is not saved again: a repetition may meet a case that is submitted already.
      if (handle['saved'] === undefined) {
        await save(filing.wire as WireApplication, applyNo, submitType.codeOf('new'))
        handle = { ...handle, saved: '1' }
        await filing.keep(handle)
      }
      handle = await uploadAll(filing, applyNo, handle)
      const done = objectOf(await call.json('apply-submit', '/uapply/submitApply', { applyNo }))
      return filedAs(applyNo, handle, asText(done['status']), done['submitTime'])
    } catch (error) {
      return movedOn(applyNo, handle, error, ['DRAFT'])
    }
  }

  const correct: RegionLink['correct'] = async (work) => {
    const applyNo = work.filed.caseNumber
    const returned = work.filed.status === 'PRECHECK_RETURNED'
    try {
      const current = objectOf(await call.json('case-query', '/uapply/getApplyBase', { applyNo }))
      const noticed = noticedStuffs(current)
      if (returned || work.changed.fields.length > 0)
        await save(work.wire as WireApplication, applyNo, submitType.codeOf('correction'))
      const handle = await uploadAll(
        work,
        applyNo,
        work.handle,
        returned ? ownStuffs(current, work) : noticed.byCode,
      )
      if (returned) {
        const done = objectOf(await call.json('apply-submit', '/uapply/submitApply', { applyNo }))
        return filedAs(applyNo, handle, asText(done['status']), done['submitTime'])
      }
      const done = objectOf(
        await call.json('apply-correct', '/uapply/corretApply', {
          applyNo,
          suggestion: [...(work.note || '已按要求补正')].slice(0, 500).join(''),
          ...organ,
          ...actor,
          opTime: wallClock.encode(work.correctedAt, {}, ROOT),
          stuffs: noticed.ids.map((stuffId) => ({ stuffId, suggestion: '已替换' })),
        }),
      )
      return filedAs(applyNo, handle, asText(done['status']), done['opTime'])
    } catch (error) {
      return movedOn(applyNo, work.handle, error, ['CORRECTION_REQUIRED', 'PRECHECK_RETURNED'])
    }
  }

  const readCase: RegionLink['readCase'] = async ({ caseNumber }): Promise<RegionalCase> => {
    const [base, process] = await Promise.all([
      call.json('case-query', '/uapply/getApplyBase', { applyNo: caseNumber }),
      call.json('case-process', '/uapply/getApplyProcess', { applyNo: caseNumber }),
    ])
    return caseMessage.read({ ...objectOf(base), processes: objectOf(process)['processes'] }, context)
  }

  const listCases: RegionLink['listCases'] = async ({ division: place, holder, page, pageSize }) => {
    const certificateType = certType.table[holder.idDocument.type]?.[0] ?? '其他'
    const found = objectOf(
      await call.json('case-list', '/uapply/queryItemsApplyList', {
        certificateType,
        certificateNo: holder.idDocument.number,
        areaCode: regionCode.encode(place, {}, ROOT),
        itemCodes: [],
        status: '',
        subApply: '1',
        pageNo: page,
        pageSize,
      }),
    )
    return { total: asInteger(found['total']), items: itemsOf(found).map(listed) }
  }

  const listed = (item: Plain): ListedCase => {
    const word = asText(item['status'])
    const appliedAt = instant(item['sbTime'])
    const updatedAt = instant(item['opTime'])
    return {
      caseNumber: asText(item['applyNo']),
      division: isAbsent(item['areaCode']) ? '310000' : division(item['areaCode']),
      matterCode: asText(item['itemCode']),
      title: asText(item['itemName']),
      status: status.decode(word, context),
      rawStatus: raw(word),
      ...(appliedAt ? { appliedAt } : {}),
      ...(updatedAt ? { updatedAt } : {}),
      handle: {},
    }
  }

  const withdraw: RegionLink['withdraw'] = async (filed, { reason, at }) => {
    const done = objectOf(
      await call.json('withdraw', '/uapply/withdrawApply', {
        applyNo: filed.caseNumber,
        reason,
        ...actor,
        opTime: formatWallClock(at),
      }),
    )
    return filedAs(filed.caseNumber, filed.handle, asText(done['status']), done['opTime'])
  }

  const readResult: RegionLink['readResult'] = async ({ caseNumber }, current) => {
    const documents = []
    for (const told of current.result?.documents ?? []) {
      const file = await call.bytes('document-download', '/uapply/downloadDocument', {
        applyNo: caseNumber,
        documentType: told.ref,
      })
      if (told.digest && told.digest !== `sm3:${sm3(file.bytes)}`)
        throw new GatewayError('REGION_ANSWER_INVALID', {
          region: 'shanghai',
          operation: 'document-download',
          reason: 'digest',
        })
      documents.push({ ...file, kind: documentType.find(told.ref) ?? ('other' as const) })
    }
    return documents
  }

  const download = (filed: FiledCase, stuffId: string) =>
    call.bytes('material-download', '/uapply/downloadStuff', { applyNo: filed.caseNumber, stuffId })

  return {
    health: call.health,
    listMatters,
    readMatter,
    submit,
    correct,
    readCase,
    listCases,
    withdraw,
    readResult,
    download,
  }
}

/** The stuffs that the open notice complains of: all ids, and by code in their order. */
function noticedStuffs(current: Plain): { ids: readonly string[]; byCode: Map<string, string[]> } {
  const correction =
    typeof current['correction'] === 'object' && current['correction'] !== null
      ? objectOf(current['correction'])
      : {}
  const stuffs = Array.isArray(correction['stuffs']) ? correction['stuffs'].map(objectOf) : []
  return { ids: stuffs.map((one) => asText(one['stuffId'])), byCode: byCode(stuffs) }
}

/** After 预审不通过 a changed document replaces its old file. */
function ownStuffs(current: Plain, work: Correcting): Map<string, string[]> {
  const stuffs = Array.isArray(current['stuffs']) ? current['stuffs'].map(objectOf) : []
  return byCode(stuffs.filter((one) => work.changed.documents.includes(asText(one['stuffCode']))))
}

function byCode(stuffs: readonly Plain[]): Map<string, string[]> {
  const out = new Map<string, string[]>()
  for (const one of stuffs) {
    const code = asText(one['stuffCode'])
    out.set(code, [...(out.get(code) ?? []), asText(one['stuffId'])])
  }
  return out
}
