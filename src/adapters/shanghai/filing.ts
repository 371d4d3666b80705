/** Filing, correcting, withdrawing (contract 4.2, 4.4, 4.12). Each may be repeated after any failure. */
import { GatewayError } from '../../errors.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asText, atMost } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { Correcting, Filed, Filing, Handle, RegionLink } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import { filedAs, listOf, type Plain } from './answers.ts'
import type { WireApplication, WireUpload } from './application.wire.ts'
import type { Caller } from './call.ts'
import { status, submitType } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { precheck } from './precheck.ts'
import { type Step, stepsFor } from './replacing.ts'
import { sm3 } from './sign.ts'

/** Handles keep uploads by file and material, since one file may stand for several: → Shanghai's `stuffId`. */
const keyOfUpload = ({ stuffId, stuffCode }: WireUpload): string => `upload:${stuffId}@${stuffCode}`

const wireOf = (filing: Filing): WireApplication => filing.wire as WireApplication

export function filingCalls(
  { options }: ShanghaiConfig,
  call: Caller,
): Pick<RegionLink, 'submit' | 'correct' | 'withdraw'> {
  const actor = { opUserId: options.opUserId, opUsername: options.opUsername }
  const organ = { opDepartCode: options.opDepartCode, opDepartName: options.opDepartName }

  const query = async (applyNo: string): Promise<Plain> =>
    objectOf(await call.json('case-query', '/uapply/getApplyBase', { applyNo }))

  const save = (wire: WireApplication, applyNo: string, type: 'new' | 'correction'): Promise<unknown> => {
    const { stuffs: _stuffs, accessToken: _token, ...body } = wire
    return call.json('apply-save', '/uapply/saveApply', {
      ...body,
      applyNo,
      submitType: submitType.codeOf(type),
    })
  }

  const submitSaved = async (applyNo: string, handle: Handle): Promise<Filed> => {
    const done = objectOf(await call.json('apply-submit', '/uapply/submitApply', { applyNo }))
    return filedAs(applyNo, handle, asText(done['status']), done['submitTime'])
  }

  /** Uploads one file and keeps its `stuffId`; with an old one it takes that file's place (trap 14). */
  const uploadOne = async (
    filing: Filing,
    applyNo: string,
    handle: Handle,
    stuff: WireUpload,
    old?: string,
  ): Promise<Handle> => {
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
    const kept = { ...handle, [keyOfUpload(stuff)]: asText(answer['stuffId']) }
    await filing.keep(kept)
    return kept
  }

  const numberOf = async (filing: Filing): Promise<{ applyNo: string; handle: Handle }> => {
    const known = filing.handle['applyNo']
    if (known !== undefined) return { applyNo: known, handle: filing.handle }
    precheck(wireOf(filing), filing.matter)
    const itemCode = `${options.casePrefix}${wireOf(filing).itemCode}`
    const answer = objectOf(await call.json('apply-no', '/uapply/generateApplyNo', { itemCode }))
    const applyNo = asText(answer['applyNo'])
    const handle = { ...filing.handle, applyNo }
    await filing.keep(handle)
    return { applyNo, handle }
  }

  const saveAndUpload = async (filing: Filing, applyNo: string, before: Handle): Promise<Handle> => {
    let handle = before
    // What was saved is not saved again: a repetition may meet a case that is submitted already.
    if (handle['saved'] === undefined) {
      await save(wireOf(filing), applyNo, 'new')
      handle = { ...handle, saved: '1' }
      await filing.keep(handle, applyNo)
    }
    // A new upload of the same bytes answers the existing id, so a repetition is harmless.
    for (const stuff of wireOf(filing).stuffs ?? [])
      if (handle[keyOfUpload(stuff)] === undefined) handle = await uploadOne(filing, applyNo, handle, stuff)
    return handle
  }

  const submit: RegionLink['submit'] = async (filing) => {
    const numbered = await numberOf(filing)
    const { applyNo } = numbered
    let { handle } = numbered
    const keep: Filing['keep'] = async (kept, number) => {
      await filing.keep(kept, number)
      handle = kept
    }
    try {
      return await submitSaved(applyNo, await saveAndUpload({ ...filing, keep }, applyNo, handle))
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      // It had arrived the first time, and the case has moved on since.
      const current = await query(applyNo)
      const word = asText(current['status'])
      if (status.decode(word, {}) === 'DRAFT') throw error
      return filedAs(applyNo, handle, word, current['opTime'])
    }
  }

  /** Puts the files as the corrected application has them. */
  const replaceFiles = async (work: Correcting, applyNo: string, current: Plain): Promise<Handle> => {
    let { handle } = work
    for (const step of stepsOf(work, current)) {
      if (step.act === 'remove') await remove(applyNo, step.stuffId)
      else
        handle = await uploadOne(
          work,
          applyNo,
          handle,
          step.upload,
          step.act === 'replace' ? step.stuffId : undefined,
        )
    }
    return handle
  }

  const remove = async (applyNo: string, stuffId: string): Promise<void> => {
    try {
      await call.json('material-delete', '/uapply/deleteStuffAttach', { applyNo, stuffId })
    } catch (error) {
      // Repeating a deletion is told as not found: it is done.
      if (!(error instanceof GatewayError) || error.facts['code'] !== 'STUFF_NOT_FOUND') throw error
    }
  }

  const correct: RegionLink['correct'] = async (work) => {
    const applyNo = work.filed.caseNumber
    const current = await query(applyNo)
    const word = asText(current['status'])
    const state = status.decode(word, {})
    if (state !== 'CORRECTION_REQUIRED' && state !== 'PRECHECK_RETURNED') {
      if (work.isRepeated) return filedAs(applyNo, work.handle, word, current['opTime'])
      throw new GatewayError('STATE_CONFLICT', {
        region: 'shanghai',
        operation: 'apply-correct',
        status: state,
      })
    }
    const returned = state === 'PRECHECK_RETURNED'
    precheck(wireOf(work), work.matter)
    if (returned || savesAnew(work, current)) await save(wireOf(work), applyNo, 'correction')
    const handle = await replaceFiles(work, applyNo, current)
    if (returned) return submitSaved(applyNo, handle)
    const done = objectOf(
      await call.json('apply-correct', '/uapply/corretApply', {
        applyNo,
        suggestion: atMost(work.note || '已按要求补正', 500),
        ...organ,
        ...actor,
        opTime: wallClock.encode(work.correctedAt, {}, ROOT),
        stuffs: noticedIn(current).map(({ stuffId }) => ({ stuffId, suggestion: '已替换' })),
      }),
    )
    return filedAs(applyNo, handle, asText(done['status']), done['opTime'])
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

  return { submit, correct, withdraw }
}

const stuffsOf = (rows: readonly Plain[]) =>
  rows.map((one) => ({ stuffId: asText(one['stuffId']), stuffCode: asText(one['stuffCode']) }))

/** The files that the open notice complains of. */
const noticedIn = (current: Plain) => {
  const notice = current['correction']
  return typeof notice === 'object' && notice !== null ? stuffsOf(listOf(objectOf(notice), 'stuffs')) : []
}

/** The saved content is written anew when it changed: the form, or which documents a licence stands for. */
function savesAnew(work: Correcting, current: Plain): boolean {
  const files = new Set(stuffsOf(listOf(current, 'stuffs')).map(({ stuffCode }) => stuffCode))
  const licences = new Set(wireOf(work).extInfo?.certs?.map(({ stuffCode }) => stuffCode))
  return (
    work.changed.fields.length > 0 || work.changed.documents.some((id) => licences.has(id) || !files.has(id))
  )
}

function stepsOf(work: Correcting, current: Plain): readonly Step[] {
  const present = stuffsOf(listOf(current, 'stuffs'))
  const noticed = new Set(noticedIn(current).map(({ stuffId }) => stuffId))
  return work.changed.documents.flatMap((code) =>
    stepsFor({
      wanted: (wireOf(work).stuffs ?? []).filter(({ stuffCode }) => stuffCode === code),
      present: present.filter(({ stuffCode }) => stuffCode === code),
      noticed,
      known: (upload) => work.handle[keyOfUpload(upload)],
    }),
  )
}
