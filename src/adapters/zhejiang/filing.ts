/** Filing and correcting (contract 4.b, 4.d): a number, its uploads, the document; each safe to repeat after any failure. */
import { GatewayError } from '../../errors.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, oneOrMany } from '../kit/codecs.ts'
import { objectOf } from '../kit/connect.ts'
import type { Correcting, Filed, Filing, Handle, RecordContext, RegionLink } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireApplication, WireMaterial } from './application.wire.ts'
import type { Caller } from './call.ts'
import { instant, pairOf } from './case-times.ts'
import { takeType } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { filedAs, PASSWORD, sha256, statusOf } from './handle.ts'
import { personCases } from './person-cases.ts'

type Plain = Readonly<Record<string, unknown>>

/** Handles keep uploads by file and material, since one file may stand for several: → Zhejiang's `attPath` and name. */
const keyOfUpload = (upload: string, suffId: string): string => `upload:${upload}@${suffId}`

const wall = (canon: string) => wallClock.encode(canon, {}, ROOT)

/** The request that an earlier attempt at this very correction was about to answer. */
function underWay({ handle, correctedAt }: Correcting): string | undefined {
  const [sequence, at] = (handle['correcting'] ?? '').split('@')
  return at === correctedAt ? sequence : undefined
}

/** The handle after a correction was answered: the next request is not taken for one that is under way. */
const settled = ({ correcting: _answered, ...rest }: Handle): Handle => rest

/**
 * What is asked for anew cannot be handed in later (contract 4.b.3).
 * @throws GatewayError `BODY_INVALID` before anything is sent
 */
function refuseLater(materials: readonly WireMaterial[]): void {
  const later = materials.filter(({ takeType: word }) => word === takeType.codeOf('later'))
  if (later.length === 0) return
  throw new GatewayError(
    'BODY_INVALID',
    { message: 'correction' },
    {
      errors: later.map(({ suffId, suffName }) => ({
        pointer: '/documents',
        code: 'MODE',
        zh: `补正时不能后补“${suffName}”(${suffId})`,
        en: `Document ${suffId} cannot be handed in later now`,
      })),
    },
  )
}

/** The two calls. */
export function filing(
  { options }: ZhejiangConfig,
  call: Caller,
  context: RecordContext,
): Pick<RegionLink, 'submit' | 'correct'> {
  const listCases = personCases(call, context)
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
    const whole = { ...wire, projId, suffInfoList: placed(wire.suffInfoList, handle) }
    try {
      const done = objectOf(await call.json('apply-submit', 'case', '/zwztapi/receive.do', whole))
      return filedAs({ ...handle, [PASSWORD]: asText(done['projPwd']) }, '01/0', context)
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'DUPLICATE_CASE') throw error
      return await takeOver(filing, handle, error)
    }
  }

  /**
   * The case exists already under our own number: it is taken over, with the password that the listing tells.
   * @throws GatewayError the refusal itself, when the listing knows no such case of ours
   */
  const takeOver = async (filing: Filing, handle: Handle, refusal: GatewayError): Promise<Filed> => {
    const { division, application, sourceNumber } = filing
    for (let page = 1; ; page += 1) {
      const { items } = await listCases({
        division,
        holder: application.applicant,
        page,
        pageSize: 50,
        auditNumber: sourceNumber,
      })
      const found = items.find(
        (one) => one.caseNumber === refusal.facts['caseNumber'] && one.sourceNumber === sourceNumber,
      )
      if (found)
        return filedAs({ ...handle, ...found.handle }, found.rawStatus.code, context, found.updatedAt)
      if (items.length === 0) throw refusal
    }
  }

  const correct: RegionLink['correct'] = async (work) => {
    const wire = work.wire as WireApplication
    const current = await statusOf(call, work.handle)
    const pair = pairOf(current as { phaseCode: unknown; doAction: unknown })
    const under = underWay(work)
    if (pair !== '02/4' && pair !== '01/1') {
      // The lost answer to an earlier attempt: the case has moved on since.
      if (under !== undefined)
        return filedAs(settled(work.handle), pair, context, instant(current['gmtUpdate']))
      throw new GatewayError('STATE_CONFLICT', { region: 'zhejiang', operation: 'apply-correct', code: pair })
    }
    const info = objectOf(current['correctInfo'])
    const sequence = asText(info['correctSeq'])
    // Another request is open: the one that was under way was taken, though its answer was lost.
    if (under !== undefined && under !== sequence)
      return filedAs(settled(work.handle), pair, context, instant(current['gmtUpdate']))
    const named = oneOrMany<Plain>(info['suffInfoList']).map((one) => asText(one['suffId']))
    const wanted = new Set([...work.changed.documents, ...named])
    const materials = wire.suffInfoList.filter((one) => wanted.has(one.suffId))
    refuseLater(materials)
    let handle: Handle = { ...work.handle, correcting: `${sequence}@${work.correctedAt}` }
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
        memo: work.note,
      }),
    )
    return filedAs(settled(handle), pairOf(done as { phaseCode: unknown; doAction: unknown }), context)
  }

  return { submit, correct }
}
