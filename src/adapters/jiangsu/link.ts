/** Jiangsu's calls: what is asked stands here (4.a, 4.c, 4.d, 4.j, 4.m), what is written in `filing.ts`. */

import { GatewayError } from '../../errors.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, oneOrMany } from '../kit/codecs.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import type { ListedCase, MatterRow, RecordContext, RegionLink } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { division } from './areas.ts'
import type { Caller } from './call.ts'
import { caseMessage } from './case.ts'
import { certType, STATUS_NAMES, stateOf } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { certnumOf, filing, keyOf } from './filing.ts'
import { headCaller } from './head-call.ts'
import { licenceLink } from './licence.ts'
import { matter } from './matter.ts'
import { photoLink } from './photo.ts'
import { ratingCall } from './rating.ts'
import { sm3 } from './sign.ts'
import { windowList } from './window.ts'

type Plain = Readonly<Record<string, unknown>>

const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(asText(wire), {}, ROOT)

export function link(
  config: JiangsuConfig,
  call: Caller,
  now: () => Date,
  alarms: Alarms = unheard,
): RegionLink {
  const context: RecordContext = { options: config.options, alarms }

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
    // The list tells no other time of a change than that of the end.
    const updatedAt = instant(item['banjiedate'])
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

  const readResult: RegionLink['readResult'] = async (filed, current) => {
    const documents = []
    for (const told of current.result?.documents ?? []) {
      const file = await projects('case-result', 'getProjectResultFile', {
        areacode: filed.division,
        flowsn: filed.caseNumber,
        certnum: certnumOf(filed),
        attachguid: told.ref,
      })
      // Base64 may come in lines (trap 14): the decoder passes over white space.
      const bytes = Buffer.from(asText(file['attachcontent']), 'base64')
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

  const rate = ratingCall(config, call)
  const { photo, licence } = headCaller(config, call, now) ?? {}
  return {
    ...filing(config, call),
    ...(rate && { rate }),
    ...(photo && { photos: photoLink(photo, alarms) }),
    ...(licence && { licences: licenceLink(licence, now, alarms) }),
    health: call.health,
    listMatters,
    readMatter,
    ...(config.options.busCodes.center === undefined ? {} : { listWindows: windowList(call, context) }),
    readCase,
    listCases,
    readResult,
    download,
  }
}
