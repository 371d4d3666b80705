/** Zhejiang's calls: catalogue, following, lists, results (contract section 4); what is filed is in `filing.ts`. */
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { asInteger, asText, formatWallClock, oneOrMany, wallClock } from '../kit/codecs.ts'
import { fileNameOf, objectOf } from '../kit/connect.ts'
import type {
  FileContent,
  FiledCase,
  ListedCase,
  MatterRow,
  RecordContext,
  RegionDocument,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent, ROOT } from '../kit/table.ts'
import { cityOf, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { instant, pairOf, rawOf } from './case-times.ts'
import { certType, matterState, phase } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { filedAs, filing, PASSWORD, sha256, statusOf } from './filing.ts'
import { matter } from './matter.ts'

type Plain = Readonly<Record<string, unknown>>

const wall = (canon: string) => wallClock.encode(canon, {}, ROOT)

/** The calls of one region or city. */
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

  const readCase: RegionLink['readCase'] = async ({ handle }) =>
    caseMessage.read(await statusOf(call, handle), context)

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
      return filedAs(filed.handle, pairOf(done as { phaseCode: unknown; doAction: unknown }), context)
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      const current = await statusOf(call, filed.handle)
      const pair = pairOf(current as { phaseCode: unknown; doAction: unknown })
      // "Perhaps done": an already withdrawn case is what was asked for.
      if (phase.decode(pair, context) === 'WITHDRAWN')
        return filedAs(filed.handle, pair, context, instant(current['gmtUpdate']))
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
    ...filing(config, call, context),
    readCase,
    listCases,
    withdraw,
    readResult,
    download,
  }
}

const HAS_RESULT: readonly CaseStatus[] = ['COMPLETED', 'DELIVERED']
