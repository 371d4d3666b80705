/** Filing and correcting (contract 4.b, 4.d): a number, its uploads, the document; each safe to repeat after any failure. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { asInteger, asText, oneOrMany, wallClock } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { Filed, Filing, Handle, RecordContext, RegionLink } from '../kit/contract.ts'
import { ROOT } from '../kit/table.ts'
import type { WireApplication, WireMaterial } from './application.wire.ts'
import type { Caller } from './call.ts'
import { instant, pairOf, rawOf } from './case-times.ts'
import { phase } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'

type Plain = Readonly<Record<string, unknown>>

/** The case password, in the handle. */
export const PASSWORD = 'projPwd'

/** Handles keep uploads by file and material, since one file may stand for several: → Zhejiang's `attPath` and name. */
const keyOfUpload = (upload: string, suffId: string): string => `upload:${upload}@${suffId}`

/** Lower-case hex, as the platform writes digests. */
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const wall = (canon: string) => wallClock.encode(canon, {}, ROOT)

/** The handle after a correction was answered: the next request is not taken for one that is under way. */
const settled = ({ correcting: _answered, ...rest }: Handle): Handle => rest

/** `data` of the query of one case. */
export const statusOf = async (call: Caller, handle: Handle): Promise<Plain> =>
  objectOf(
    await call.get('case-query', 'case', '/zwztapi/status.do', {
      projId: handle['projId'] ?? '',
      projPwd: handle[PASSWORD] ?? '',
    }),
  )

/** What an answer tells of a case: its number, its keys and its state. */
export const filedAs = (
  handle: Handle,
  pair: string,
  context: RecordContext,
  occurredAt?: string,
): Filed => ({
  caseNumber: handle['projId'] ?? '',
  handle,
  status: phase.decode(pair, context),
  rawStatus: rawOf(pair),
  ...(occurredAt ? { occurredAt } : {}),
})

/** The two calls. */
export function filing(
  { options }: ZhejiangConfig,
  call: Caller,
  context: RecordContext,
): Pick<RegionLink, 'submit' | 'correct'> {
  /** Uploads what was not uploaded yet; another upload would give another path, and the same document must be sent again. */
  const uploadAll = async (
    filing: Filing,
    projId: string,
    phaseCode: string,
    handle: Handle,
    materials: readonly WireMaterial[],
  ): Promise<Handle> => {
    let kept = handle
    for (const material of materials) {
      for (const { attPath: uploadId } of material.attachMentVOs) {
        const key = keyOfUpload(uploadId, material.suffId)
        if (kept[key] !== undefined) continue
        const file = await filing.file(uploadId)
        const answer = objectOf(
          await call.form('material-upload', '/zwztapi/attach/upload.do', [
            { name: 'file', filename: file.name, contentType: file.contentType, bytes: file.bytes },
            { name: 'projId', value: projId },
            { name: 'suffId', value: material.suffId },
            { name: 'attName', value: file.name },
            { name: 'phaseCode', value: phaseCode },
          ]),
        )
        if (asText(answer['digest']).toLowerCase() !== sha256(file.bytes))
          throw new GatewayError('REGION_ANSWER_INVALID', {
            region: 'zhejiang',
            operation: 'material-upload',
            reason: 'digest',
          })
        kept = { ...kept, [key]: JSON.stringify([asText(answer['attPath']), file.name]) }
        await filing.keep(kept)
      }
    }
    return kept
  }

  /** The materials with the region's own paths in place of upload identifiers. */
  const placed = (materials: readonly WireMaterial[], handle: Handle): WireMaterial[] =>
    materials.map((material) => ({
      ...material,
      attachMentVOs: material.attachMentVOs.map((file) => {
        const [attPath, attName] = JSON.parse(
          handle[keyOfUpload(file.attPath, material.suffId)] ?? '["",""]',
        ) as [string, string]
        return { ...file, attPath, attName }
      }),
    }))

  const submit: RegionLink['submit'] = async (filing) => {
    try {
      return await submitWith(filing, filing.handle)
    } catch (error) {
      const kept = filing.handle['projId'] !== undefined
      if (!kept || !(error instanceof GatewayError) || error.code !== 'CASE_NOT_FOUND') throw error
      // A number that lapsed unused is unknown to them, and its files with it: everything begins anew.
      return await submitWith(filing, {})
    }
  }

  const submitWith = async (filing: Filing, kept: Handle): Promise<Filed> => {
    const wire = filing.wire as WireApplication
    let handle = kept
    if (handle['projId'] === undefined) {
      const got = objectOf(
        await call.param('projid-get', '/zwztapi/projid/get.do', {
          areaCode: wire.areaCode,
          matterCode: wire.matterCode,
          appId: options.appId,
        }),
      )
      handle = { ...handle, projId: asText(got['projId']) }
      await filing.keep(handle)
    }
    const projId = handle['projId'] ?? ''
    handle = await uploadAll(filing, projId, '01', handle, wire.suffInfoList)
    // The same number with the same content is answered like the first time, so a repetition is harmless.
    const done = objectOf(
      await call.json('apply-submit', 'case', '/zwztapi/receive.do', {
        ...wire,
        projId,
        suffInfoList: placed(wire.suffInfoList, handle),
      }),
    )
    return filedAs({ ...handle, [PASSWORD]: asText(done['projPwd']) }, '01/0', context)
  }

  const correct: RegionLink['correct'] = async (work) => {
    const wire = work.wire as WireApplication
    const current = await statusOf(call, work.handle)
    const pair = pairOf(current as { phaseCode: unknown; doAction: unknown })
    const answered = work.handle['correcting']
    if (pair !== '02/4' && pair !== '01/1') {
      // The lost answer to an earlier attempt: the case has moved on since.
      if (answered !== undefined)
        return filedAs(settled(work.handle), pair, context, instant(current['gmtUpdate']))
      throw new GatewayError('STATE_CONFLICT', { region: 'zhejiang', operation: 'apply-correct', code: pair })
    }
    const info = objectOf(current['correctInfo'])
    const named = oneOrMany<Plain>(info['suffInfoList']).map((one) => asText(one['suffId']))
    const wanted = new Set([...work.changed.documents, ...named])
    const materials = wire.suffInfoList.filter((one) => wanted.has(one.suffId))
    let handle: Handle = { ...work.handle, correcting: asText(info['correctSeq']) }
    await work.keep(handle)
    handle = await uploadAll(work, handle['projId'] ?? '', pair === '02/4' ? '02' : '01', handle, materials)
    const form = JSON.parse(wire.affFormInfo) as Record<string, string>
    // A field that was asked for must be in it, changed or not.
    const asked = asText(info['formFields'] ?? '').split(',')
    const fields = new Set([...work.changed.fields, ...asked.filter((one) => one !== '')])
    const done = objectOf(
      await call.json('apply-correct', 'case', '/zwztapi/correct.do', {
        projId: handle['projId'],
        projPwd: handle[PASSWORD],
        correctSeq: asInteger(info['correctSeq']),
        gmtCorrect: wall(work.correctedAt),
        appId: options.appId,
        suffInfoList: placed(materials, handle),
        affFormInfo: JSON.stringify(Object.fromEntries([...fields].map((name) => [name, form[name] ?? '']))),
        memo: [...work.note].slice(0, 500).join(''),
      }),
    )
    return filedAs(settled(handle), pairOf(done as { phaseCode: unknown; doAction: unknown }), context)
  }

  return { submit, correct }
}
