/** Jiangsu's calls: catalogue, filing, following (contract section 4). */
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { asInteger, asText, formatWallClock, oneOrMany, wallClock } from '../kit/codecs.ts'
import type {
  Filed,
  FiledCase,
  Filing,
  Handle,
  ListedCase,
  MatterRow,
  RecordContext,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent, ROOT } from '../kit/table.ts'
import type { WireApplication, WireMaterialEntry } from './application.wire.ts'
import { division } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { certType, STATUS_NAMES, stateOf } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { matter } from './matter.ts'
import { guidOf, sm3 } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>

const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(asText(wire), {}, ROOT)

/**
 * Handles keep uploads by file and material, since one file may stand for several: → Jiangsu's `attachguid`. A corrected
 * material wants a file that is newer than the request, even when it is the same one: `anew` tells the correction.
 */
const keyOfUpload = (upload: string, material: string, anew: string): string =>
  `upload:${upload}@${material}${anew && ` ${anew}`}`
const NEVER_SUBMITTED: ReadonlySet<string> = new Set(['8', '10'])
const AWAITS_CORRECTION: ReadonlySet<CaseStatus> = new Set(['CORRECTION_REQUIRED', 'PRECHECK_RETURNED'])

export function link(config: JiangsuConfig, call: Caller): RegionLink {
  const context: RecordContext = { options: config.options as Record<string, unknown> }

  const tasks = (operation: string, path: string, params: Plain) =>
    call.hall(operation, 'task', `zwdtTask/${path}`, params)
  const projects = (operation: string, path: string, params: Plain) =>
    call.hall(operation, 'project', `zwdtProject/${path}`, params)

  const listMatters: RegionLink['listMatters'] = async ({
    division: areacode,
    changedSince,
    page,
    pageSize,
  }) => {
    const found = await tasks('matter-list', 'getTaskList', {
      areacode,
      updatedate: changedSince ? wallClock.encode(changedSince, {}, ROOT) : '',
      currentpage: String(page - 1),
      pagesize: String(pageSize),
    })
    return {
      total: asInteger(found['totalcount']),
      items: oneOrMany<Plain>(found['tasklist']).map(
        (item): MatterRow => ({
          code: asText(item['taskguid']),
          updatedAt: instant(item['operatedate']) ?? '',
          state: String(item['is_enable']) === '1' ? 'active' : 'suspended',
        }),
      ),
    }
  }

  const readMatter: RegionLink['readMatter'] = async ({ division: areacode, code }) => {
    const params = { areacode, taskguid: code }
    const [detail, materials, centers] = await Promise.all([
      tasks('matter-detail', 'getTaskDetail', params),
      tasks('matter-materials', 'getTaskMaterialList', params),
      tasks('matter-centers', 'getTaskCenterList', params),
    ])
    const { code: _code, text: _text, ...members } = detail
    return matter.read(
      { ...members, materiallist: materials['materiallist'], centerlist: centers['centerlist'] },
      context,
    )
  }

  /** Uploads what was not uploaded yet; the same `clientguid` again stores nothing twice. */
  const uploadAll = async (
    filing: Filing,
    projectguid: string,
    handle: Handle,
    corrected?: { readonly at: string; readonly documents: readonly string[] },
  ): Promise<Handle> => {
    let kept = handle
    const wire = filing.wire as WireApplication
    for (const entry of oneOrMany<WireMaterialEntry>(wire.materiallist)) {
      const material = entry.taskmaterialguid
      const anew = corrected?.documents.includes(material) ? corrected.at : ''
      for (const { attachguid: upload } of oneOrMany<{ attachguid: string }>(entry.attachlist)) {
        const key = keyOfUpload(upload, material, anew)
        if (kept[key] !== undefined) continue
        const file = await filing.file(upload)
        if (file.bytes.length > config.options.maxFileBytes) throw tooLarge(upload, filing)
        const answer = await call.upload(
          {
            projectguid,
            taskmaterialguid: material,
            clientguid: guidOf(`${filing.sourceNumber} ${material} ${upload}${anew && ` ${anew}`}`),
            areacode: filing.division,
          },
          file,
        )
        const attachguid = asText(answer['attachguid'])
        kept = { ...kept, [key]: attachguid, [keyOfUpload(upload, material, '')]: attachguid }
        await filing.keep(kept)
      }
    }
    return kept
  }

  /** A file that Jiangsu would refuse is not sent. */
  const tooLarge = (upload: string, { application }: Filing): GatewayError => {
    const at = application.documents.findIndex((one) => one.uploads?.includes(upload))
    return new GatewayError(
      'REGION_REJECTED',
      { region: 'jiangsu', operation: 'material-upload', code: '文件过大' },
      {
        errors: [
          {
            pointer: `/documents/${at}/uploads/${application.documents[at]?.uploads?.indexOf(upload)}`,
            code: 'REGION_REJECTED',
            zh: `江苏的文件至多 ${config.options.maxFileBytes} 字节`,
            en: `A file for Jiangsu may have at most ${config.options.maxFileBytes} bytes`,
          },
        ],
      },
    )
  }

  /** Any centre of the city, for a matter that is handled over a counter and names no service point of its own (4.b). */
  const anyCenter = async (areacode: string): Promise<string> => {
    const found = await call.hall('window-list', 'center', 'zwdtCenter/getWindowList', {
      areacode,
      currentpage: '0',
      pagesize: '1',
    })
    return asText(oneOrMany<Plain>(found['windowlist'])[0]?.['centerguid'] ?? '')
  }

  /** The case as the region has it now: what a write whose answer was lost has come to. */
  const asItIs = async (
    areacode: string,
    projectguid: string,
    certnum: string,
    handle: Handle,
  ): Promise<Filed> => {
    const told = caseMessage.read(
      await projects('case-query', 'getProjectDetail', { areacode, projectguid, certnum }),
      context,
    )
    return {
      caseNumber: told.caseNumber,
      handle: { ...handle, projectguid, flowsn: told.caseNumber },
      status: told.status,
      rawStatus: told.rawStatus,
      ...(told.updatedAt ? { occurredAt: told.updatedAt } : {}),
    }
  }

  const submit: RegionLink['submit'] = async (filing) => {
    const wire = filing.wire as WireApplication
    let { handle } = filing
    let projectguid = handle['projectguid']
    // To begin again gives the same key, and tells what has become of the case.
    if (projectguid === undefined || filing.isRepeated) {
      const begun = await projects('case-init', 'initProject', {
        areacode: filing.division,
        taskguid: wire.taskguid,
        sourceareacode: wire.sourceareacode,
        sourceprojectno: filing.sourceNumber,
      })
      projectguid = asText(begun['projectguid'])
      handle = { ...handle, projectguid }
      await filing.keep(handle)
      if (!NEVER_SUBMITTED.has(String(begun['status'])))
        return asItIs(filing.division, projectguid, wire.certnum, handle)
    }
    try {
      handle = await uploadAll(filing, projectguid, handle)
      const { materiallist: _files, ...params } = wire
      if (params.centerguid === '') params.centerguid = await anyCenter(filing.division)
      const done = await projects('case-submit', 'submitProjectByTaskguid', {
        ...params,
        projectguid,
        sourceprojectno: filing.sourceNumber,
      })
      return filedAs(done, handle)
    } catch (error) {
      // Either refusal means that an earlier attempt arrived although its answer did not (1.5, trap 16).
      if (!(error instanceof GatewayError) || !['DUPLICATE_CASE', 'STATE_CONFLICT'].includes(error.code))
        throw error
      return asItIs(filing.division, projectguid, wire.certnum, handle)
    }
  }

  /** What a write answered: number, key and raw status; no event time. */
  const filedAs = (done: Plain, handle: Handle): Filed => {
    const raw = String(done['status'])
    const flowsn = asText(done['flowsn'])
    return {
      caseNumber: flowsn,
      handle: { ...handle, projectguid: asText(done['projectguid']), flowsn },
      status: stateOf(raw, [], context),
      rawStatus: { code: raw, label: STATUS_NAMES[raw] ?? '' },
    }
  }

  /**
   * What a write answered, with its event time from the operations: a callback of the request before, come late, must not
   * undo it. When the case cannot be asked for, the answer alone has to do.
   */
  const whenDone = async (
    done: Plain,
    handle: Handle,
    { division: areacode, wire }: Filing,
  ): Promise<Filed> => {
    const filed = filedAs(done, handle)
    try {
      return await asItIs(areacode, keyIn(filed.handle), (wire as WireApplication).certnum, handle)
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      return filed
    }
  }

  const keyIn = (handle: Handle): string => handle['projectguid'] ?? ''
  const keyOf = (filed: FiledCase): string => keyIn(filed.handle)

  const correct: RegionLink['correct'] = async (work) => {
    const { filed } = work
    const wire = work.wire as WireApplication
    const projectguid = keyOf(filed)
    let { handle } = work
    if (work.isRepeated) {
      const now = await asItIs(work.division, projectguid, wire.certnum, handle)
      if (!AWAITS_CORRECTION.has(now.status)) return now
    }
    try {
      handle = await uploadAll(work, projectguid, handle, {
        at: work.correctedAt,
        documents: work.changed.documents,
      })
      const done = await projects('case-resubmit', 'resubmitProject', {
        areacode: work.division,
        flowsn: filed.caseNumber,
        projectguid,
        certnum: wire.certnum,
        formdata: work.changed.fields.length > 0 ? wire.formdata : '',
        remarks: work.note,
        submitdate: wallClock.encode(work.correctedAt, {}, ROOT),
      })
      return await whenDone(done, handle, work)
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      const now = await asItIs(work.division, projectguid, wire.certnum, handle)
      // The case has moved on: an earlier attempt arrived although its answer did not.
      if (AWAITS_CORRECTION.has(now.status)) throw error
      return now
    }
  }

  const certnumOf = (filed: FiledCase): string => filed.application.applicant.idDocument.number

  const readCase: RegionLink['readCase'] = async (filed) =>
    caseMessage.read(
      await projects('case-query', 'getProjectDetail', {
        areacode: filed.division,
        ...(filed.caseNumber === '' ? { projectguid: keyOf(filed) } : { flowsn: filed.caseNumber }),
        certnum: certnumOf(filed),
      }),
      context,
    )

  const listCases: RegionLink['listCases'] = async ({ division: areacode, holder, page, pageSize }) => {
    const found = await projects('case-list', 'getMyProjectList', {
      areacode,
      certtype: certType.table[holder.idDocument.type]?.[0] ?? '99',
      certnum: holder.idDocument.number,
      currentpage: String(page - 1),
      pagesize: String(pageSize),
    })
    return {
      total: asInteger(found['totalcount']),
      items: oneOrMany<Plain>(found['projectlist']).map(listed),
    }
  }

  const listed = (item: Plain): ListedCase => {
    const raw = String(item['status'])
    const appliedAt = instant(item['applydate'])
    const updatedAt = instant(item['banjiedate']) ?? appliedAt
    const projectguid = asText(item['projectguid'])
    return {
      caseNumber: asText(item['flowsn']),
      caseKey: projectguid,
      division: division(item['areacode']),
      matterCode: asText(item['taskguid']),
      title: asText(item['projectname']),
      // `statustext` is a portal label here (trap 12): code and last operation tell the state.
      status: stateOf(raw, isAbsent(item['operatetype']) ? [] : [String(item['operatetype'])], context),
      rawStatus: { code: raw, label: STATUS_NAMES[raw] ?? '' },
      ...(appliedAt ? { appliedAt } : {}),
      ...(updatedAt ? { updatedAt } : {}),
      ...(isAbsent(item['sourceprojectno']) ? {} : { sourceNumber: asText(item['sourceprojectno']) }),
      handle: { projectguid, flowsn: asText(item['flowsn']) },
    }
  }

  const withdraw: RegionLink['withdraw'] = async (filed, { reason, at, isRepeated }) => {
    const projectguid = keyOf(filed)
    // What was sent before may have arrived (1.5); a suspended case is not withdrawn (7), but it may have been resumed since.
    if (isRepeated || filed.status === 'SUSPENDED') {
      const now = await asItIs(filed.division, projectguid, certnumOf(filed), filed.handle)
      if (now.status === 'WITHDRAWN') return now
      if (now.status === 'SUSPENDED')
        throw new GatewayError('STATE_CONFLICT', {
          region: 'jiangsu',
          operation: 'case-withdraw',
          status: now.status,
        })
    }
    try {
      const done = await projects('case-withdraw', 'cancelProject', {
        areacode: filed.division,
        flowsn: filed.caseNumber,
        projectguid,
        certnum: certnumOf(filed),
        cancelreason: [...reason].slice(0, 200).join(''),
        canceldate: formatWallClock(at),
      })
      return filedAs(done, filed.handle)
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      const now = await asItIs(filed.division, projectguid, certnumOf(filed), filed.handle)
      if (now.status !== 'WITHDRAWN') throw error
      return now
    }
  }

  const readResult: RegionLink['readResult'] = async (filed, current) => {
    const documents = []
    for (const told of current.result?.documents ?? []) {
      const file = await projects('case-result', 'getProjectResultFile', {
        areacode: filed.division,
        flowsn: filed.caseNumber,
        certnum: certnumOf(filed),
        attachguid: told.ref,
      })
      // Base64 may come in lines (trap 14).
      const bytes = Buffer.from(asText(file['attachcontent']).replaceAll(/\s/g, ''), 'base64')
      if (sm3(bytes) !== asText(file['sm3']))
        throw new GatewayError('REGION_ANSWER_INVALID', {
          region: 'jiangsu',
          operation: 'case-result',
          reason: 'digest',
        })
      documents.push({
        kind: 'result' as const,
        name: asText(file['attachname']),
        contentType: asText(file['contenttype']),
        bytes,
      })
    }
    return documents
  }

  const download: RegionLink['download'] = (filed, attachguid) =>
    call.download({ projectguid: keyOf(filed), attachguid, areacode: filed.division })

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
