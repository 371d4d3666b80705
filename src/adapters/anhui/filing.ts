/** Filing at Anhui (contract 4b, 4d): take a number, upload, submit; and the same once more, whole, for a correction. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { Correcting, Filed, Filing, Handle, RegionLink } from '../kit/contract.ts'
import type { WireApplication, WireAttr } from './application.wire.ts'
import { filesOf, recordsOf } from './attachments-trace.ts'
import type { Caller } from './call.ts'
import { instant, rawOf } from './case-values.ts'
import { status } from './codes.ts'
import type { AnhuiConfig } from './config.ts'
import { xmlOf } from './xml.ts'

type Plain = Readonly<Record<string, unknown>>

/** Key of the query password in a handle. It keeps its leading noughts (trap 10). */
export const PASSWORD = 'projpwd'
/** Handles keep uploads under `upload:<uploadId>@<attrId>`: address, name and password, for each material of its own. */
const uploadKey = (uploadId: string, attrId: string) => `upload:${uploadId}@${attrId}`

export const passwordOf = (handle: Handle): string => handle[PASSWORD] ?? ''

/** The `data` of `projQuery`. */
export const stateOf = async (call: Caller, projid: string, projpwd: string): Promise<Plain> =>
  objectOf(
    await call.form('case-query', '/projQuery', {
      projQueryXml: xmlOf('RECORD', { PROJID: projid, PROJPWD: projpwd }),
    }),
  )

/** What the region has, by the state that it tells. */
export const filedAs = (caseNumber: string, handle: Handle, code: string, occurredAt?: string): Filed => ({
  caseNumber,
  handle,
  status: status.decode(code, {}),
  rawStatus: rawOf(code),
  ...(occurredAt ? { occurredAt } : {}),
})

/** The file's name as its material takes it: Anhui compares extensions letter by letter, and a list with `jpg` need not have `jpeg`. */
export function namedFor(name: string, attrId: string, { documents }: Pick<Matter, 'documents'>): string {
  const formats = documents.find(({ id }) => id === attrId)?.formats?.map((one) => one.toLowerCase()) ?? []
  const extension = /\.(jpe?g)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined || formats.includes(extension)) return name
  const other = extension === 'jpg' ? 'jpeg' : 'jpg'
  return formats.includes(other) ? `${name.slice(0, -extension.length)}${other}` : name
}

/** Platform time of the newest step: `yyyy-MM-dd HH:mm:ss`, or `''` before the first. */
const newestStep = (current: Plain): string =>
  oneOrMany<Plain>(current['nodes'])
    .map((node) => asText(node['startTime']))
    .toSorted()
    .at(-1) ?? ''

const fromState = (handle: Handle, current: Plain): Filed =>
  filedAs(asText(current['projid']), handle, asText(current['handleState']), instant(newestStep(current)))

const isRefusal = (error: unknown, code: GatewayError['code']): error is GatewayError =>
  error instanceof GatewayError && error.code === code

/** The two writing calls of a link. */
export function filing({ options }: AnhuiConfig, call: Caller): Pick<RegionLink, 'submit' | 'correct'> {
  /**
   * Takes the number, or the same number again: a repetition is free, and a number that lapsed unused after a day is
   * replaced by a new one, whose files must be sent anew.
   */
  const takeNumber = async (work: Filing, wire: WireApplication): Promise<Handle> => {
    const { SERVICEINFO, CALLINFO } = wire.apasInfoXml.RECORD
    const got = objectOf(
      await call.form('take-number', '/projIdFeedback', {
        projIdFeedbackXml: xmlOf('RECORD', {
          CALLINFO: { CALLER: options.caller, CALLTIME: CALLINFO.CALLTIME, ISSUE: options.issue },
          SERVICEINFO: {
            UNID: SERVICEINFO.UNID,
            PROJID: '',
            SERVICECODE: SERVICEINFO.SERVICECODE,
            AREACODE: SERVICEINFO.AREACODE,
            BELONGSYSTEM: options.belongSystem,
          },
        }),
      }),
    )
    const given = {
      unid: SERVICEINFO.UNID,
      projid: asText(got['projid']),
      [PASSWORD]: asText(got['projpwd']),
    }
    const same = work.handle['projid'] === given.projid && passwordOf(work.handle) === given[PASSWORD]
    if (same) return work.handle
    await work.keep(given)
    return given
  }

  const upload = async (
    work: Filing,
    areaCode: string,
    unid: string,
    record: WireAttr,
    uploadId: string,
  ): Promise<string> => {
    const file = await work.file(uploadId)
    const answer = await call.upload('material-upload', areaCode, '/materialService/materialUpload', [
      { name: 'unid', value: unid },
      { name: 'attrId', value: record.ATTRID },
      { name: 'attrName', value: record.ATTRNAME },
      {
        name: 'file',
        filename: namedFor(file.name, record.ATTRID, work.matter),
        contentType: file.contentType,
        bytes: file.bytes,
      },
    ])
    const told = objectOf(oneOrMany<unknown>(answer['data'])[0])
    if (asText(told['md5']).toLowerCase() !== createHash('md5').update(file.bytes).digest('hex'))
      throw new GatewayError('REGION_ANSWER_INVALID', {
        region: 'anhui',
        operation: 'material-upload',
        reason: 'digest',
      })
    return JSON.stringify([asText(told['fileUrl']), asText(told['fileName']), asText(told['filePwd'])])
  }

  /** Uploads what was not uploaded yet. The same bytes again get the first answer again, so a repetition is harmless. */
  const uploadAll = async (work: Filing, wire: WireApplication, handle: Handle): Promise<Handle> => {
    const { AREACODE, UNID } = wire.apasInfoXml.RECORD.SERVICEINFO
    let kept = handle
    for (const record of recordsOf(wire.attrXml)) {
      for (const { FILEURL: uploadId } of filesOf(record)) {
        const key = uploadKey(uploadId, record.ATTRID)
        if (kept[key] !== undefined) continue
        kept = { ...kept, [key]: await upload(work, AREACODE, UNID, record, uploadId) }
        await work.keep(kept)
      }
    }
    return kept
  }

  /** The three XML fields, with Anhui's own numbers, passwords and files in them. */
  const fieldsOf = (wire: WireApplication, handle: Handle): Record<string, string> => {
    const { CALLINFO, SERVICEINFO } = wire.apasInfoXml.RECORD
    const records = recordsOf(wire.attrXml).map((record) => ({
      ...record,
      FILES: filesOf(record).length === 0 ? undefined : { FILEINFO: placed(record, handle) },
    }))
    return {
      apasInfoXml: xmlOf('RECORD', {
        CALLINFO,
        SERVICEINFO: { ...SERVICEINFO, PROJID: handle['projid'] ?? '', PROJPWD: passwordOf(handle) },
      }),
      attrXml: xmlOf('RECORDS', { RECORD: records }),
      formXml: xmlOf('RECORD', wire.formXml.RECORD),
    }
  }

  const register = (wire: WireApplication, handle: Handle): Promise<unknown> =>
    call.form('apply-submit', '/apasInfo', fieldsOf(wire, handle))

  /** The case as it stands, by the numbers that we hold. */
  const current = (handle: Handle): Promise<Plain> =>
    stateOf(call, handle['projid'] ?? '', passwordOf(handle))

  /** The state after an earlier attempt whose answer was lost; nothing when it never arrived. */
  const arrived = async (handle: Handle): Promise<Filed | undefined> => {
    if (handle['submitting'] === undefined) return undefined
    try {
      const found = await current(handle)
      return found['handleState'] === '00' ? undefined : fromState(handle, found)
    } catch (error) {
      // A number that lapsed unused is unknown: everything begins anew.
      if (isRefusal(error, 'CASE_NOT_FOUND')) return undefined
      throw error
    }
  }

  const submit: RegionLink['submit'] = async (work) => {
    // A second registration of a returned case would count as its correction, so an attempt looks first.
    const earlier = await arrived(work.handle)
    if (earlier) return earlier
    const wire = work.wire as WireApplication
    let handle = await uploadAll(work, wire, await takeNumber(work, wire))
    if (handle['submitting'] === undefined) {
      handle = { ...handle, submitting: '1' }
      await work.keep(handle)
    }
    try {
      await register(wire, handle)
      return filedAs(handle['projid'] ?? '', handle, '01')
    } catch (error) {
      return registered(error, handle)
    }
  }

  /** `07` with our own `UNID` is a success whose answer was lost. */
  const registered = async (error: unknown, handle: Handle): Promise<Filed> => {
    if (!isRefusal(error, 'DUPLICATE_CASE') || error.facts['unid'] !== handle['unid']) throw error
    return fromState(handle, await current(handle))
  }

  const correct: RegionLink['correct'] = async (work) => {
    const found = await current(work.handle)
    const code = asText(found['handleState'])
    const before = attemptedAfter(work)
    const open = code === '02' || code === '05'
    // A newer step than the one before the first attempt means that it arrived: what is asked now is asked anew.
    if (before !== undefined && (!open || before !== newestStep(found))) return fromState(work.handle, found)
    if (!open)
      throw new GatewayError('STATE_CONFLICT', {
        region: 'anhui',
        operation: 'apply-submit',
        code: '06',
        state: code,
      })
    const wire = work.wire as WireApplication
    let handle = await uploadAll(work, wire, work.handle)
    if (before === undefined) {
      handle = { ...handle, correcting: `${work.correctedAt}|${newestStep(found)}` }
      await work.keep(handle)
    }
    try {
      await register(wire, handle)
      return filedAs(handle['projid'] ?? '', handle, code === '02' ? '01' : '04')
    } catch (error) {
      return registered(error, handle)
    }
  }

  return { submit, correct }
}

/**
 * The newest step before the first attempt at this correction; nothing when this is the first. Two corrections may be of one
 * second, so that only a repeated attempt can have been here before.
 */
function attemptedAfter({ handle, correctedAt, isRepeated }: Correcting): string | undefined {
  const [when, before] = (handle['correcting'] ?? '').split('|')
  return isRepeated && when === correctedAt ? before : undefined
}

/** Address, name and password of each file exactly as they were answered. */
const placed = (record: WireAttr, handle: Handle) =>
  filesOf(record).map((file) => {
    const kept = handle[uploadKey(file.FILEURL, record.ATTRID)] ?? '["","",""]'
    const [FILEURL, FILENAME, FILEPWD] = JSON.parse(kept) as [string, string, string]
    return { FILENAME, FILEURL, FILEPWD }
  })
