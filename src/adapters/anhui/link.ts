/** Anhui's calls: catalogue, following, withdrawing, results (contract section 4). Filing is in `filing.ts`. */

import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { formatWallClock, wallClock } from '../kit/clock.ts'
import { asInteger, asText, atMost, oneOrMany } from '../kit/codecs.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import { objectOf } from '../kit/connect.ts'
import type {
  FileContent,
  FiledCase,
  ListedCase,
  MatterRow,
  RecordContext,
  RegionDocument,
  RegionLink,
} from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { divisionOf, wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { instant, rawOf } from './case-values.ts'
import { matterState, status } from './codes.ts'
import type { AnhuiConfig } from './config.ts'
import { filedAs, filing, PASSWORD, passwordOf, stateOf } from './filing.ts'
import { holderTokens } from './holder-tokens.ts'
import { licenceLink } from './licence.ts'
import { matter } from './matter.ts'
import { unidOf } from './numbers.ts'
import { codeOfCert, numberOf } from './persons.ts'
import { photoLink } from './photo.ts'
import { ratingCall } from './rating.ts'
import { windowList } from './window.ts'
import { xmlOf, xmlText } from './xml.ts'

type Plain = Readonly<Record<string, unknown>>

/** The one element of a collection that may come as the object itself (contract 3.8). */
const only = (envelope: Plain): Plain => objectOf(oneOrMany<unknown>(envelope['data'])[0])

const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

/** A file that came in Base64, its bytes checked against the digest. */
function fileOf(told: Plain, operation: string): FileContent {
  const bytes = Buffer.from(asText(told['content']), 'base64')
  const md5 = createHash('md5').update(bytes).digest('hex')
  if (asText(told['md5']).toLowerCase() !== md5)
    throw new GatewayError('REGION_ANSWER_INVALID', { region: 'anhui', operation, reason: 'digest' })
  const suffix = isAbsent(told['suffix']) ? '' : asText(told['suffix']).toLowerCase()
  return {
    name: asText(told['fileName']),
    contentType: TYPES[suffix] ?? 'application/octet-stream',
    bytes,
  }
}

const MATTERS_AT_ONCE = 100
const CASES_AT_ONCE = 50

/** Makes the calls of one region or city. */
export function link(
  config: AnhuiConfig,
  call: Caller,
  now: () => Date,
  alarms: Alarms = unheard,
): RegionLink {
  const { options } = config
  const tokens = holderTokens(config, call, now)
  const context: RecordContext = { options, alarms }

  const listMatters: RegionLink['listMatters'] = async ({ division, changedSince, page, pageSize }) => {
    const found = await call.item('matter-list', '/item/queryItemList', {
      areaCode: wireOf(division),
      updateTime: changedSince ? wallClock.encode(changedSince, {}, ROOT) : '',
      pageNum: page,
      pageSize: Math.min(pageSize, MATTERS_AT_ONCE),
    })
    return {
      total: asInteger(found['total']),
      items: oneOrMany<Plain>(found['data']).map(
        (row): MatterRow => ({
          code: asText(row['sc']),
          updatedAt: instant(row['updateTime']) ?? '',
          state: matterState.find(row['state']) ?? 'suspended',
        }),
      ),
    }
  }

  const readMatter: RegionLink['readMatter'] = async ({ division, code }) => {
    const areaCode = wireOf(division)
    const [detail, materials] = await Promise.all([
      call.item('matter-detail', '/item/queryItemDetail', { serviceCode: code, areaCode }),
      call.zzwk(
        'material-list',
        areaCode,
        '/materialService/queryMaterial',
        { serviceCode: code },
        options.uploadTimeoutMs,
      ),
    ])
    return matter.read({ ...only(detail), materials: oneOrMany<unknown>(materials['data']) }, context)
  }

  const readCase: RegionLink['readCase'] = async ({ caseNumber, handle }) =>
    caseMessage.read(await stateOf(call, caseNumber, passwordOf(handle)), context)

  const listCases: RegionLink['listCases'] = async ({ division, holder, page, pageSize }) => {
    const found = objectOf(
      await call.form('case-list', '/projList', {
        projListXml: xmlOf('RECORD', {
          APPLY_CARDTYPE: codeOfCert(holder.idDocument.type),
          APPLY_CARDNUMBER: numberOf(holder.idDocument),
          AREACODE: wireOf(division),
          STARTTIME: '',
          ENDTIME: '',
          PAGENUM: String(page),
          PAGESIZE: String(Math.min(pageSize, CASES_AT_ONCE)),
        }),
      }),
    )
    return { total: asInteger(found['total']), items: oneOrMany<Plain>(found['records']).map(listed) }
  }

  const listed = (item: Plain): ListedCase => {
    const code = asText(item['handleState'])
    const [appliedAt, updatedAt] = [instant(item['applyTime']), instant(item['updateTime'])]
    const number = asText(item['projid'])
    return {
      caseNumber: number,
      division: divisionOf(item['areaCode']),
      matterCode: asText(item['sc']),
      title: asText(item['projectName'] ?? ''),
      status: status.decode(code, context),
      rawStatus: rawOf(code, item['handleStateName']),
      ...(appliedAt ? { appliedAt } : {}),
      ...(updatedAt ? { updatedAt } : {}),
      handle: {
        projid: number,
        // Empty for a case that was not filed through the gateway: such a one can be shown, not queried.
        ...(isAbsent(item['projpwd']) ? {} : { [PASSWORD]: asText(item['projpwd']) }),
      },
    }
  }

  const withdraw: RegionLink['withdraw'] = async (filed, { reason, at }) => {
    const { handle, caseNumber } = filed
    try {
      const done = objectOf(
        await call.form('case-withdraw', '/apasRegInfo', {
          apasRegnfoXml: xmlOf('RECORD', {
            CALLINFO: { CALLER: options.caller, CALLTIME: formatWallClock(at), ISSUE: options.issue },
            SERVICEINFO: {
              UNID: handle['unid'] ?? unidOf(filed.sourceNumber),
              PROJID: caseNumber,
              PROJPWD: passwordOf(handle),
              SERVICECODE: filed.matter.regional?.code ?? '',
              AREACODE: wireOf(filed.division),
              handleState: '22',
              dataState: '0',
              BELONGSYSTEM: options.belongSystem,
              REASON: atMost(xmlText(reason).trim(), 200) || '申请人要求撤回',
            },
          }),
        }),
      )
      return filedAs(caseNumber, handle, asText(done['handleState'] ?? '22'))
    } catch (error) {
      const moved = error instanceof GatewayError && error.code === 'STATE_CONFLICT'
      // An already withdrawn case is what was asked for.
      if (moved && error.facts['state'] === '22') return filedAs(caseNumber, handle, '22')
      throw error
    }
  }

  const readResult: RegionLink['readResult'] = async ({ caseNumber, handle }, current) => {
    if (!WITH_RESULT.includes(current.status)) return []
    const done = objectOf(
      await call.form(
        'result-download',
        '/resultDownload',
        { resultDownloadXml: xmlOf('RECORD', { PROJID: caseNumber, PROJPWD: passwordOf(handle) }) },
        options.uploadTimeoutMs,
      ),
    )
    const denied = current.status === 'DENIED' || current.result?.decision === 'denied'
    const kind: RegionDocument['kind'] =
      current.status === 'NOT_ACCEPTED' ? 'notAcceptedNotice' : denied ? 'denial' : 'result'
    return oneOrMany<Plain>(done['files']).map((told) => ({ kind, ...fileOf(told, 'result-download') }))
  }

  const download: RegionLink['download'] = async (filed: FiledCase, fileUrl) => {
    const filePwd = passwordOfFile(filed.handle, fileUrl)
    if (filePwd === undefined)
      throw new GatewayError('UPLOAD_NOT_FOUND', { region: 'anhui', operation: 'material-download' })
    const found = await call.zzwk(
      'material-download',
      wireOf(filed.division),
      '/materialService/materialDownload',
      { fileUrl, filePwd },
      options.uploadTimeoutMs,
    )
    return fileOf(only(found), 'material-download')
  }

  const rate = ratingCall(config, call)
  return {
    ...(rate && { rate }),
    health: async (division) => void (await call.get('health', '/heartbeat', { areaCode: wireOf(division) })),
    listMatters,
    readMatter,
    listWindows: windowList(call, context),
    ...filing(config, call),
    readCase,
    listCases,
    withdraw,
    readResult,
    download,
    photos: photoLink(config, call, tokens, alarms),
    licences: licenceLink(config, call, tokens, { now, alarms }),
  }
}

/** Each file has a password of its own, which was given with its address. */
function passwordOfFile(handle: FiledCase['handle'], fileUrl: string): string | undefined {
  for (const [key, value] of Object.entries(handle)) {
    if (!key.startsWith('upload:')) continue
    const [url, , filePwd] = JSON.parse(value) as readonly string[]
    if (url === fileUrl) return filePwd
  }
  return undefined
}

const WITH_RESULT: readonly CaseStatus[] = ['NOT_ACCEPTED', 'DENIED', 'COMPLETED', 'DELIVERED']
