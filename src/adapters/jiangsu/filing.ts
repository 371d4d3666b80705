/** What is written: submitted, corrected, withdrawn (4.b, 4.l). Each may be repeated after any failure (1.5). */
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asText, atMost, oneOrMany } from '../kit/codecs.ts'
import type { Filed, FiledCase, Filing, Handle, RecordContext, RegionLink } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireApplication } from './application.wire.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { STATUS_NAMES, stateOf } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { uploadAll } from './uploads.ts'

type Plain = Readonly<Record<string, unknown>>

const NEVER_SUBMITTED: ReadonlySet<string> = new Set(['8', '10'])
const AWAITS_CORRECTION: ReadonlySet<CaseStatus> = new Set(['CORRECTION_REQUIRED', 'PRECHECK_RETURNED'])

const keyIn = (handle: Handle): string => handle['projectguid'] ?? ''

/** `projectguid`, by which Jiangsu knows the case. */
export const keyOf = (filed: FiledCase): string => keyIn(filed.handle)

/** The applicant's number, without which nothing is told of a submitted case. */
export const certnumOf = (filed: FiledCase): string => filed.application.applicant.idDocument.number

/** The writing half of the link. */
export function filing(
  config: JiangsuConfig,
  call: Caller,
): Pick<RegionLink, 'submit' | 'correct' | 'withdraw'> {
  const context: RecordContext = { options: config.options as Record<string, unknown> }
  const projects = (operation: string, path: string, params: Plain) =>
    call.hall(operation, 'project', `zwdtProject/${path}`, params)

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

  /** A refusal by the state is none when the case has come to where the write would have taken it: an earlier attempt arrived. */
  const unlessMoved = async (
    error: unknown,
    asked: () => Promise<Filed>,
    isThere: (now: Filed) => boolean,
  ): Promise<Filed> => {
    if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
    const now = await asked()
    if (!isThere(now)) throw error
    return now
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
      handle = await uploadAll(call, filing, projectguid, handle, config.options)
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

  const correct: RegionLink['correct'] = async (work) => {
    const { filed } = work
    const wire = work.wire as WireApplication
    const projectguid = keyOf(filed)
    let { handle } = work
    const asked = () => asItIs(work.division, projectguid, wire.certnum, handle)
    if (work.isRepeated) {
      const now = await asked()
      if (!AWAITS_CORRECTION.has(now.status)) return now
    }
    try {
      handle = await uploadAll(call, work, projectguid, handle, config.options, {
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
      return unlessMoved(error, asked, ({ status }) => !AWAITS_CORRECTION.has(status))
    }
  }

  const withdraw: RegionLink['withdraw'] = async (filed, { reason, at, isRepeated }) => {
    const projectguid = keyOf(filed)
    const asked = () => asItIs(filed.division, projectguid, certnumOf(filed), filed.handle)
    // What was sent before may have arrived (1.5); a suspended case is not withdrawn (7), but it may have been resumed since.
    if (isRepeated || filed.status === 'SUSPENDED') {
      const now = await asked()
      if (now.status === 'WITHDRAWN') return now
      if (now.status === 'SUSPENDED')
        throw new GatewayError('STATE_CONFLICT', { region: 'jiangsu', status: now.status })
    }
    try {
      const done = await projects('case-withdraw', 'cancelProject', {
        areacode: filed.division,
        flowsn: filed.caseNumber,
        projectguid,
        certnum: certnumOf(filed),
        cancelreason: atMost(reason, 200),
        canceldate: formatWallClock(at),
      })
      return filedAs(done, filed.handle)
    } catch (error) {
      return unlessMoved(error, asked, ({ status }) => status === 'WITHDRAWN')
    }
  }

  return { submit, correct, withdraw }
}
