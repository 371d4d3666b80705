/** Zhejiang's calls: catalogue, filing, following (contract section 4). */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asInteger, asText, oneOrMany } from '../kit/codecs.ts'
import { fileNameOf, objectOf } from '../kit/connect.ts'
import type {
  FileContent,
  Filed,
  FiledCase,
  Filing,
  Handle,
  ListedCase,
  MatterRow,
  RecordContext,
  RegionDocument,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireApplication, WireMaterial } from './application.wire.ts'
import { cityOf, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage, instant, pairOf, rawOf } from './case.ts'
import { certType, matterState, phase } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { matter } from './matter.ts'

type Plain = Readonly<Record<string, unknown>>

/** Handles keep uploads by file and material, since one file may stand for several: → Zhejiang's `attPath` and name. */
const keyOfUpload = (upload: string, suffId: string): string => `upload:${upload}@${suffId}`
const PASSWORD = 'projPwd'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const wall = (canon: string) => wallClock.encode(canon, {}, ROOT)

/** The handle after a correction was answered: the next request is not taken for one that is under way. */
const settled = ({ correcting: _answered, ...rest }: Handle): Handle => rest

export function link(config: ZhejiangConfig, call: Caller): RegionLink {
  const { options } = config
  const context: RecordContext = { options: options as unknown as Record<string, unknown> }

  const listMatters: RegionLink['listMatters'] = async ({ division, changedSince, page, pageSize }) => {
    const found = await call.sharing('matter-list', options.sharingApiIds.matterList, {
      BELONGXIAQUCODE: wireOf(division),
      ...(changedSince ? { UPDATE_DATE: wall(changedSince) } : {}),
      pageNo: String(page),
      pageSize: String(pageSize),
    })
    return {
      total: asInteger(found['dataCount']),
      items: oneOrMany<Plain>(found['datas']).map(
        (row): MatterRow => ({
          code: asText(row['QL_INNER_CODE']),
          updatedAt: instant(row['UPDATE_DATE']) ?? '',
          state: matterState.find(row['QL_STATE']) ?? 'suspended',
        }),
      ),
    }
  }

  const readMatter: RegionLink['readMatter'] = async ({ division, code }) => {
    const found = await call.sharing('matter-detail', options.sharingApiIds.matterDetail, {
      QL_INNER_CODE: code,
      BELONGXIAQUCODE: wireOf(division),
    })
    return matter.read(oneOrMany<Plain>(found['datas'])[0], context)
  }

  const statusOf = async (handle: Handle): Promise<Plain> =>
    objectOf(
      await call.get('case-query', 'case', '/zwztapi/status.do', {
        projId: handle['projId'] ?? '',
        projPwd: handle[PASSWORD] ?? '',
      }),
    )

  const filedAs = (handle: Handle, pair: string, occurredAt?: string): Filed => ({
    caseNumber: handle['projId'] ?? '',
    handle,
    status: phase.decode(pair, context),
    rawStatus: rawOf(pair),
    ...(occurredAt ? { occurredAt } : {}),
  })

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
    return filedAs({ ...handle, [PASSWORD]: asText(done['projPwd']) }, '01/0')
  }

  const correct: RegionLink['correct'] = async (work) => {
    const wire = work.wire as WireApplication
    const current = await statusOf(work.handle)
    const pair = pairOf(current as { phaseCode: unknown; doAction: unknown })
    const answered = work.handle['correcting']
    if (pair !== '02/4' && pair !== '01/1') {
      // The lost answer to an earlier attempt: the case has moved on since.
      if (answered !== undefined) return filedAs(settled(work.handle), pair, instant(current['gmtUpdate']))
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
    return filedAs(settled(handle), pairOf(done as { phaseCode: unknown; doAction: unknown }))
  }

  const readCase: RegionLink['readCase'] = async ({ handle }) =>
    caseMessage.read(await statusOf(handle), context)

  const listCases: RegionLink['listCases'] = async ({ division, holder, page, pageSize, auditNumber }) => {
    const found = objectOf(
      await call.json('case-list', 'case', '/zwztapi/list.do', {
        idType: certType.table[holder.idDocument.type]?.[0] ?? 'OTHER',
        idNo: holder.idDocument.number,
        userName: holder.name,
        areaCode: wireOf(division),
        pageNo: page,
        pageSize: Math.min(pageSize, 50),
        bizNo: auditNumber,
      }),
    )
    return { total: asInteger(found['total']), items: oneOrMany<Plain>(found['list']).map(listed) }
  }

  const listed = (item: Plain): ListedCase => {
    const pair = pairOf(item as { phaseCode: unknown; doAction: unknown })
    const [appliedAt, updatedAt] = [instant(item['gmtApply']), instant(item['gmtUpdate'])]
    const source =
      typeof item['extInfo'] === 'object' && item['extInfo'] !== null
        ? objectOf(item['extInfo'])['sourceProjectNo']
        : undefined
    return {
      caseNumber: asText(item['projId']),
      division: cityOf(item['areaCode']),
      matterCode: asText(item['matterCode']),
      title: asText(item['projectName'] ?? ''),
      status: phase.decode(pair, context),
      rawStatus: rawOf(pair),
      ...(appliedAt ? { appliedAt } : {}),
      ...(updatedAt ? { updatedAt } : {}),
      ...(isAbsent(source) ? {} : { sourceNumber: asText(source) }),
      handle: {
        projId: asText(item['projId']),
        ...(isAbsent(item['projPwd']) ? {} : { [PASSWORD]: asText(item['projPwd']) }),
      },
    }
  }

  const withdraw: RegionLink['withdraw'] = async (filed, { reason, at }) => {
    try {
      const done = objectOf(
        await call.json('case-withdraw', 'case', '/zwztapi/withdraw.do', {
          projId: filed.caseNumber,
          projPwd: filed.handle[PASSWORD],
          gmtWithdraw: formatWallClock(at),
          reason,
          operatorName: options.recvUserName,
          operatorUid: options.recvUserId,
          appId: options.appId,
        }),
      )
      return filedAs(filed.handle, pairOf(done as { phaseCode: unknown; doAction: unknown }))
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      const current = await statusOf(filed.handle)
      const pair = pairOf(current as { phaseCode: unknown; doAction: unknown })
      // "Perhaps done": an already withdrawn case is what was asked for.
      if (phase.decode(pair, context) === 'WITHDRAWN')
        return filedAs(filed.handle, pair, instant(current['gmtUpdate']))
      throw error
    }
  }

  const download = async (filed: FiledCase, attPath: string): Promise<FileContent & { digest: string }> => {
    const answer = await call.bytes('material-download', '/zwztapi/attach/download.do', {
      projId: filed.caseNumber,
      projPwd: filed.handle[PASSWORD] ?? '',
      attPath,
    })
    return {
      name: fileNameOf(answer.headers['content-disposition'], 'document'),
      contentType: answer.headers['content-type'] ?? 'application/octet-stream',
      bytes: answer.body,
      digest: sha256(answer.body),
    }
  }

  const readResult: RegionLink['readResult'] = async (filed, current) => {
    if (!HAS_RESULT.includes(current.status)) return []
    const done = objectOf(
      await call.json('case-result', 'case', '/zwztapi/result.do', {
        projId: filed.caseNumber,
        projPwd: filed.handle[PASSWORD],
      }),
    )
    const documents: RegionDocument[] = []
    for (const told of oneOrMany<Plain>(done['attachMentVOs'])) {
      const file = await download(filed, asText(told['attPath']))
      if (!isAbsent(told['digest']) && asText(told['digest']).toLowerCase() !== file.digest)
        throw new GatewayError('REGION_ANSWER_INVALID', {
          region: 'zhejiang',
          operation: 'material-download',
          reason: 'digest',
        })
      documents.push({
        kind: 'result',
        name: asText(told['attName']),
        contentType: file.contentType,
        bytes: file.bytes,
      })
    }
    return documents
  }

  return {
    health: async () => void (await call.get('health', 'case', '/zwztapi/health.do', {})),
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

const HAS_RESULT: readonly CaseStatus[] = ['COMPLETED', 'DELIVERED']
