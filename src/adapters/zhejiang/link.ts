/** Zhejiang's calls: catalogue, following, lists, results (contract section 4); what is filed is in `filing.ts`. */

import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asInteger, asText, oneOrMany } from '../kit/codecs.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import { fileNameOf, objectOf } from '../kit/connect.ts'
import type {
  FileContent,
  Filed,
  FiledCase,
  Handle,
  MatterRow,
  RecordContext,
  RegionDocument,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { instant, pairOf } from './case-times.ts'
import { matterState } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { filing } from './filing.ts'
import { filedAs, PASSWORD, sha256, statusOf } from './handle.ts'
import { licenceLink } from './licence.ts'
import { matter } from './matter.ts'
import { readOutcome } from './outcome.ts'
import { personCases } from './person-cases.ts'
import { photoLink } from './photo.ts'
import { ratingCall } from './rating.ts'
import { windowList } from './window.ts'

type Plain = Readonly<Record<string, unknown>>

const wall = (canon: string) => wallClock.encode(canon, {}, ROOT)

const wrongDigest = () =>
  new GatewayError('REGION_ANSWER_INVALID', {
    region: 'zhejiang',
    operation: 'material-download',
    reason: 'digest',
  })

/** The calls of one region or city. */
export function link(config: ZhejiangConfig, call: Caller, alarms: Alarms = unheard): RegionLink {
  const { options } = config
  const context: RecordContext = { options, alarms }

  const listMatters: RegionLink['listMatters'] = async ({ division, changedSince, page, pageSize }) => {
    const found = await call.sharing('matter-list', 'matter', options.sharingApiIds.matterList, {
      BELONGXIAQUCODE: wireOf(division, context.options),
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
    const found = await call.sharing('matter-detail', 'matter', options.sharingApiIds.matterDetail, {
      QL_INNER_CODE: code,
      BELONGXIAQUCODE: wireOf(division, context.options),
    })
    return matter.read(oneOrMany<Plain>(found['datas'])[0], context)
  }

  const readCase: RegionLink['readCase'] = async ({ handle }) =>
    caseMessage.read(await statusOf(call, handle), context)

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
      return withdrawnAs(filed.handle, done)
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'STATE_CONFLICT') throw error
      const current = await statusOf(call, filed.handle)
      const now = withdrawnAs(filed.handle, current)
      // "Perhaps done": an already withdrawn case is what was asked for.
      if (now.status === 'WITHDRAWN') return now
      throw error
    }
  }

  /** A withdrawal as an answer tells it: the query has its time, the answer to the act has not. */
  const withdrawnAs = (handle: Handle, told: Plain): Filed => {
    const pair = pairOf(told as { phaseCode: unknown; doAction: unknown })
    const filed = filedAs(handle, pair, context, instant(told['gmtUpdate']))
    const words = { result: asText(told['result'] ?? ''), resultDesc: asText(told['resultDesc'] ?? '') }
    const result = readOutcome(words, filed.status, context)
    return { ...filed, ...(result ? { result } : {}) }
  }

  const download = async (filed: FiledCase, attPath: string): Promise<FileContent & { digest: string }> => {
    const answer = await call.bytes('material-download', '/zwztapi/attach/download.do', {
      projId: filed.caseNumber,
      projPwd: filed.handle[PASSWORD] ?? '',
      attPath,
    })
    const digest = sha256(answer.body)
    const told = answer.headers['x-att-digest']
    if (told !== undefined && told.toLowerCase() !== digest) throw wrongDigest()
    return {
      name: fileNameOf(answer.headers['content-disposition'], 'document'),
      contentType: answer.headers['content-type'] ?? 'application/octet-stream',
      bytes: answer.body,
      digest,
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
        throw wrongDigest()
      documents.push({
        kind: 'result',
        name: asText(told['attName']),
        contentType: file.contentType,
        bytes: file.bytes,
      })
    }
    return documents
  }

  const photos = photoLink(config, call, alarms)
  const licences = licenceLink(config, call, alarms)
  const rate = ratingCall(config, call)
  return {
    health: async () => void (await call.get('health', 'case', '/zwztapi/health.do', {})),
    listMatters,
    readMatter,
    ...(options.sharingApiIds.windowList === undefined
      ? {}
      : { listWindows: windowList(call, context, options.sharingApiIds.windowList) }),
    ...filing(config, call, context),
    readCase,
    listCases: personCases(call, context),
    withdraw,
    readResult,
    download,
    ...(rate === undefined ? {} : { rate }),
    ...(photos === undefined ? {} : { photos }),
    ...(licences === undefined ? {} : { licences }),
  }
}

const HAS_RESULT: readonly CaseStatus[] = ['COMPLETED', 'DELIVERED']
